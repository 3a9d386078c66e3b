using PixelMend.Frames;
using PixelMend.Simulation;
using Xunit;

namespace PixelMend.Tests.Simulation;

public class SensorModelTests
{
    private const int Side = 384;

    [Fact]
    public void Photon_transfer_gives_the_gain_and_the_read_noise()
    {
        var sensor = new SensorModel { RowNoise = 0, ColumnNoise = 0 };
        double[] lights = [0, 0.2, 0.5, 1, 1.5];
        var points = lights.Select(light => Transfer(sensor, light)).ToList();
        double slope = (points[^1].Variance - points[0].Variance) / (points[^1].Mean - points[0].Mean);
        Bench.Near(sensor.Gain, slope, 0.01);
        Bench.Near((sensor.Gain * sensor.Gain * sensor.ReadVariance) + (1.0 / 12), points[0].Variance, 0.01);
        Assert.All(points, p => Bench.Near(points[0].Variance + (sensor.Gain * (p.Mean - points[0].Mean)), p.Variance, 0.015));
    }

    [Fact]
    public void Row_and_column_noise_are_shared_along_their_lines()
    {
        SensorModel sensor = Bench.Quiet with { RowNoise = 20, ColumnNoise = 10 };
        double[] difference = Difference(sensor, Bench.Dark);
        double[] rows = [.. Enumerable.Range(0, Side).Select(y => Enumerable.Range(0, Side).Average(x => difference[(y * Side) + x]))];
        double[] columns = [.. Enumerable.Range(0, Side).Select(x => Enumerable.Range(0, Side).Average(y => difference[(y * Side) + x]))];
        // Few lines, so a wide margin: the standard error of a variance from 384 of them is 7 %.
        Bench.Near(2 * 20 * 20 * sensor.Gain * sensor.Gain, Bench.Variance(rows), 0.2);
        Bench.Near(2 * 10 * 10 * sensor.Gain * sensor.Gain, Bench.Variance(columns), 0.2);
        double[] rest = [.. difference.Select((d, i) => d - rows[i / Side] - columns[i % Side] + rows.Average())];
        Assert.InRange(Bench.Variance(rest), 0, 0.2);
    }

    [Fact]
    public void Read_noise_has_the_tails_of_its_mixture()
    {
        SensorModel sensor = Bench.Quiet with { ReadNoise = 20, TailShare = 0.01, TailFactor = 4 };
        double[] noise =
        [
            .. Bench.Codes(Bench.Flat(Side, Side, sensor, Bench.Dark).Capture(0, Bench.Threads).Frame).Select(c => c - sensor.Black),
        ];
        double variance = Bench.Variance(noise);
        Bench.Near(sensor.Gain * sensor.Gain * sensor.ReadVariance, variance, 0.02);
        double mean = noise.Average();
        double kurtosis = noise.Average(n => Math.Pow(n - mean, 4)) / (variance * variance);
        double expected = 3 * (1 + (0.01 * (256 - 1))) / Math.Pow(1 + (0.01 * (16 - 1)), 2);
        Bench.Near(expected, kurtosis, 0.1);
    }

    [Fact]
    public void Fixed_patterns_stay_and_have_their_strength()
    {
        SensorModel sensor = Bench.Quiet with { Prnu = 0.05, Dsnu = 30 };
        double[] dark = Mean(sensor, Bench.Dark);
        double[] flat = Mean(sensor, new Exposure());
        Bench.Near(30 * sensor.Gain, Math.Sqrt(Bench.Variance(dark)), 0.01);
        double[] response = Bench.Minus(flat, dark);
        Bench.Near(0.05, Math.Sqrt(Bench.Variance(response)) / response.Average(), 0.02);
    }

    [Theory]
    [InlineData(1, 20, 100)]
    [InlineData(4, 20, 400)]
    [InlineData(1, 26, 200)]
    [InlineData(2, 14, 100)]
    public void Dark_current_grows_with_time_and_doubles_in_six_kelvin(double seconds, double celsius, double electrons)
    {
        SensorModel sensor = Bench.Quiet with { DarkCurrent = 100, DarkCurrentSpread = 0.4 };
        var exposure = new Exposure
        {
            Light = 0,
            Seconds = seconds,
            Celsius = celsius,
        };
        double mean = Bench.Codes(Bench.Flat(Side, Side, sensor, exposure).Capture(0, Bench.Threads).Frame).Average() - sensor.Black;
        Bench.Near(electrons * sensor.Gain, mean, 0.01);
    }

    [Theory]
    [InlineData(8, 255)]
    [InlineData(12, 4095)]
    [InlineData(14, 15000)]
    [InlineData(16, 65535)]
    public void Codes_stop_at_white_and_at_zero(int bits, double white)
    {
        SensorModel sensor = Bench.Quiet with { BitDepth = bits, Black = 2, White = white, Gain = white / 20_000, ReadNoise = 800 };
        RawFrame bright = Bench.Flat(64, 64, sensor, new Exposure { Light = 4 }).Capture(0, Bench.Threads).Frame;
        Assert.Equal((ushort)white, bright.Codes!.Samples.Max());
        RawFrame dark = Bench.Flat(64, 64, sensor, Bench.Dark).Capture(0, Bench.Threads).Frame;
        Assert.Equal(0, dark.Codes!.Samples.Min());
        Assert.Equal((bits, (float)white), (bright.BitDepth, bright.Levels.White(0, 0)));
    }

    [Fact]
    public void A_full_well_limits_the_signal_below_white()
    {
        SensorModel sensor = Bench.Quiet with { FullWell = 10_000 };
        RawFrame frame = Bench.Flat(9, 9, sensor, new Exposure { Light = 10 }).Capture(0, Bench.Threads).Frame;
        Assert.All(frame.Codes!.Samples, code => Assert.Equal(512 + 5500, code));
    }

    [Theory]
    [InlineData("MONO")]
    [InlineData("GBRG")]
    [InlineData("QUAD-RGGB")]
    [InlineData("XTRANS")]
    [InlineData("RGWB/GRBW")]
    [InlineData("CMY/CMY")]
    [InlineData("RGI/1GB/CMY")]
    public void Every_photosite_sees_through_its_own_filter(string pattern)
    {
        var cfa = CfaPattern.Parse(pattern);
        var offsets = Enumerable.Range(0, cfa.PhaseCount).Select(i => 10.0 * i).ToList();
        SensorModel sensor = Bench.Quiet with { Cfa = cfa, BlackOffsets = offsets, FullWell = 1e7, Gain = 0.01, Black = 100 };
        var light = new Rgb(0.9, 0.4, 0.1);
        var camera = new SimulatedCamera(37, 29, Bench.Even(light), Seeds.From(3)) { Sensor = sensor, Defects = DefectModel.None };
        RawFrame frame = camera.Capture(0, Bench.Threads).Frame;
        for (int y = 0; y < frame.Height; y++)
        {
            for (int x = 0; x < frame.Width; x++)
            {
                double expected = cfa[x, y] switch
                {
                    CfaColor.Red => (0.94 * 0.9) + (0.05 * 0.4) + (0.01 * 0.1),
                    CfaColor.Green => (0.05 * 0.9) + (0.90 * 0.4) + (0.05 * 0.1),
                    CfaColor.Blue => (0.01 * 0.9) + (0.05 * 0.4) + (0.94 * 0.1),
                    CfaColor.Cyan => (0.04 * 0.9) + (0.48 * 0.4) + (0.48 * 0.1),
                    CfaColor.Magenta => (0.48 * 0.9) + (0.04 * 0.4) + (0.48 * 0.1),
                    CfaColor.Yellow => (0.48 * 0.9) + (0.48 * 0.4) + (0.04 * 0.1),
                    _ => (0.9 + 0.4 + 0.1) / 3,
                };
                double code = 100 + offsets[cfa.PhaseOf(x, y)] + (expected * (16383 - 100));
                // Six standard deviations of a million electrons' shot noise at this gain.
                Assert.InRange(frame.Codes![x, y], code - 90, code + 90);
                Assert.Equal(100 + offsets[cfa.PhaseOf(x, y)], frame.Levels.Black(x, y));
            }
        }
    }

    private static (double Mean, double Variance) Transfer(SensorModel sensor, double light)
    {
        var exposure = new Exposure { Light = light };
        double[] frame = Bench.Codes(Bench.Flat(Side, Side, sensor, exposure).Capture(0, Bench.Threads).Frame);
        return (frame.Average(), Bench.Variance(Difference(sensor, exposure)) / 2);
    }

    private static double[] Difference(SensorModel sensor, Exposure exposure)
    {
        SimulatedCamera camera = Bench.Flat(Side, Side, sensor, exposure);
        return Bench.Minus(Bench.Codes(camera.Capture(0, Bench.Threads).Frame), Bench.Codes(camera.Capture(1, Bench.Threads).Frame));
    }

    private static double[] Mean(SensorModel sensor, Exposure exposure)
    {
        SimulatedCamera camera = Bench.Flat(Side, Side, sensor, exposure);
        var sum = new double[Side * Side];
        const int frames = 8;
        for (int frame = 0; frame < frames; frame++)
        {
            double[] codes = Bench.Codes(camera.Capture(frame, Bench.Threads).Frame);
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += codes[i] / frames;
            }
        }

        return sum;
    }
}
