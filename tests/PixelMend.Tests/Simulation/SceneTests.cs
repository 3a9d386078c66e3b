using PixelMend.Simulation;
using Xunit;

namespace PixelMend.Tests.Simulation;

public class SceneTests
{
    public static TheoryData<string> Names => [.. Scenes.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_scene_renders_at_every_size(string name)
    {
        foreach ((int width, int height) in new[] { (1, 1), (1, 7), (7, 1), (3, 5), (33, 17), (130, 67) })
        {
            RadianceImage image = Draw(name, width, height, new Optics { HaloShare = 0.1, Vignetting = 0.3 }, Bench.Threads);
            Assert.All(
                (float[])[.. image.Red.Samples, .. image.Green.Samples, .. image.Blue.Samples],
                light => Assert.True(float.IsFinite(light) && light >= 0)
            );
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rendering_does_not_depend_on_threads(string name)
    {
        var optics = new Optics { HaloShare = 0.1, Vignetting = 0.3 };
        RadianceImage one = Draw(name, 97, 71, optics, new ParallelOptions { MaxDegreeOfParallelism = 1 });
        RadianceImage many = Draw(name, 97, 71, optics, new ParallelOptions { MaxDegreeOfParallelism = 7 });
        Assert.Equal(one.Red.Samples, many.Red.Samples);
        Assert.Equal(one.Green.Samples, many.Green.Samples);
        Assert.Equal(one.Blue.Samples, many.Blue.Samples);
    }

    /// <summary>The same picture with more photosites is the same picture: means over its cells agree.</summary>
    [Theory]
    [InlineData("sky")]
    [InlineData("color-chart")]
    [InlineData("foliage")]
    public void A_scene_looks_the_same_at_every_resolution(string name)
    {
        var optics = new Optics { Blur = 0, Oversampling = 8 };
        RadianceImage small = Draw(name, 60, 40, optics, Bench.Threads);
        RadianceImage large = Draw(name, 240, 160, optics, Bench.Threads);
        double error = 0;
        for (int y = 0; y < 40; y++)
        {
            for (int x = 0; x < 60; x++)
            {
                double mean = Enumerable.Range(0, 16).Average(i => large.Green[(4 * x) + (i % 4), (4 * y) + (i / 4)]);
                error += Math.Abs(mean - small.Green[x, y]);
            }
        }

        Assert.InRange(error / (60 * 40), 0, 0.04 * large.Green.Samples.Average());
    }

    [Theory]
    [InlineData(20.5, 14.5, 0.3)]
    [InlineData(20.0, 14.0, 0.5)]
    [InlineData(19.3, 15.8, 0.9)]
    [InlineData(21.7, 12.1, 2.0)]
    public void A_point_light_keeps_its_light_its_place_and_its_width(double x, double y, double blur)
    {
        var scene = new OnePoint(new PointLight(x / 30, y / 30, new Rgb(5, 3, 1)));
        RadianceImage image = RadianceImage.Draw(scene, new Optics { Blur = blur }, 41, 30, Bench.Threads);
        double total = image.Red.Samples.Sum(v => (double)v);
        Bench.Near(5, total, 1e-5);
        Bench.Near(3, image.Green.Samples.Sum(v => (double)v), 1e-5);
        double Moment(Func<double, double> of) => image.Red.Samples.Select((v, i) => v * of((i % 41) + 0.5)).Sum() / total;
        double centre = Moment(px => px);
        // A photosite's mean is known to its centre: one narrower than a photosite can sit off by a little.
        Assert.InRange(centre, x - (blur < 0.4 ? 0.25 : 0.03), x + (blur < 0.4 ? 0.25 : 0.03));
        if (blur >= 0.5)
        {
            // The photosite's own width adds a twelfth.
            Bench.Near((blur * blur) + (1.0 / 12), Moment(px => (px - centre) * (px - centre)), 0.03);
        }
    }

    [Fact]
    public void The_halo_moves_light_without_losing_any()
    {
        var scene = new OnePoint(new PointLight(0.5, 0.5, Rgb.Grey(100)));
        var optics = new Optics { HaloShare = 0.2, HaloRadius = 4 };
        RadianceImage image = RadianceImage.Draw(scene, optics, 101, 101, Bench.Threads);
        Bench.Near(100, image.Red.Samples.Sum(v => (double)v), 1e-4);
        double wings = 0;
        double spread = 0;
        for (int y = 0; y < 101; y++)
        {
            for (int x = 0; x < 101; x++)
            {
                bool isCore = Math.Abs(x - 50) <= 3 && Math.Abs(y - 50) <= 3;
                wings += isCore ? 0 : image.Red[x, y];
                spread += image.Red[x, y] * (x - 50) * (x - 50) / 100;
            }
        }

        // 1 − (P(|z| < 3.5 / 4))² of the halo's 20 lies outside the core; running means are not quite a Gaussian.
        Bench.Near(20 * (1 - (0.618 * 0.618)), wings, 0.1);
        Bench.Near((0.6 * 0.6) + (1.0 / 12) + (0.2 * 16), spread, 0.08);
    }

    [Fact]
    public void Vignetting_takes_its_share_in_the_corners()
    {
        var scene = Bench.Even(Rgb.Grey(1)).Create(default);
        RadianceImage image = RadianceImage.Draw(scene, new Optics { Vignetting = 0.4 }, 201, 101, Bench.Threads);
        Assert.Equal(1, image.Green[100, 50], 1e-4);
        Bench.Near(0.6, image.Green[0, 0], 0.02);
    }

    [Fact]
    public void Unknown_scenes_are_refused_with_the_list() =>
        Assert.Contains("night-city", Assert.Throws<ArgumentException>(() => Scenes.Named("nowhere")).Message, StringComparison.Ordinal);

    private static RadianceImage Draw(string name, int width, int height, Optics optics, ParallelOptions options) =>
        RadianceImage.Draw(Scenes.Named(name).Create(new SceneSetup(width, height, 4)), optics, width, height, options);

    private sealed class OnePoint(PointLight light) : Scene
    {
        public override Rgb At(double x, double y) => default;

        public override IEnumerable<PointLight> Lights() => [light];
    }
}
