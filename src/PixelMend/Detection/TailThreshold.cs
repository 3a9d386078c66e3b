using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// The score from which a photosite is flagged, found on the frame itself: the scores of good photosites fall off as a power, faster in a flat frame
/// than in a busy one (a Pareto tail; Hill 1975), so that the tail can be continued from where good photosites abound to where one in a million is left.
/// </summary>
internal sealed class TailThreshold
{
    /// <summary>Scores from here on are counted.</summary>
    public const float Start = 1.2f;

    /// <summary>No frame is trusted to need less than this.</summary>
    public const float Least = 2.4f;

    private const float Most = 12;
    private const double LeastIndex = 0.08;
    private const double MostIndex = 0.3;

    /// <summary>Part of all photosites that reach the two scores from which the tail is continued.</summary>
    private const double Often = 300e-6;
    private const double Seldom = 60e-6;

    /// <summary>
    /// Scores of defects are spread widely; those seen beyond this tell how many hide below. They are no more than so many times those seen beyond twice that:
    /// where fewer go on, it is detail that stands out.
    /// </summary>
    private const float Defective = 6;
    private const double DefectsPerSeen = 1.1;
    private const double SeenPerClear = 3;

    /// <summary>The score that a usual frame reaches as often as <see cref="Often"/>, the power by which its tail falls, and for how many photosites of it a frame's own word must make up.</summary>
    private const double UsualStart = 3;
    private const double UsualPower = 5;
    private const double UsualPhotosites = 50_000;

    private readonly float[] scores;
    private readonly double photosites;
    private readonly double hidden;
    private readonly double start;
    private readonly double index;

    /// <param name="sample">Every score of at least <see cref="Start"/> in a part of the frame.</param>
    public TailThreshold(ScoreSample sample)
    {
        scores = [.. sample.Scores];
        Quantiles.Sort(scores);
        photosites = sample.Photosites;
        hidden = DefectsPerSeen * Math.Min(CountFrom(Defective), SeenPerClear * CountFrom(2 * Defective));
        start = Exceeded(Seldom);
        index = Math.Clamp(Math.Log(start / Exceeded(Often)) / Math.Log(Often / Seldom), LeastIndex, MostIndex);
    }

    /// <summary>The score that so few good photosites reach.</summary>
    /// <param name="falseAlarms">False alarms per photosite to expect.</param>
    public float For(double falseAlarms) => Math.Clamp((float)(start * Math.Pow(Seldom / falseAlarms, index)), Least, Most);

    /// <summary>The part of all photosites, good and bad, that reach a score.</summary>
    public double Reached(float score) => CountFrom(score) / photosites;

    /// <summary>The score that a part of all good photosites reaches, by halving.</summary>
    private double Exceeded(double part)
    {
        double low = Start;
        double high = Most;
        for (int i = 0; i < 32; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Rate((float)middle) > part ? (middle, high) : (low, middle);
        }

        return low;
    }

    private double Rate(float score)
    {
        double usual = Often * Math.Pow(score / UsualStart, -UsualPower);
        return (Math.Max(0, CountFrom(score) - hidden) + (usual * UsualPhotosites)) / (photosites + UsualPhotosites);
    }

    private int CountFrom(float score)
    {
        int place = Array.BinarySearch(scores, score);
        return scores.Length - (place < 0 ? ~place : place);
    }
}
