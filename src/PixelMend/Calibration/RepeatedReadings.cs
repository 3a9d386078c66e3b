namespace PixelMend.Calibration;

/// <summary>
/// Photosites that read far too much in more frames than cosmic rays would strike one of them. How often rays strike is read from the series itself: from
/// the photosites that were struck once. Where each is struck with the same probability in each frame, the number of strikes is binomial, and what is
/// struck more often than the stated rate of false alarms allows is no victim of rays: it blinks.
/// </summary>
internal sealed class RepeatedReadings
{
    private readonly Dictionary<(int X, int Y), Repeat> found = [];

    /// <summary>Strikes that rays do not explain; greater than the number of frames where no number would do.</summary>
    public int Least { get; private init; }

    /// <summary>Photosites that read far too much more than once, whether rays explain it or not.</summary>
    public IEnumerable<(int X, int Y)> Sites => found.Keys;

    /// <summary>How often a photosite reads far too much, and how far at least in the second largest of these readings; null where rays explain it.</summary>
    public Repeat? At(int x, int y) => found.TryGetValue((x, y), out Repeat repeat) && repeat.Times >= Least ? repeat : null;

    /// <summary>Looks at a stack that keeps its three largest readings; finds nothing in another one.</summary>
    /// <param name="stack">The darks.</param>
    /// <param name="usual">What each photosite usually reads, ADU.</param>
    /// <param name="noise">Noise of good photosites.</param>
    /// <param name="histories">Photosites that were followed one by one.</param>
    /// <param name="rate">False alarms per photosite.</param>
    /// <param name="options">Threads.</param>
    public static RepeatedReadings Find(
        StackStatistics stack,
        Frames.Plane<float> usual,
        DarkNoise noise,
        IReadOnlyDictionary<(int X, int Y), HistorySummary> histories,
        double rate,
        ParallelOptions options
    )
    {
        if (!stack.KeepsThree || stack.Count < DarkCalibration.FramesForRays)
        {
            return new RepeatedReadings { Least = int.MaxValue };
        }

        // The largest readings may be those of the frame that was brightest all over.
        float drift = stack.FrameLevels.Max() - stack.FrameLevels.Order().ElementAt(stack.Count / 2);
        List<((int X, int Y) Site, Repeat Repeat)> struck = RowFindings.Of<((int, int), Repeat), float[][]>(
            stack.Height,
            options,
            () => [new float[stack.Width], new float[stack.Width], new float[stack.Width]],
            (y, largest, found) =>
            {
                (float[] first, float[] second, float[] third) = (largest[0], largest[1], largest[2]);
                stack.ReadLargest(y, first, second, third);
                ReadOnlySpan<float> middle = usual.Row(y);
                float still = DarkNoise.Jump * noise.Still;
                for (int x = 0; x < first.Length; x++)
                {
                    if (!(first[x] > middle[x] + drift + still))
                    {
                        continue;
                    }

                    float limit = middle[x] + drift + (DarkNoise.Jump * noise.At(middle[x]));
                    int times =
                        third[x] > limit ? 3
                        : second[x] > limit ? 2
                        : first[x] > limit ? 1
                        : 0;
                    times = Math.Max(times, histories.TryGetValue((x, y), out HistorySummary history) ? history.High : 0);
                    if (times > 0)
                    {
                        found.Add(((x, y), new Repeat(times, (second[x] - middle[x]) / noise.Still)));
                    }
                }
            }
        );
        int once = struck.Count(s => s.Repeat.Times == 1);
        double strike = once / ((double)stack.Width * stack.Height * stack.Count);
        var result = new RepeatedReadings { Least = LeastTimes(stack.Count, strike, rate) };
        foreach ((var site, Repeat repeat) in struck.Where(s => s.Repeat.Times > 1))
        {
            result.found.Add(site, repeat);
        }

        return result;
    }

    /// <summary>The least number of strikes in so many frames that is rarer than a rate; never fewer than two.</summary>
    internal static int LeastTimes(int frames, double strike, double rate)
    {
        int times = 2;
        while (times <= frames && ChanceOf(times, frames, strike) > rate)
        {
            times++;
        }

        return times;
    }

    /// <summary>Chance of so many strikes or more: the upper tail of the binomial distribution.</summary>
    private static double ChanceOf(int times, int frames, double strike)
    {
        double chance = 0;
        double term = Math.Pow(1 - strike, frames);
        for (int k = 0; k <= frames; k++)
        {
            chance += k >= times ? term : 0;
            term *= (frames - k) / (k + 1.0) * strike / (1 - strike);
        }

        return chance;
    }
}

/// <summary>A photosite that read far too much several times.</summary>
/// <param name="Times">How often, three standing for three or more where its history was not kept.</param>
/// <param name="Height">How far the second largest reading is above the usual one, in noise of a good photosite.</param>
internal readonly record struct Repeat(int Times, float Height);
