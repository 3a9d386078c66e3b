using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// Defects come in couplets and clusters: beside a sure defect the next one is likely, so that less evidence is asked of it. Scored anew, with what is
/// found already replaced by its prediction, the members of a cluster no longer vouch for each other.
/// </summary>
/// <param name="view">The mosaic.</param>
/// <param name="cascade">Scores its photosites.</param>
/// <param name="scene">Tells defects from light and lines.</param>
/// <param name="isNew">Whether a photosite may be found at all.</param>
internal sealed class Companions(MosaicView view, Cascade cascade, SceneTests scene, Func<int, int, bool> isNew)
{
    /// <summary>Evidence that makes a defect sure, as a multiple of the threshold; beside a weaker one, so much is asked of its companion instead.</summary>
    private const float Sure = 1.4f;

    /// <summary>How far companions lie apart: the nearest photosites of the same colour, and all in between.</summary>
    private const int Reach = 2;

    private const int BandRows = 32;

    /// <summary>What was found, with its companions, in raster order.</summary>
    /// <param name="found">Photosites found one by one, in raster order.</param>
    /// <param name="fills">Photosites not to be believed, with what to read there.</param>
    /// <param name="threshold">Score asked of a photosite alone.</param>
    /// <param name="near">Score asked of a sure defect's companion.</param>
    /// <param name="options">Threads and cancellation.</param>
    public Scored[] Join(Scored[] found, Fills fills, float threshold, float near, ParallelOptions options)
    {
        Fills again = fills.Joined([.. found.Select(s => new Fill(s.X, s.Y, s.Predicted))]);
        int[] rowStarts = RowStarts(found);
        var all = new Scored[(view.Height + BandRows - 1) / BandRows][];
        Parallel.For(
            0,
            all.Length,
            options,
            band =>
            {
                (int top, int end) = (band * BandRows, Math.Min(view.Height, (band + 1) * BandRows));
                List<Place> asked = [];
                for (int y = top; y < end; y++)
                {
                    (int first, int last) = (Math.Max(0, y - Reach), Math.Min(view.Height, y + Reach + 1));
                    Ask(found.AsSpan(rowStarts[first]..rowStarts[last]), y, threshold, near, asked);
                }

                all[band] = Better(found[rowStarts[top]..rowStarts[end]], Beside(asked, again));
            }
        );
        return [.. all.SelectMany(f => f)];
    }

    /// <summary>Those of some photosites that are left with the score that is asked of them.</summary>
    private List<Scored> Beside(List<Place> asked, Fills again)
    {
        var beside = new List<Scored>();
        foreach ((Scored scored, float least) in cascade.Among(asked, again))
        {
            Scored judged = scene.Judge(scored);
            if (judged.Score >= least)
            {
                beside.Add(judged);
            }
        }

        return beside;
    }

    /// <summary>Both lists in raster order; where both hold a photosite, it counts with the higher score.</summary>
    private static Scored[] Better(Scored[] found, List<Scored> beside) =>
        beside.Count == 0
            ? found
            : [.. found.Concat(beside).OrderBy(s => s.Y).ThenBy(s => s.X).ThenByDescending(s => s.Score).DistinctBy(s => (s.X, s.Y))];

    /// <summary>Asks for the photosites of a row that have a defect beside them, of each the least that any of these defects makes enough.</summary>
    private void Ask(ReadOnlySpan<Scored> around, int y, float threshold, float near, List<Place> asked)
    {
        if (around.IsEmpty)
        {
            return;
        }

        using var buffer = new RentedFloats(view.Width);
        Span<float> row = buffer.Span;
        row.Fill(float.PositiveInfinity);
        foreach (Scored defect in around)
        {
            float least = defect.Score >= Sure * threshold ? near : Sure * threshold;
            for (int x = Math.Max(0, defect.X - Reach); x <= Math.Min(view.Width - 1, defect.X + Reach); x++)
            {
                row[x] = (x, y) == (defect.X, defect.Y) ? row[x] : MathF.Min(row[x], least);
            }
        }

        int step;
        for (int x = 0; (step = row[x..].IndexOfAnyExcept(float.PositiveInfinity)) >= 0; x += step + 1)
        {
            if (isNew(x + step, y))
            {
                asked.Add(new Place(x + step, y, row[x + step]));
            }
        }
    }

    /// <summary>Where the photosites of each row begin among all.</summary>
    private int[] RowStarts(Scored[] found)
    {
        var starts = new int[view.Height + 1];
        foreach (Scored scored in found)
        {
            starts[scored.Y + 1]++;
        }

        for (int y = 0; y < view.Height; y++)
        {
            starts[y + 1] += starts[y];
        }

        return starts;
    }
}

/// <summary>A photosite to be scored, and the least score of interest.</summary>
internal readonly record struct Place(int X, int Y, float Least);
