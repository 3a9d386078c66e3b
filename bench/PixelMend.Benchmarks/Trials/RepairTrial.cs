using PixelMend.Benchmarks.Frames;
using PixelMend.Correction;
using PixelMend.Evaluation;

namespace PixelMend.Benchmarks.Trials;

/// <summary>How near every corrector comes to the frame as it was, with the bad photosites known.</summary>
internal static class RepairTrial
{
    /// <summary>More sites left alone than this part of them: the method does not handle the pattern.</summary>
    private const double MostLeft = 0.01;

    public static void Run(
        BenchFrame frame,
        IReadOnlyList<SitePattern> patterns,
        IReadOnlyList<int> seeds,
        Results results,
        ParallelOptions options
    )
    {
        foreach ((SitePattern pattern, int seed) in patterns.SelectMany(p => seeds.Select(s => (p, s))))
        {
            InjectedFrame broken = pattern.Into(frame.Frame, seed);
            foreach (Method<IDefectCorrector> method in Methods.Correctors)
            {
                results.Add(frame.Name, method.Name, pattern.Name, Psnr(method, broken, options));
            }
        }
    }

    private static double? Psnr(Method<IDefectCorrector> method, InjectedFrame frame, ParallelOptions options)
    {
        if (!method.Handles(frame.Original.Cfa))
        {
            return null;
        }

        CorrectionReport report = method.Instance.Correct(frame.Broken, frame.Truth, options);
        RepairScore score = RepairScore.Of(frame, report);
        if (score.Damage.Changed > 0)
        {
            throw new InvalidOperationException($"{method.Name} changed {score.Damage.Changed} good photosites");
        }

        var scored = frame.Sites.Select(s => (s.X, s.Y)).ToHashSet();
        return report.Unreachable.Count(d => scored.Contains((d.X, d.Y))) > MostLeft * scored.Count ? null : score.Psnr;
    }
}
