using PixelMend.Calibration;

namespace PixelMend.Cli.Calibrating;

/// <summary>What a series could not tell, and how many frames it takes: said in words, because nothing else tells the user.</summary>
internal static class Advice
{
    private const double UsualDuty = 0.5;
    private const double RareDuty = 0.1;
    private const int GoodDarks = 16;
    private const double LeastNoise = 0.4;

    public static IEnumerable<string> For(DarkCalibration? dark, bool overflowed, bool knowsCurrents, IReadOnlyList<FlatCalibration> flats)
    {
        if (dark is null)
        {
            yield return "no darks: hot, warm, noisy and telegraph photosites cannot be told; take at least 16 in the dark, as long as the longest exposure in use";
        }
        else
        {
            foreach (string note in ForDarks(dark.Frames, dark.TemporalNoise))
            {
                yield return note;
            }
        }

        if (dark is not null && !knowsCurrents)
        {
            yield return $"darks of {DarkCurrents.FewestExposures} exposures or more, at one gain and temperature, would tell at which exposures each defect shows; without them all entries of the map always count";
        }

        if (overflowed)
        {
            yield return "too many photosites change from frame to frame to follow them all: the light or the temperature was not steady";
        }

        foreach (string note in ForFlats(flats))
        {
            yield return note;
        }
    }

    private static IEnumerable<string> ForDarks(int frames, float? noise)
    {
        if (frames < DarkCalibration.FramesForRays)
        {
            yield return $"with {frames} of {DarkCalibration.FramesForRays} darks needed, a cosmic ray cannot be told from a hot photosite";
        }

        if (frames < DarkCalibration.FramesForNoise)
        {
            yield return $"with fewer than {DarkCalibration.FramesForNoise} darks, noisy photosites cannot be told";
        }
        else if (frames < GoodDarks)
        {
            yield return $"with fewer than {GoodDarks} darks, only very noisy photosites can be told";
        }

        int usual = FalseAlarmLimits.FramesForTelegraph(UsualDuty) + TelegraphStatistics.Introduction;
        int rare = FalseAlarmLimits.FramesForTelegraph(RareDuty) + TelegraphStatistics.Introduction;
        if (frames < rare)
        {
            yield return $"telegraph photosites need {usual} darks where they spend half of the time in each level, {rare} where they spend a tenth; here are {frames}";
        }

        if (noise < LeastNoise)
        {
            yield return $"the noise, {noise:0.00} ADU, hides below the converter's step: stuck photosites cannot be told from quiet ones";
        }
    }

    private static IEnumerable<string> ForFlats(IReadOnlyList<FlatCalibration> flats)
    {
        if (flats.Count == 0)
        {
            yield return "no flats: dead, low- and over-response and non-linear photosites cannot be told; take at least 8 of even light, near half of the range";
            yield break;
        }

        if (flats.Max(f => f.Frames) < DarkCalibration.FramesForRays)
        {
            yield return $"with fewer than {DarkCalibration.FramesForRays} flats of one level, dust that moves and noise count as response";
        }

        if (flats.Count < 2)
        {
            yield return "non-linear photosites need flats of two levels, one at least 1.5 times the other";
        }
    }
}
