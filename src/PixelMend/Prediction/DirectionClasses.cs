using PixelMend.Frames;
using PixelMend.Kernels;

namespace PixelMend.Prediction;

/// <summary>
/// Sorts neighbourhoods by the direction in which they change least, and how clearly: along an edge, across it and in flat places
/// different weights predict best. Only photosites of one colour are compared, whatever the CFA.
/// </summary>
internal sealed class DirectionClasses
{
    private const int Grades = 3;

    /// <summary>Change along the smoothest direction over change along the roughest: below the first it is a clear edge, above the last there is none.</summary>
    private const float ClearEdge = 0.35f;
    private const float FaintEdge = 0.65f;

    /// <summary>Part of the range added to changes before they are compared, so that noise in flat places has no direction.</summary>
    private const float ChangeFloor = 0.008f;

    private static readonly Offset[] Directions = [new(1, 0), new(0, 1), new(1, 1), new(1, -1)];

    private readonly Pair[][] pairs;

    /// <param name="cfa">The mosaic.</param>
    /// <param name="phase">Phase of the centre.</param>
    /// <param name="steps">Neighbours of a patch; values come in this order.</param>
    public DirectionClasses(CfaPattern cfa, int phase, Offset[] steps)
    {
        (int x, int y) = (phase % cfa.Width, phase / cfa.Width);
        pairs = [.. Directions.Select(d => PairsAlong(cfa, x, y, steps, d))];
    }

    /// <summary>Number of classes.</summary>
    public static int Count => Directions.Length * Grades;

    /// <summary>The class of a patch.</summary>
    /// <param name="values">The neighbours' signals, possibly less their mean and divided by <paramref name="spread"/>.</param>
    /// <param name="spread">What the values were divided by; 1 for signals.</param>
    public int Of(ReadOnlySpan<float> values, float spread)
    {
        Span<float> changes = stackalloc float[Directions.Length];
        Changes<Lane>(values, changes);
        return Choose(changes, 1, spread);
    }

    /// <summary>The classes of samples.</summary>
    public int[] Of(PatchSamples samples)
    {
        var classes = new int[samples.Count];
        var values = new float[samples.Stride * Lanes8.Count];
        Span<float> changes = stackalloc float[Directions.Length * Lanes8.Count];
        for (int first = 0; first < classes.Length; first += Lanes8.Count)
        {
            int count = Math.Min(Lanes8.Count, classes.Length - first);
            for (int k = 0; k < count; k++)
            {
                samples.CopyTo(first + k, 1, values.AsSpan(k), Lanes8.Count);
            }

            Changes<Lanes8>(values, changes);
            for (int k = 0; k < count; k++)
            {
                classes[first + k] = Choose(changes[k..], Lanes8.Count, samples.Spreads[first + k]);
            }
        }

        return classes;
    }

    /// <summary>How much patches change along each direction.</summary>
    /// <param name="values">A value of each patch, then the next value of each.</param>
    /// <param name="changes">The change of each patch along the first direction, then along the next.</param>
    private void Changes<TLanes>(ReadOnlySpan<float> values, Span<float> changes)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int d = 0; d < pairs.Length; d++)
        {
            TLanes change = TLanes.Broadcast(0);
            foreach (Pair pair in pairs[d])
            {
                TLanes difference = TLanes.Load(in values[pair.First * TLanes.Count]) - TLanes.Load(in values[pair.Second * TLanes.Count]);
                change += TLanes.Broadcast(pair.Weight) * TLanes.Abs(difference);
            }

            change.Store(ref changes[d * TLanes.Count]);
        }
    }

    /// <summary>The class of a patch by its changes, which are <paramref name="stride"/> places apart.</summary>
    private static int Choose(ReadOnlySpan<float> changes, int stride, float spread)
    {
        int smoothest = 0;
        float least = float.PositiveInfinity;
        float most = 0;
        for (int d = 0; d < Directions.Length; d++)
        {
            float change = changes[d * stride];
            if (change < least)
            {
                least = change;
                smoothest = d;
            }

            most = MathF.Max(most, change);
        }

        float ratio = least / (most + (ChangeFloor / spread));
        int grade =
            ratio < ClearEdge ? 0
            : ratio < FaintEdge ? 1
            : 2;
        return (smoothest * Grades) + grade;
    }

    private static Pair[] PairsAlong(CfaPattern cfa, int x, int y, Offset[] steps, Offset direction)
    {
        var found = new List<(int First, int Second, double Weight)>();
        for (int i = 0; i < steps.Length; i++)
        {
            // The nearest photosite of the same colour in this direction.
            for (int distance = 1; distance <= PhaseLayout.Reach; distance++)
            {
                var next = new Offset(steps[i].Dx + (distance * direction.Dx), steps[i].Dy + (distance * direction.Dy));
                if (cfa[x + next.Dx, y + next.Dy] != cfa[x + steps[i].Dx, y + steps[i].Dy])
                {
                    continue;
                }

                int j = Array.IndexOf(steps, next);
                if (j >= 0)
                {
                    // Changes near the centre tell more about it.
                    double middle = Math.Sqrt(Math.Pow(steps[i].Dx + next.Dx, 2) + Math.Pow(steps[i].Dy + next.Dy, 2)) / 2;
                    found.Add((i, j, 1 / Math.Pow(1 + middle, 1.5) / distance / Math.Sqrt(direction.SquaredLength)));
                }

                break;
            }
        }

        double total = found.Sum(p => p.Weight);
        return [.. found.Select(p => new Pair(p.First, p.Second, (float)(p.Weight / total)))];
    }

    private readonly record struct Pair(int First, int Second, float Weight);
}
