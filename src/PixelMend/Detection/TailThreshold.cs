namespace PixelMend.Detection;

/// <summary>
/// The score from which a photosite is flagged, found on the frame itself: the scores of good photosites fall off nearly exponentially, faster in a
/// flat frame than in a busy one, so that their tail can be continued from where good photosites abound to where one in a million is left.
/// </summary>
internal static class TailThreshold
{
    /// <summary>Scores from here on are counted.</summary>
    public const float Start = 1;

    /// <summary>No frame is trusted to need less than this.</summary>
    public const float Least = 2.4f;

    private const float Most = 10;
    private const float Second = 1.5f;

    /// <summary>Scores of defects are spread widely; those seen beyond this tell how many hide below.</summary>
    private const float Defective = 3.5f;
    private const double DefectsPerSeen = 1.2;

    /// <summary>Real tails fall a little more slowly than their start says.</summary>
    private const double Slowdown = 1.2;

    /// <summary>What a usual frame has per photosite, and for how many photosites of it a frame's own word must make up.</summary>
    private const double UsualAtStart = 2500e-6;
    private const double UsualAtSecond = 220e-6;
    private const double UsualPhotosites = 50_000;

    /// <param name="scores">Every score of at least <see cref="Start"/> in a part of the frame.</param>
    /// <param name="photosites">Photosites of that part.</param>
    /// <param name="falseAlarms">False alarms per photosite to expect.</param>
    public static float Find(ReadOnlySpan<float> scores, long photosites, double falseAlarms)
    {
        int atSecond = 0;
        int defective = 0;
        foreach (float score in scores)
        {
            atSecond += score >= Second ? 1 : 0;
            defective += score >= Defective ? 1 : 0;
        }

        double hidden = defective * DefectsPerSeen;
        double total = photosites + UsualPhotosites;
        double first = (Math.Max(0, scores.Length - hidden) + (UsualAtStart * UsualPhotosites)) / total;
        double second = (Math.Max(0, atSecond - hidden) + (UsualAtSecond * UsualPhotosites)) / total;
        double slope = Math.Max(Math.Log(first / second) / (Second - Start), 0.5);
        return Math.Clamp((float)(Second + (Slowdown * Math.Log(second / falseAlarms) / slope)), Least, Most);
    }
}
