using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// How far a photosite stands out from the median of its ring, as measured: what the tests on single photosites look at.
/// Suspects are no witnesses and read as if they stood out by nothing.
/// </summary>
internal sealed class LocalExcess
{
    private readonly MosaicView view;
    private readonly Suspects suspects;
    private readonly Offset[][] rings;

    public LocalExcess(MosaicView view, Suspects suspects)
    {
        this.view = view;
        this.suspects = suspects;
        rings =
        [
            .. Enumerable.Range(0, view.Cfa.PhaseCount).Select(p => PhaseSteps.RingOf(view.Cfa, p % view.Cfa.Width, p / view.Cfa.Width)),
        ];
    }

    /// <summary>Signal less background; 0 off the view and at suspects.</summary>
    public float At(int x, int y)
    {
        if (!IsWitness(x, y))
        {
            return 0;
        }

        Offset[] ring = rings[view.Cfa.PhaseOf(x, y)];
        Span<float> around = stackalloc float[ring.Length];
        int n = 0;
        foreach (Offset step in ring)
        {
            if (IsWitness(x + step.Dx, y + step.Dy))
            {
                around[n++] = view.Signal(x + step.Dx, y + step.Dy);
            }
        }

        return view.Signal(x, y) - (n == RankSearch.Eight ? RankSearch.MedianOfEight(around) : Quantiles.Median(around[..n]));
    }

    /// <summary>Whether a photosite may stand out to the bright side by more than <paramref name="least"/>: told from its own signal alone.</summary>
    public bool MayExceed(int x, int y, float least) => !view.Contains(x, y) || view.Signal(x, y) - view.Darkest > least;

    private bool IsWitness(int x, int y) => view.Contains(x, y) && !suspects.Contains(x, y);
}
