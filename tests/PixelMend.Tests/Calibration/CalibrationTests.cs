using PixelMend.Calibration;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Simulation;
using Xunit;

namespace PixelMend.Tests.Calibration;

/// <summary>Sensors with known defects: what is found, what is not, and what is taken for a defect that is none.</summary>
public class CalibrationTests
{
    private const int Width = 480;
    private const int Height = 360;

    [Theory]
    [InlineData(DefectKind.Hot, "RGGB", 1)]
    [InlineData(DefectKind.Hot, "MONO", 2)]
    [InlineData(DefectKind.Warm, "RGGB", 3)]
    [InlineData(DefectKind.Warm, "XTRANS", 4)]
    [InlineData(DefectKind.Dead, "RGGB", 5)]
    [InlineData(DefectKind.Dead, "QUAD-RGGB", 6)]
    [InlineData(DefectKind.Stuck, "RGGB", 7)]
    [InlineData(DefectKind.LowResponse, "RGGB", 8)]
    [InlineData(DefectKind.OverResponse, "MONO", 9)]
    [InlineData(DefectKind.Noisy, "RGGB", 10)]
    public void Each_kind_is_found_and_named(DefectKind kind, string cfa, ulong seed)
    {
        var series = new Series(800, 600, seed)
        {
            Sensor = new SensorModel { Cfa = CfaPattern.Parse(cfa) },
            Defects = new DefectModel { Classes = [new DefectClass(kind, DefectShape.Single, Count: 600)] },
            Rays = 20,
        };
        DefectMap truth = series.Truth();
        SensorCalibration found = series.Calibrate(darks: 32, flats: 16, 0.38);
        Score(truth, found.Map, kind, leastRecall: 0.995, leastAgreement: 0.98);
    }

    /// <summary>In a flat of much light, with shading, what responds too much clips in the middle of the frame and not in its corners.</summary>
    [Theory]
    [InlineData("RGGB", 11)]
    [InlineData("XTRANS", 12)]
    public void What_clips_alone_responds_too_much(string cfa, ulong seed)
    {
        var series = new Series(Width, Height, seed)
        {
            Sensor = new SensorModel { Cfa = CfaPattern.Parse(cfa) },
            Defects = new DefectModel
            {
                Classes = [new DefectClass(DefectKind.OverResponse, DefectShape.Single, Count: 200)],
                OverResponse = new Bounds(1.35, 2.5),
            },
        };
        DefectMap truth = series.Truth();
        Score(truth, series.Calibrate(darks: 16, flats: 16, 0.75).Map, DefectKind.OverResponse, leastRecall: 0.995, leastAgreement: 0.98);
        // The darker flat tells the same ones, by how much they respond.
        Score(truth, series.Calibrate(16, 16, 0.75, 0.4).Map, DefectKind.OverResponse, leastRecall: 0.995, leastAgreement: 0.98);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void A_hundred_darks_tell_telegraph_photosites(ulong seed)
    {
        var series = new Series(Width, Height, seed)
        {
            Defects = new DefectModel
            {
                Classes = [new DefectClass(DefectKind.Telegraph, DefectShape.Single, Count: 60)],
                Telegraph = new Bounds(8, 100),
                TelegraphDuty = new Bounds(0.1, 0.5),
            },
            Rays = 5,
        };
        DefectMap truth = series.Truth();
        SensorCalibration found = series.Calibrate(darks: 100, flats: 0);
        Score(truth, found.Map, DefectKind.Telegraph, leastRecall: 0.95, leastAgreement: 0.98);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public void Two_levels_of_light_tell_non_linear_photosites(ulong seed)
    {
        var series = new Series(Width, Height, seed)
        {
            Defects = new DefectModel { Classes = [new DefectClass(DefectKind.NonLinear, DefectShape.Single, Count: 150)] },
        };
        SensorCalibration found = series.Calibrate(darks: 16, flats: 16, 0.2, 0.7);
        Score(series.Truth(), found.Map, DefectKind.NonLinear, leastRecall: 0.95, leastAgreement: 0.95);
    }

    [Theory]
    [InlineData(DefectKind.Warm, DefectShape.Column, 41)]
    [InlineData(DefectKind.Hot, DefectShape.Row, 42)]
    [InlineData(DefectKind.Warm, DefectShape.ColumnSegment, 43)]
    [InlineData(DefectKind.LowResponse, DefectShape.Column, 44)]
    [InlineData(DefectKind.Dead, DefectShape.RowSegment, 45)]
    public void Lines_are_found_as_lines(DefectKind kind, DefectShape shape, ulong seed)
    {
        var series = new Series(Width, Height, seed) { Defects = new DefectModel { Classes = [new DefectClass(kind, shape, Count: 3)] } };
        DefectMap truth = series.Truth();
        DefectMap map = series.Calibrate(darks: 16, flats: 8, 0.55).Map;
        DefectMask found = map.ToMask();
        DefectMask real = truth.ToMask();
        double recall = truth.AllPhotosites().Count(d => found[d.X, d.Y]) / (double)real.Count;
        int wrong = map.AllPhotosites().Count(d => !real[d.X, d.Y]);
        Assert.True(recall >= 0.995, $"recall {recall}");
        Assert.InRange(wrong, 0, 64); // the ends of segments, to half a block
        Assert.InRange(map.Regions.Count, truth.Regions.Count, truth.Regions.Count + 2);
        Assert.All(map.Regions.Take(3), r => Assert.True(r.Kind.HasFlag(kind), $"{r}"));
    }

    /// <summary>Far below the noise of one reading, far beyond that of a line's mean.</summary>
    [Theory]
    [InlineData(DefectShape.Column, 1.6, "RGGB", 46)]
    [InlineData(DefectShape.Column, 1.0, "MONO", 47)]
    [InlineData(DefectShape.Row, 1.6, "RGGB", 48)]
    [InlineData(DefectShape.Row, 1.0, "XTRANS", 49)]
    public void Lines_are_found_by_their_mean(DefectShape shape, double noises, string cfa, ulong seed)
    {
        var series = new Series(Width, Height, seed)
        {
            Sensor = new SensorModel { Cfa = CfaPattern.Parse(cfa) },
            Defects = new DefectModel { Classes = [new DefectClass(DefectKind.Warm, shape, Count: 3)], Warm = new Bounds(noises, noises) },
        };
        DefectMap map = series.Calibrate(darks: 32, flats: 0).Map;
        Assert.Equal(
            series.Truth().Regions.Select(r => r.Area).OrderBy(a => a.Left + a.Top),
            map.Regions.Select(r => r.Area).OrderBy(a => a.Left + a.Top)
        );
    }

    [Theory]
    [InlineData(51, 32, 0)]
    [InlineData(52, 16, 0)]
    [InlineData(53, 3, 0)]
    [InlineData(54, 1, 2)] // loud readings, which nothing tells from leakage
    public void A_good_sensor_has_no_defects_whatever_rays_strike(ulong seed, int darks, int most)
    {
        var series = new Series(1000, 800, seed) { Defects = DefectModel.None, Rays = darks < DarkCalibration.FramesForRays ? 0 : 50 };
        Assert.InRange(series.CalibrateDarks(darks).Points.Count, 0, most);
    }

    [Fact]
    public void In_long_exposures_the_tail_of_the_dark_current_is_warm()
    {
        var series = new Series(1000, 800, 55)
        {
            Defects = DefectModel.None,
            DarkSeconds = 60,
            Rays = 50,
        };
        DarkCalibration dark = series.CalibrateDarks(16);
        // Log-normal with a spread of ½: one in 750 leaks more than 7 spreads above the middle.
        Assert.InRange(dark.Points.Count, 700, 1400);
        Assert.All(dark.Points, p => Assert.True(p.Kind == DefectKind.Warm && p.Severity > 6.9f, $"{p}"));
    }

    [Fact]
    public void Photon_transfer_tells_gain_and_noise_of_the_sensor()
    {
        var series = new Series(Width, Height, 61) { Defects = DefectModel.None };
        SensorCalibration found = series.Calibrate(darks: 16, flats: 12, 0.2, 0.5);
        Assert.InRange(found.Noise.Gain, 0.97 * series.Sensor.Gain, 1.03 * series.Sensor.Gain);
        double expected = Math.Sqrt(series.Sensor.ReadVariance);
        Assert.InRange(found.Noise.ReadNoise, 0.95 * expected, 1.05 * expected);
        DarkCalibration dark = series.CalibrateDarks(16);
        Assert.InRange(dark.Dsnu / series.Sensor.Gain, 0.8 * series.Sensor.Dsnu, 1.3 * series.Sensor.Dsnu);
    }

    [Theory]
    [InlineData(0.5, 14)]
    [InlineData(0.1, 81)]
    [InlineData(0.05, 165)]
    public void Frames_needed_for_telegraph_are_those_of_the_binomial(double duty, int frames) =>
        Assert.Equal(frames, FalseAlarmLimits.FramesForTelegraph(duty));

    [Theory]
    [InlineData(16, 2.10)]
    [InlineData(32, 1.74)]
    [InlineData(64, 1.51)]
    public void Limits_of_noise_are_those_of_the_glossary(int frames, double limit) =>
        Assert.Equal(limit, FalseAlarmLimits.DeviationRatio(frames, 1 / FalseAlarmLimits.Photosites), 0.05);

    [Fact]
    public void A_spectrum_has_its_peak_at_the_stripes_frequency()
    {
        var plane = new Plane<float>(256, 64);
        for (int y = 0; y < 64; y++)
        {
            for (int x = 0; x < 256; x++)
            {
                plane[x, y] = MathF.Cos(2 * MathF.PI * x / 8);
            }
        }

        IReadOnlyList<double> along = NoiseSpectrum.Of(plane, alongRows: true);
        Assert.Equal(129, along.Count);
        Assert.Equal(32, along.Index().MaxBy(p => p.Item).Index);
        Assert.All(NoiseSpectrum.Of(plane, alongRows: false), amplitude => Assert.Equal(0, amplitude, 1e-6));
    }

    /// <summary>Recall of what is at least 8 standard deviations off in some frame, agreement of kinds, and at most one false alarm, where rays strike here some hundred times as often as in real darks, some photosites twice.</summary>
    private static void Score(DefectMap truth, DefectMap map, DefectKind kind, double leastRecall, double leastAgreement)
    {
        Dictionary<(int, int), Defect> found = map.AllPhotosites().ToDictionary(d => (d.X, d.Y));
        Defect[] real = [.. truth.Points];
        Defect[] hits = [.. real.Where(d => found.ContainsKey((d.X, d.Y)))];
        HashSet<(int, int)> places = [.. real.Select(d => (d.X, d.Y))];
        Defect[] wrong = [.. map.AllPhotosites().Where(d => !places.Contains((d.X, d.Y)))];
        double recall = hits.Length / (double)real.Length;
        double agreement = hits.Count(d => found[(d.X, d.Y)].Kind.HasFlag(kind)) / (double)Math.Max(1, hits.Length);
        string others = string.Join(", ", hits.GroupBy(d => found[(d.X, d.Y)].Kind).Select(g => $"{g.Count()} {g.Key}"));
        string figures =
            $"recall {recall:0.000}, agreement {agreement:0.000} ({others}), wrong {wrong.Length}: {string.Join(' ', wrong.Take(3))}";
        Assert.True(recall >= leastRecall && agreement >= leastAgreement && wrong.Length <= 1, figures);
    }
}
