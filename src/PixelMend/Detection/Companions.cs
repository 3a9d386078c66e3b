using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// Defects come in couplets and clusters: beside a sure defect the next one is likely, so that less evidence is asked of it. Scored anew, with what is
/// found already replaced by its prediction, the members of a cluster no longer vouch for each other.
/// </summary>
internal sealed class Companions(MosaicView view, Cascade cascade, SceneTests scene)
{
    /// <summary>Evidence that makes a defect sure, as a multiple of the threshold; beside a weaker one, so much is asked of its companion instead.</summary>
    private const float Sure = 1.4f;

    /// <summary>How far companions lie apart: the nearest photosites of the same colour, and all in between.</summary>
    private const int Reach = 2;

    /// <summary>What was found, with its companions, in raster order.</summary>
    /// <param name="found">Photosites found one by one.</param>
    /// <param name="fills">Photosites not to be believed, with what to read there.</param>
    /// <param name="isNew">Whether a photosite may be found at all.</param>
    /// <param name="threshold">Score asked of a photosite alone.</param>
    /// <param name="near">Score asked of a sure defect's companion.</param>
    /// <param name="options">Threads and cancellation.</param>
    public Scored[] Join(Scored[] found, Fills fills, Predicate<Scored> isNew, float threshold, float near, ParallelOptions options)
    {
        Dictionary<(int X, int Y), Scored> all = found.ToDictionary(s => (s.X, s.Y));
        Dictionary<(int X, int Y), float> asked = AskedAround(found, threshold, near);
        IEnumerable<Fill> replaced = found
            .Select(s => new Fill(s.X, s.Y, s.Predicted))
            .Concat(fills.All.ToArray())
            .DistinctBy(f => (f.X, f.Y));
        var again = new Fills(view.Height, [.. replaced.OrderBy(f => f.Y).ThenBy(f => f.X)]);
        KeyValuePair<(int X, int Y), float>[] places = [.. asked.OrderBy(a => a.Key.Y).ThenBy(a => a.Key.X)];
        foreach (Scored scored in cascade.Among(places, again, options).Where(s => isNew(s)))
        {
            Scored judged = scene.Judge(scored);
            (int X, int Y) place = (scored.X, scored.Y);
            if (judged.Score >= asked[place] && (!all.TryGetValue(place, out Scored before) || before.Score < judged.Score))
            {
                all[place] = judged;
            }
        }

        return [.. all.Values.OrderBy(s => s.Y).ThenBy(s => s.X)];
    }

    /// <summary>The score asked of each photosite that has a defect beside it.</summary>
    private Dictionary<(int X, int Y), float> AskedAround(Scored[] found, float threshold, float near)
    {
        var asked = new Dictionary<(int X, int Y), float>();
        foreach (Scored defect in found)
        {
            float least = defect.Score >= Sure * threshold ? near : Sure * threshold;
            for (int dy = -Reach; dy <= Reach; dy++)
            {
                for (int dx = -Reach; dx <= Reach; dx++)
                {
                    (int X, int Y) place = (defect.X + dx, defect.Y + dy);
                    if (
                        (dx, dy) != (0, 0)
                        && view.Contains(place.X, place.Y)
                        && !(asked.TryGetValue(place, out float other) && other <= least)
                    )
                    {
                        asked[place] = least;
                    }
                }
            }
        }

        return asked;
    }
}
