using System.Numerics;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// Finds what <see cref="ScorePass"/> would find, without scoring every photosite: a <see cref="Screen"/> marks those that can reach the score, and only
/// these are predicted. A screen sees samples as they are; where some near by are not to be believed, photosites are looked at anyway. Where signals are limited
/// to their rings, as in a first round, it may pass over photosites among several that stand out, such as stars.
/// </summary>
internal sealed class Cascade(MosaicView view, SiteScorer scorer, ScorePass pass, DefectScale scale)
{
    private const int BandRows = 48;
    private const int BitsPerWord = 32;

    private readonly WorkspacePool<SiteScorer.Tile> tiles = new(scorer.NewTile);
    private readonly WorkspacePool<Screen.Workspace> screens = new(() => new Screen.Workspace(view, BandRows));

    /// <summary>Photosites that score at least <paramref name="least"/>, in raster order.</summary>
    public Scored[] Find(Fills fills, float least, ParallelOptions options)
    {
        if (Screen.For(view, scale, least) is not { } screen)
        {
            return pass.Run(fills, least, options);
        }

        var found = new List<Scored>[(view.Height + BandRows - 1) / BandRows];
        Parallel.For(
            0,
            found.Length,
            options,
            i => tiles.Use(tile => screens.Use(work => found[i] = FindInBand(screen, work, tile, i * BandRows, fills, least)))
        );
        return [.. found.SelectMany(f => f)];
    }

    /// <summary>Those of some photosites that reach a score of their own.</summary>
    /// <param name="places">Photosites, each with the least score of interest.</param>
    /// <param name="fills">Photosites not to be believed.</param>
    /// <returns>Each with what was asked of it.</returns>
    public List<(Scored Scored, float Least)> Among(List<Place> places, Fills fills)
    {
        var found = new List<(Scored Scored, float Least)>();
        tiles.Use(tile =>
        {
            foreach (Place place in places)
            {
                if (scorer.TryScore(tile, place.X, place.Y, fills, place.Least, out Scored scored))
                {
                    found.Add((scored, place.Least));
                }
            }
        });
        return found;
    }

    private List<Scored> FindInBand(Screen screen, Screen.Workspace work, SiteScorer.Tile tile, int top, Fills fills, float least)
    {
        var found = new List<Scored>();
        work.Load(screen, top);
        for (int y = top; y < Math.Min(view.Height, top + BandRows); y++)
        {
            Span<uint> marks = screen.Mark(work, y);
            MarkAround(marks, y, screen.Reach, fills);
            for (int i = 0; i < marks.Length; i++)
            {
                for (uint bits = marks[i]; bits != 0; bits &= bits - 1)
                {
                    int x = (i * BitsPerWord) + BitOperations.TrailingZeroCount(bits);
                    if (scorer.TryScore(tile, x, y, fills, least, out Scored scored))
                    {
                        found.Add(scored);
                    }
                }
            }
        }

        return found;
    }

    /// <summary>Marks the photosites of a row that the screen compared with something not to be believed.</summary>
    private void MarkAround(Span<uint> marks, int y, int reach, Fills fills)
    {
        for (int near = Math.Max(0, y - reach); near <= Math.Min(view.Height - 1, y + reach); near++)
        {
            foreach (Fill fill in fills.Row(near))
            {
                for (int x = Math.Max(0, fill.X - reach); x <= Math.Min(view.Width - 1, fill.X + reach); x++)
                {
                    if (view.Cfa[x, y] == view.Cfa[fill.X, near])
                    {
                        Screen.Set(marks, x);
                    }
                }
            }
        }
    }
}
