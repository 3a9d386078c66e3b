using PixelMend.Algorithms;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// The defects that frames show together. A photosite is flagged when its joint deviation is far beyond that of good photosites, those around it
/// included: what stands still in the scene shows in its neighbours too. How far is too far is read from the deviations themselves.
/// </summary>
/// <param name="Map">The static defects; empty where the scene stood still.</param>
/// <param name="Repetition">
/// How alike the frames are where there is detail: 0 where each frame shows another scene, 1 where all show the same one.
/// </param>
/// <param name="StandsStill">Whether the frames are too much alike to tell scene from sensor, so that joining them proves nothing.</param>
public sealed record StaticDefects(DefectMap Map, double Repetition, bool StandsStill)
{
    /// <summary>Repetition from which the scene stands still.</summary>
    private const double MostRepetition = 0.35;

    /// <summary>Detail is where it leaves less than this of a vote's weight.</summary>
    private const float DetailWeight = 0.25f;

    /// <summary>Photosites with detail that are needed to tell whether it repeats.</summary>
    private const int LeastDetail = 400;

    /// <summary>Rows of which one is looked at for the spread of the whole.</summary>
    private const int SampledRows = 4;

    private const int Reach = 2;

    /// <summary>Neighbours that may deviate as well without excusing a photosite: the other members of a small cluster.</summary>
    private const int Companions = 3;

    /// <summary>Deviations are counted from here on, and again from one further on: the tail between tells where it ends.</summary>
    private const float CountFrom = 3;

    private const float Least = 4.9f;
    private const float Most = 5.5f;

    /// <summary>A Gaussian's tail falls ever faster; this much faster than its slope between the counts until it ends.</summary>
    private const double Steepening = 1.2;

    /// <summary>Finds the static defects.</summary>
    /// <param name="evidence">What the frames of the sequence said.</param>
    /// <param name="sensitivity">How readily to flag.</param>
    public static StaticDefects Find(StaticEvidence evidence, Sensitivity sensitivity)
    {
        var joint = new Plane<float>(evidence.Width, evidence.Height);
        for (int y = 0; y < joint.Height; y++)
        {
            evidence.ReadRow(y, joint.Row(y));
        }

        (float spread, double repetition) = Survey(evidence, joint);
        bool standsStill = evidence.Frames > 1 && repetition > MostRepetition;
        if (evidence.Frames < 2 || standsStill)
        {
            return new StaticDefects(DefectMap.Empty(joint.Width, joint.Height), repetition, standsStill);
        }

        List<(int X, int Y, float Score)> candidates = Score(joint, spread);
        float threshold = Threshold([.. candidates.Select(c => c.Score)], (long)joint.Width * joint.Height, FalseAlarms(sensitivity));
        var found = new DefectMap.Builder(joint.Width, joint.Height);
        foreach ((int x, int y, float score) in candidates.Where(c => c.Score >= threshold))
        {
            // Deviations are bounded, so how strong a defect is, frames that show it by itself must tell.
            DefectKind kind = joint[x, y] > 0 ? DefectKind.Warm : DefectKind.LowResponse;
            found.Add(new Defect(x, y, kind, score, 1 - (0.5f * threshold / score)));
        }

        return new StaticDefects(found.Build(), repetition, standsStill);
    }

    /// <summary>Expected false alarms per photosite.</summary>
    private static double FalseAlarms(Sensitivity sensitivity) =>
        sensitivity switch
        {
            Sensitivity.Low => 1e-8,
            Sensitivity.High => 1e-6,
            _ => 5e-8,
        };

    /// <summary>
    /// The spread of joint deviations, at least that of pure chance; and how alike the frames are: were all the same, deviations would add up N-fold
    /// and their spread would be √N. Noise hides that, so it is looked for in detail; where even noise repeats, the frames are copies.
    /// </summary>
    private static (float Spread, double Repetition) Survey(StaticEvidence evidence, Plane<float> joint)
    {
        var all = new List<float>();
        var detail = new List<float>();
        for (int y = 0; y < joint.Height; y += SampledRows)
        {
            ReadOnlySpan<float> row = joint.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                float weight = evidence.MeanWeight(x, y);
                if (weight > 0)
                {
                    all.Add(MathF.Abs(row[x]));
                    if (weight < DetailWeight)
                    {
                        detail.Add(MathF.Abs(row[x]));
                    }
                }
            }
        }

        float spread = SpreadOf(all);
        float inDetail = detail.Count < LeastDetail ? 0 : SpreadOf(detail);
        float most = MathF.Max(spread, inDetail);
        return (MathF.Max(1, spread), Math.Max(0, ((most * most) - 1.0) / Math.Max(1, evidence.Frames - 1)));
    }

    private static float SpreadOf(List<float> magnitudes) => Quantiles.MadToSigma * Quantiles.Median([.. magnitudes]);

    /// <summary>Photosites whose joint deviation may count, with how far it is beyond that of good ones and of those around.</summary>
    private static List<(int X, int Y, float Score)> Score(Plane<float> joint, float spread)
    {
        var scored = new List<(int X, int Y, float Score)>();
        for (int y = 0; y < joint.Height; y++)
        {
            ReadOnlySpan<float> row = joint.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                float deviation = MathF.Abs(row[x]);
                if (deviation >= CountFrom * spread)
                {
                    float score = deviation / MathF.Max(spread, Around(joint, x, y));
                    if (score >= CountFrom)
                    {
                        scored.Add((x, y, score));
                    }
                }
            }
        }

        return scored;
    }

    /// <summary>Mean magnitude of the deviations around a photosite, the largest few left out.</summary>
    private static float Around(Plane<float> joint, int x, int y)
    {
        Span<float> around = stackalloc float[((2 * Reach) + 1) * ((2 * Reach) + 1)];
        int n = 0;
        for (int ny = Math.Max(0, y - Reach); ny <= Math.Min(joint.Height - 1, y + Reach); ny++)
        {
            for (int nx = Math.Max(0, x - Reach); nx <= Math.Min(joint.Width - 1, x + Reach); nx++)
            {
                if (nx != x || ny != y)
                {
                    around[n++] = MathF.Abs(joint[nx, ny]);
                }
            }
        }

        around[..n].Sort();
        int counted = Math.Max(0, n - Companions);
        float sum = 0;
        foreach (float magnitude in around[..counted])
        {
            sum += magnitude;
        }

        return counted == 0 ? 0 : sum / counted;
    }

    /// <summary>Where the tail of the good photosites' scores, continued, leaves only so many false alarms.</summary>
    private static float Threshold(ReadOnlySpan<float> scores, long photosites, double falseAlarms)
    {
        int near = 0;
        int far = 0;
        foreach (float score in scores)
        {
            near += score < CountFrom + 1 ? 1 : 0;
            far += score >= CountFrom + 1 && score < Least ? 1 : 0;
        }

        if (far == 0)
        {
            return Least;
        }

        double slope = Math.Max(Math.Log((near + far) / (double)far), 0.5);
        double beyond = Math.Log(far / (photosites * falseAlarms)) / (Steepening * slope);
        return Math.Clamp((float)(CountFrom + 1 + beyond), Least, Most);
    }
}
