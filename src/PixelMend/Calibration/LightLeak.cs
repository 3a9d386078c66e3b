using PixelMend.Frames;

namespace PixelMend.Calibration;

/// <summary>
/// Tells darks that all saw light, where none differs from the others. Light has two signs that dark current and a glowing amplifier have not: behind a
/// mosaic, colours differ in level and, by their shot noise, in variance alike; and its electrons are many and even, while dark current differs from
/// photosite to photosite by tenths of itself.
/// </summary>
public static class LightLeak
{
    /// <summary>Colours are apart when their levels differ by so many times the noise, and their variances by this part.</summary>
    private const double LevelApart = 3;
    private const double VarianceApart = 0.1;

    /// <summary>More noise than any converter has, e⁻: it is shot noise then.</summary>
    private const double LoudElectrons = 50;

    /// <summary>Light differs less than this part of itself from photosite to photosite, dark current more.</summary>
    private const double Even = 0.03;

    /// <summary>Photosites of a row that are looked at together where the level changes over the sensor.</summary>
    private const int Segment = 64;

    /// <summary>By so many standard errors the variances must follow the levels.</summary>
    private const double Certain = 10;

    /// <summary>What speaks for light, in words; null where nothing does, or where one frame alone cannot tell.</summary>
    public static string? Sign(StackStatistics stack, DarkCalibration dark)
    {
        if (stack.Count < DarkCalibration.FramesForRays || !(dark.TemporalNoise > 0))
        {
            return null;
        }

        Plane<float> means = PlaneSamples.Rows(stack.Width, stack.Height, stack.Cfa, stack.ReadTrimmedMean);
        Plane<float> deviations = PlaneSamples.Rows(stack.Width, stack.Height, stack.Cfa, stack.ReadDeviation);
        if (ColorsDiffer(stack, means, deviations))
        {
            return "light got in: colours differ in level and in shot noise, which in the dark they cannot";
        }

        double noise = dark.TemporalNoise.Value;
        double gain = dark.GainOfLeaks ?? GainOfShading(means, deviations);
        // All noise being shot noise, so much signal there is; more there cannot be.
        double signal = gain > 0 ? noise * noise / gain : 0;
        double level = stack.FrameLevels.Order().ElementAt(stack.Count / 2);
        return noise > LoudElectrons * gain && level > signal / 2 && dark.Dsnu < Even * signal
            ? "light got in: photosites hold many electrons and all of them nearly as many, which dark current does not make"
            : null;
    }

    private static bool ColorsDiffer(StackStatistics stack, Plane<float> means, Plane<float> deviations)
    {
        float[] levels = PlaneSamples.ColorMedians(means, stack.Cfa);
        float[] noises =
        [
            .. PlaneSamples.ColorMedians(deviations, stack.Cfa).Select(d => d / DarkCalibration.MedianOfDeviation(stack.Count)),
        ];
        int[] phases = [.. Enumerable.Range(0, levels.Length).OrderBy(p => levels[p])];
        (int dim, int bright) = (phases[0], phases[^1]);
        double less = noises[dim] * noises[dim];
        return levels[bright] - levels[dim] > LevelApart * noises[dim] && (noises[bright] * noises[bright]) - less > VarianceApart * less;
    }

    /// <summary>Gain by which variance follows level over the sensor, as in a photon-transfer curve; 0 where it does not.</summary>
    private static double GainOfShading(Plane<float> means, Plane<float> deviations)
    {
        var points = new List<(double Level, double Variance)>();
        for (int y = 0; y < means.Height; y++)
        {
            for (int x = 0; x + Segment <= means.Width; x += Segment)
            {
                double level = Prediction.Quantiles.MidMean(means.Row(y).Slice(x, Segment).ToArray());
                double deviation = Prediction.Quantiles.MidMean(deviations.Row(y).Slice(x, Segment).ToArray());
                points.Add((level, deviation * deviation));
            }
        }

        if (points.Count < Segment)
        {
            return 0;
        }

        double middle = points.Average(p => p.Level);
        double usual = points.Average(p => p.Variance);
        double across = points.Sum(p => (p.Level - middle) * (p.Level - middle));
        double up = points.Sum(p => (p.Level - middle) * (p.Variance - usual));
        double all = points.Sum(p => (p.Variance - usual) * (p.Variance - usual));
        bool explains = up > 0 && up * up * points.Count > Certain * Certain * across * all;
        return explains ? up / across : 0;
    }
}
