using PixelMend.Algorithms;
using PixelMend.Calibration;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Simulation;
using Xunit;

namespace PixelMend.Tests.Calibration;

/// <summary>Darks of several exposures and temperatures of a simulated sensor tell when each defect shows; the repair obeys.</summary>
public class DarkCurrentTests(ITestOutputHelper output)
{
    private const int Width = 480;
    private const int Height = 360;
    private const int Darks = 8;
    private const ulong Seed = 77;
    private static readonly double[] Exposures = [1, 4, 16];
    private static readonly ParallelOptions Threads = new();
    private static readonly CalibrationSettings Limits = new();

    /// <summary>Leakage of 8 to 400 e⁻ in a second: some show in any picture, most in long exposures only.</summary>
    private static readonly DefectModel Leaking = new()
    {
        Classes = [new DefectClass(DefectKind.Warm, DefectShape.Single, Count: 300)],
        Reference = new Exposure { Seconds = 1 },
        Warm = new Bounds(3, 160),
    };

    [Fact]
    public void Currents_offsets_and_doubling_are_those_of_the_sensor()
    {
        (SensorCalibration found, DarkCurrents currents, Series series) = Calibrate();
        Assert.InRange(currents.DoublingKelvin!.Value, 0.97 * Exposure.DoublingKelvin, 1.03 * Exposure.DoublingKelvin);
        // Without any pattern of its own the sensor's severities are leakage of one second.
        var ideal = new SensorModel
        {
            Dsnu = 0,
            ColumnPattern = 0,
            RowNoise = 0,
            ColumnNoise = 0,
            DarkCurrent = 0,
        };
        var bare = new Series(Width, Height, Seed)
        {
            Defects = Leaking,
            Sensor = ideal,
            DarkSeconds = 1,
        };
        Dictionary<(int, int), Defect> truth = bare.Truth().Points.ToDictionary(p => (p.X, p.Y));
        Defect[] known = [.. found.Map.Points.Where(p => truth.ContainsKey((p.X, p.Y)))];
        Assert.InRange(known.Length, 295, 300);
        double noise = ideal.NoiseAt(0);
        double[] errors =
        [
            .. known
                .Where(p => p.Details?.Activation is not null)
                .Select(p =>
                {
                    double electrons = truth[(p.X, p.Y)].Severity * noise;
                    return Math.Abs((p.Details!.Activation!.DarkCurrent / series.Sensor.Gain / electrons) - 1);
                })
                .Order(),
        ];
        output.WriteLine($"{errors.Length} of {known.Length} have a current; error: median {errors[errors.Length / 2]:P1}");
        Assert.InRange(errors.Length, 0.98 * known.Length, known.Length);
        Assert.InRange(errors[errors.Length / 2], 0, 0.05);
    }

    /// <summary>
    /// Pictures of foliage of several exposures by one map: in short ones most entries rest, nothing that shows is missed, and what the repair leaves of the
    /// defects is less than where every entry is repaired: a good reading is better than an inferred one.
    /// </summary>
    [Theory]
    [InlineData(1.0 / 30, 0, 60)]
    [InlineData(0.5, 100, 250)]
    [InlineData(16, 500, 540)]
    public void An_entry_is_repaired_where_it_shows(double seconds, int least, int most)
    {
        (SensorCalibration found, _, Series series) = Calibrate();
        SimulatedFrame picture = series.Picture(500, light: 0.3, seconds);
        RepairReport report = Mend(picture.Frame, found.Map);
        RepairReport always = Mend(picture.Frame, Timeless(found.Map));
        int missed = picture
            .Truth.Points.Where(p => p.Severity > 3)
            .Select(p => (p.X, p.Y))
            .Except(report.Known.Points.Select(p => (p.X, p.Y)))
            .Count();
        (double own, double all, double none) = (Error(report), Error(always), Error(report: null));
        output.WriteLine(
            $"{seconds:0.###} s: {report.Known.Points.Count} repaired, {report.Dormant} at rest, {missed} beyond 3 σ missed; "
                + $"error {none:0.0} ADU before, {all:0.0} with all repaired, {own:0.0} with those that show"
        );
        Assert.InRange(report.Known.Points.Count, least, most);
        Assert.Equal(found.Map.Points.Count, report.Known.Points.Count + report.Dormant);
        Assert.Equal(found.Map.Points.Count, always.Known.Points.Count);
        Assert.Equal(0, missed);
        Assert.InRange(own, 0, all);

        // Root of the mean squared difference to what the sensor would read without defects.
        double Error(RepairReport? report)
        {
            RawFrame mended = report is null ? picture.Frame : picture.Frame.With(report.Correction.Changes);
            return Math.Sqrt(found.Map.Points.Average(p => Math.Pow((double)mended.Codes![p.X, p.Y] - picture.Clean.Codes![p.X, p.Y], 2)));
        }
    }

    /// <summary>Columns and rows leak as photosites do: in short exposures the map leaves them alone, in long ones it repairs them.</summary>
    [Theory]
    [InlineData(DefectShape.Column)]
    [InlineData(DefectShape.Row)]
    [InlineData(DefectShape.ColumnSegment)]
    public void Lines_show_when_they_have_leaked_enough(DefectShape shape)
    {
        var leaking = new DefectModel
        {
            Classes = [new DefectClass(DefectKind.Warm, shape, Count: 3)],
            Reference = new Exposure { Seconds = 1 },
            Warm = new Bounds(3, 6),
        };
        Series Sensor(double seconds, double celsius, SensorModel? model = null) =>
            new(Width, Height, Seed)
            {
                Defects = leaking,
                DarkSeconds = seconds,
                Celsius = celsius,
                Sensor = model ?? new SensorModel(),
            };
        DarkSeries[] series =
        [
            .. new[] { (1.0, 20.0), (4, 20), (16, 20), (4, 32) }.Select(s => new DarkSeries(
                s.Item1,
                Iso: null,
                s.Item2,
                Sensor(s.Item1, s.Item2).CalibrateDarks(Darks)
            )),
        ];
        DarkSeries main = series[2];
        DarkCurrents currents = DarkCurrents.Of(series, main, 15_000)!;
        DefectMap map = SensorCalibration.Of(Width, Height, main.Dark, [], Limits, series, currents).Map;
        DefectRegion[] truth = [.. Sensor(16, 20).Truth().Regions];
        Assert.Equal(3, map.Regions.Count);
        foreach (DefectRegion real in truth)
        {
            DefectRegion found = Assert.Single(map.Regions, r => r.Area.Overlaps(real.Area));
            double leaked = Photosites(real.Area).Average(p => (double)main.Dark.Excess[p.X, p.Y]);
            Assert.Equal(leaked / 16, found.Details!.Activation!.DarkCurrent, 0.05 * leaked / 16);
        }

        RepairReport Mended(double seconds) => Mend(Sensor(seconds, 20).Picture(500, light: 0.3, seconds).Frame, map);
        Assert.Empty(Mended(1.0 / 250).Known.Regions);
        Assert.Equal(3, Mended(16).Known.Regions.Count);

        static IEnumerable<(int X, int Y)> Photosites(Area area) =>
            from y in Enumerable.Range(area.Top, area.Height)
            from x in Enumerable.Range(area.Left, area.Width)
            select (x, y);
    }

    [Fact]
    public void Too_few_exposures_tell_nothing()
    {
        DarkSeries[] two = [Take(1, 20), Take(4, 20)];
        Assert.Null(DarkCurrents.Of(two, two[1], 10_000));
        Assert.Null(DarkCurrents.Of([.. two, Take(16, 30)], two[1], 10_000));
    }

    [Theory]
    [InlineData(10.0, 200.0, 20.0, 105.0)] // as measured
    [InlineData(5.0, 200.0, 20.0, 55.0)]
    [InlineData(10.0, 100.0, 20.0, 55.0)]
    [InlineData(10.0, 200.0, 26.0, 205.0)]
    [InlineData(10.0, 200.0, 0.0, 55.0)] // colder than half is half
    [InlineData(10.0, 25.0, 20.0, 55.0)]
    [InlineData(0.1, 200.0, 20.0, 6.0)]
    [InlineData(20.5, 200.0, 20.0, null)] // beyond twice of what was measured
    [InlineData(10.0, 401.0, 20.0, null)]
    [InlineData(10.0, 200.0, 27.0, null)]
    [InlineData(null, 200.0, 20.0, null)] // the frame does not say
    [InlineData(10.0, null, 20.0, null)]
    [InlineData(10.0, 200.0, null, null)]
    public void Excess_follows_exposure_gain_and_heat_within_twice_of_what_was_measured(
        double? seconds,
        double? iso,
        double? celsius,
        double? excess
    )
    {
        var activation = new Activation
        {
            DarkCurrent = 10,
            Offset = 5,
            ExposureSeconds = 10,
            Iso = 200,
            TemperatureCelsius = 20,
            DoublingKelvin = 6,
        };
        var frame = new FrameInfo
        {
            ExposureSeconds = seconds,
            Iso = iso,
            TemperatureCelsius = celsius,
        };
        double? expected = activation.ExcessIn(frame);
        Assert.Equal(excess is null, expected is null);
        Assert.Equal(excess ?? 0, expected ?? 0, 1e-9);
    }

    [Fact]
    public void What_the_reference_does_not_know_counts_for_nothing()
    {
        var activation = new Activation { DarkCurrent = 10 };
        Assert.Equal(20, activation.ExcessIn(new FrameInfo { ExposureSeconds = 2, Iso = 6400 }));
    }

    private static RepairReport Mend(RawFrame frame, DefectMap map) =>
        new Repair { Corrector = Correctors.All[0].Create(NoSettings(Correctors.All[0].Parameters)) }.Run(frame, [map], Threads);

    private static DefectMap Timeless(DefectMap map)
    {
        var same = new DefectMap.Builder(map.Width, map.Height);
        same.AddRange(map.Points.Select(p => p with { Details = null }));
        return same.Build();
    }

    private static (SensorCalibration Found, DarkCurrents Currents, Series Series) Calibrate()
    {
        DarkSeries[] series = [.. Exposures.Select(t => Take(t, 20)), Take(4, 32)];
        DarkSeries main = series[Exposures.Length - 1];
        DarkCurrents currents = DarkCurrents.Of(series, main, 15_000)!;
        var found = SensorCalibration.Of(Width, Height, main.Dark, [], Limits, series, currents);
        return (found, currents, Sensor(Exposures[^1], 20));
    }

    private static DarkSeries Take(double seconds, double celsius) =>
        new(seconds, Iso: null, celsius, Sensor(seconds, celsius).CalibrateDarks(Darks));

    private static Series Sensor(double seconds, double celsius) =>
        new(Width, Height, Seed)
        {
            Defects = Leaking,
            DarkSeconds = seconds,
            Celsius = celsius,
        };

    private static Settings NoSettings(IReadOnlyList<Parameter> parameters) =>
        new(parameters, new Dictionary<string, double>(StringComparer.Ordinal));
}
