using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Simulation;

/// <summary>
/// One exposure of one sensor, row by row: light becomes electrons, electrons become codes, first as if all photosites were good and,
/// at the defective ones, once more as they are. Good photosites read the same with and without defects.
/// </summary>
internal sealed class SensorReadout
{
    private readonly SensorModel sensor;
    private readonly Exposure exposure;
    private readonly Seeds seeds;
    private readonly long frame;
    private readonly double[] columnOffset;
    private readonly double electronsAtWhite;
    private readonly Levels levels;

    public SensorReadout(SensorModel sensor, Exposure exposure, Seeds seeds, long frame, int width)
    {
        this.sensor = sensor;
        this.exposure = exposure;
        this.seeds = seeds;
        this.frame = frame;
        electronsAtWhite = sensor.ElectronsAtWhite;
        levels = sensor.Levels;
        columnOffset = new double[width];
        var always = new Random64(seeds.Sensor, Stream.ColumnPattern);
        var now = new Random64(seeds.Noise, Stream.ColumnNoise, (ulong)frame);
        for (int x = 0; x < width; x++)
        {
            columnOffset[x] = (sensor.ColumnPattern * always.Gaussian()) + (sensor.ColumnNoise * now.Gaussian());
        }
    }

    /// <summary>Reads a row.</summary>
    /// <param name="y">The row.</param>
    /// <param name="image">Light on the sensor.</param>
    /// <param name="defects">Defective photosites of the row by column, or null.</param>
    /// <param name="clean">Receives what a sensor without defects reads.</param>
    /// <param name="actual">Receives what this sensor reads.</param>
    /// <returns>For each defective photosite in order, how far its expected reading is from a good one's, in standard deviations.</returns>
    public float[] ReadRow(int y, RadianceImage image, SortedList<int, DefectBehavior>? defects, Span<ushort> clean, Span<ushort> actual)
    {
        var always = new Random64(seeds.Sensor, Stream.FixedPattern, (ulong)y);
        var now = new Random64(Random64.Mix(seeds.Noise + (ulong)frame), Stream.Noise, (ulong)y);
        double rowOffset = sensor.RowNoise * now.Gaussian();
        var severities = new float[defects?.Count ?? 0];
        int next = 0;
        for (int x = 0; x < clean.Length; x++)
        {
            Rgb seen = image[x, y] * CfaResponse.Of(sensor.Cfa[x, y]);
            var site = new Photosite(
                Light: (seen.R + seen.G + seen.B) * exposure.Light * electronsAtWhite * (1 + (sensor.Prnu * always.Gaussian())),
                Dark: sensor.DarkCurrent
                    * Math.Exp(sensor.DarkCurrentSpread * (always.Gaussian() - (sensor.DarkCurrentSpread / 2)))
                    * exposure.DarkSeconds,
                Offset: (sensor.Dsnu * always.Gaussian()) + columnOffset[x] + rowOffset,
                ReadNoise: sensor.ReadNoise
            );
            double black = levels.Black(x, y);
            clean[x] = Read(site, black, ref now);
            actual[x] = clean[x];
            if (next < severities.Length && defects!.Keys[next] == x)
            {
                DefectBehavior behavior = defects.Values[next];
                Photosite bad = Spoil(site, behavior);
                // Its own stream: a defect must not change what the good photosites after it read.
                var own = new Random64(Random64.Mix(seeds.Noise + (ulong)frame), Stream.Defects + (ulong)y, (ulong)x);
                actual[x] = behavior.StuckAt is { } part ? Code(black + (part * (sensor.White - black))) : Read(bad, black, ref own);
                severities[next] = Severity(site, bad, behavior);
                next++;
            }
        }

        return severities;
    }

    private Photosite Spoil(Photosite site, DefectBehavior behavior)
    {
        double light = site.Light * behavior.Response;
        if (behavior.Exponent != 1)
        {
            light = electronsAtWhite * Math.Pow(light / electronsAtWhite, behavior.Exponent);
        }

        return new Photosite(
            light,
            site.Dark + (behavior.Leakage * exposure.DarkSeconds),
            site.Offset + behavior.JumpIn(frame),
            site.ReadNoise * behavior.NoiseFactor
        );
    }

    private ushort Read(Photosite site, double black, ref Random64 random)
    {
        double electrons = Math.Min(random.Poisson(Math.Max(0, site.Light) + site.Dark), sensor.FullWell);
        double spread = random.Uniform() < sensor.TailShare ? sensor.TailFactor : 1;
        electrons += site.Offset + (site.ReadNoise * spread * random.Gaussian());
        return Code(black + (sensor.Gain * electrons));
    }

    private ushort Code(double value) => (ushort)Math.Clamp(Math.Floor(value + 0.5), 0, sensor.White);

    private float Severity(Photosite good, Photosite bad, DefectBehavior behavior)
    {
        double expected = Visible(good.Light + good.Dark + good.Offset);
        double reads = behavior.StuckAt is { } part ? part * electronsAtWhite : Visible(bad.Light + bad.Dark + bad.Offset);
        double noise = sensor.NoiseAt(expected);
        double extra = behavior.NoiseFactor > 1 ? bad.ReadNoise : 0;
        return (float)(Math.Max(Math.Abs(reads - expected), extra) / noise);
    }

    /// <summary>Electrons that the codes can tell apart: nothing beyond white.</summary>
    private double Visible(double electrons) => Math.Clamp(electrons, 0, Math.Min(electronsAtWhite, sensor.FullWell));

    /// <summary>What decides a photosite's reading, e⁻: mean light, mean dark charge, offset, and standard deviation of the read noise.</summary>
    private readonly record struct Photosite(double Light, double Dark, double Offset, double ReadNoise);

    /// <summary>Names of the random streams, so that none is used twice.</summary>
    private static class Stream
    {
        public const ulong FixedPattern = 1;
        public const ulong ColumnPattern = 2;
        public const ulong Noise = 3;
        public const ulong ColumnNoise = 4;
        public const ulong Defects = 1UL << 32;
    }
}
