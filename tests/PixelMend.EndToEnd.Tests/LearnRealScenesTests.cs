using System.Buffers.Binary;
using System.Globalization;
using PixelMend.Defects;
using PixelMend.Evaluation;
using PixelMend.Formats;
using PixelMend.Frames;
using PixelMend.TestKit;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>
/// A map from ten real scenes of one camera: parts of real frames, with the same defects injected into all of them. What is beyond 8 σ in each is found, and
/// hardly anything else.
/// </summary>
public class LearnRealScenesTests(ITestOutputHelper output)
{
    private const int Scenes = 10;
    private const int Border = 8;
    private const double Strongest = 40;
    private const double Counted = 8;

    [Theory]
    [InlineData("dng/gopro_hero6_GOPR0024.dng", 4, 3, 300)]
    [InlineData("rawdump/infinite_*_2592x1536_8bit_GRBG.raw", 3, 2, 250)]
    public void Ten_scenes_show_what_is_defective_in_all_of_them(string name, int across, int down, int defects)
    {
        RawFrame[] frames = [.. Names(name).Select(Read)];
        (int found, int there, int wrong, double megapixels) = (0, 0, 0, 0);
        for (int seed = 1; seed <= 3; seed++)
        {
            using var folder = new TempFolder();
            var random = new Random(seed);
            Area[] parts = Parts(frames[0], across, down);
            (RawFrame Frame, Area Part)[] scenes = [.. frames.SelectMany(f => parts.Select(p => (f, p)))];
            random.Shuffle(scenes);
            Dictionary<(int X, int Y), double> planted = Plant(scenes[..Scenes], defects, random, folder);
            HashSet<(int X, int Y)> map = Learn(folder, frames[0], parts[0]);
            found += planted.Count(p => p.Value >= Counted && map.Contains(p.Key));
            there += planted.Count(p => p.Value >= Counted);
            wrong += map.Count(site => !planted.ContainsKey(site));
            megapixels += parts[0].Count / 1e6;
        }

        output.WriteLine($"{found} of {there}, {wrong} wrongly in {megapixels:0.0} megapixels");
        Assert.InRange(there, defects, 3 * defects);
        Assert.InRange(found, 0.98 * there, there);
        Assert.InRange(wrong, 0, 0.2 * megapixels);
    }

    /// <summary>Writes the scenes with defects at the same places in all.</summary>
    /// <returns>Each defect with the σ it is off by where it shows least.</returns>
    private static Dictionary<(int X, int Y), double> Plant(
        (RawFrame Frame, Area Part)[] scenes,
        int defects,
        Random random,
        TempFolder folder
    )
    {
        Area size = scenes[0].Part;
        var strengths = new Dictionary<(int X, int Y), double>();
        while (strengths.Count < defects)
        {
            double strength = Counted + 0.5 + (random.NextDouble() * (Strongest - Counted - 0.5));
            (int, int) site = (random.Next(Border, size.Width - Border), random.Next(Border, size.Height - Border));
            strengths[site] = random.Next(5) == 0 ? -strength : strength;
        }

        Dictionary<RawFrame, FrameNoise> noises = scenes
            .Select(s => s.Frame)
            .Distinct()
            .ToDictionary(f => f, f => FrameNoise.Of(f, DefectMap.Empty(f.Width, f.Height), new ParallelOptions()));
        var weakest = new Dictionary<(int X, int Y), double>();
        foreach ((int i, (RawFrame frame, Area part)) in scenes.Index())
        {
            var samples = new Plane<ushort>(part.Width, part.Height);
            for (int y = 0; y < part.Height; y++)
            {
                frame.Codes!.Row(part.Top + y).Slice(part.Left, part.Width).CopyTo(samples.Row(y));
            }

            foreach (((int x, int y), double strength) in strengths)
            {
                double good = samples[x, y];
                double sigma = noises[frame].Sigma(Math.Max(0, frame.Signal(part.Left + x, part.Top + y))) * frame.Levels.Span(0, 0);
                double bad = Math.Clamp(Math.Round(good + (strength * sigma)), 0, frame.Levels.White(0, 0));
                samples[x, y] = (ushort)bad;
                weakest[(x, y)] = Math.Min(weakest.GetValueOrDefault((x, y), double.MaxValue), Math.Abs(bad - good) / sigma);
            }

            Write(folder[$"{i}.raw"], samples, frame.BitDepth);
        }

        return weakest;
    }

    private static HashSet<(int X, int Y)> Learn(TempFolder folder, RawFrame frame, Area part)
    {
        string geometry = string.Create(
            CultureInfo.InvariantCulture,
            $"width={part.Width},height={part.Height},depth={frame.BitDepth},cfa={frame.Cfa},black={frame.Levels.Black(0, 0)},white={frame.Levels.White(0, 0)}"
        );
        string[] files = [.. Enumerable.Range(0, Scenes).Select(i => $"{i}.raw")];
        Shell.PixelMend(folder.Root, ["learn", .. files, "--raw", geometry, "--out", "map.csv", "--quiet"]).Succeeded();
        return
        [
            .. File.ReadLines(folder["map.csv"])
                .Where(l => char.IsAsciiDigit(l[0]))
                .Select(l => l.Split(','))
                .Select(f => (int.Parse(f[0], CultureInfo.InvariantCulture), int.Parse(f[1], CultureInfo.InvariantCulture))),
        ];
    }

    private static void Write(string path, Plane<ushort> samples, int depth)
    {
        byte[] bytes = new byte[samples.Samples.Length * (depth > 8 ? 2 : 1)];
        foreach ((int i, ushort sample) in samples.Samples.Index())
        {
            if (depth > 8)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), sample);
            }
            else
            {
                bytes[i] = (byte)sample;
            }
        }

        File.WriteAllBytes(path, bytes);
    }

    /// <summary>
    /// Parts side by side, each beginning with the mosaic's first filter. None reaches the sensor's own border, which only some would have: the camera's
    /// first row is defective itself.
    /// </summary>
    private static Area[] Parts(RawFrame frame, int across, int down)
    {
        (int width, int height) = ((frame.Width - (2 * Border)) / across / 2 * 2, (frame.Height - (2 * Border)) / down / 2 * 2);
        return
        [
            .. Enumerable
                .Range(0, across * down)
                .Select(i => new Area(Border + (i % across * width), Border + (i / across * height), width, height)),
        ];
    }

    /// <summary>In any light its red photosites read some 9 % less than those of the third row, its green ones as much: learning is right to name it.</summary>
    [Fact]
    public void The_first_row_of_the_daylight_frame_responds_less_in_red()
    {
        RawFrame frame = Read(Names("dng/gopro_hero6_GOPR0024.dng").Single());
        double Ratio(int phase, int row, int from)
        {
            double[] ratios =
            [
                .. Enumerable
                    .Range(0, frame.Width / 8)
                    .Select(i => (from * frame.Width / 4) + phase + (2 * i))
                    .Select(x => frame.Signal(x, row) / (double)frame.Signal(x, row + 2))
                    .Where(double.IsFinite)
                    .Order(),
            ];
            return ratios[ratios.Length / 2];
        }

        Assert.All(Enumerable.Range(0, 4), quarter => Assert.InRange(Ratio(phase: 0, row: 0, quarter), 0.8, 0.96));
        Assert.All(Enumerable.Range(0, 4), quarter => Assert.InRange(Ratio(phase: 1, row: 0, quarter), 0.98, 1.02));
    }

    private static RawFrame Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        ReadOptions options = path.EndsWith(".raw", StringComparison.Ordinal)
            ? new ReadOptions { Raw = RawSpec.Parse("width=2592,height=1536,depth=8,cfa=GRBG,black=0,white=255") }
            : ReadOptions.Default;
        return FormatSet.FrameFormatFor(bytes, path, options).Read(bytes, options);
    }

    /// <summary>The files of a name, in which a star stands for one of the scenes; missing ones skip the test by name.</summary>
    private static IEnumerable<string> Names(string name) =>
        (name.Contains('*', StringComparison.Ordinal) ? new[] { "Indoor1", "Outdoor1", "Outdoor3" } : [""])
            .Select(scene => name.Replace("*", scene, StringComparison.Ordinal))
            .Select(file =>
            {
                string? path = RealData.Path(file);
                Assert.SkipWhen(path is null, $"real file {file} missing: see ../shared/data");
                return path!;
            });
}
