using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Correction;

/// <summary>
/// Second moments of the patches around one place: what the frame as a whole teaches, bent towards what its surroundings do. Detail repeats itself
/// nearby (an edge goes on, a weave recurs), so that patches like the one to repair count most.
/// </summary>
internal sealed class LocalPatches
{
    /// <summary>How many periods of the mosaic away patches are taken from, and how many photosites at the most.</summary>
    private const int Periods = 7;
    private const int FarthestReach = 24;

    /// <summary>Weight of what the whole frame teaches, in patches.</summary>
    private const double FrameWeight = 160;

    /// <summary>Squared difference of two patches (in spreads, far neighbours counting less) at which one counts e times less for the other.</summary>
    private const float Likeness = 20;
    private const float LikenessFade = 0.2f;

    /// <summary>Patches that vary by less than this many standard deviations of noise hold nothing that their surroundings could teach.</summary>
    private const float LeastSpread = 4;

    private readonly MosaicView view;
    private readonly MosaicModel model;
    private readonly Fills fills;
    private readonly (int X, int Y) reach;
    private readonly int radius;
    private readonly int side;
    private readonly int[] offsets;
    private readonly float[] nearness;
    private readonly WorkspacePool<Workspace> workspaces;

    /// <param name="view">The mosaic.</param>
    /// <param name="model">What the whole frame teaches.</param>
    /// <param name="fills">Photosites not to be believed, with the best values known so far.</param>
    public LocalPatches(MosaicView view, MosaicModel model, Fills fills)
    {
        this.view = view;
        this.model = model;
        this.fills = fills;
        radius = model.Steps.Max(s => s.Distance);
        reach = (Reach(view.Cfa.Width), Reach(view.Cfa.Height));
        side = 2 * (Math.Max(reach.X, reach.Y) + radius) + 1;
        offsets = [.. model.Steps.Select(s => (s.Dy * side) + s.Dx)];
        nearness = new float[OuterProduct.Padded(model.Steps.Length + 1)];
        for (int t = 0; t < model.Steps.Length; t++)
        {
            nearness[t] = 1 / (Likeness * (1 + (LikenessFade * model.Steps[t].SquaredLength)));
        }

        workspaces = new WorkspacePool<Workspace>(() => new Workspace(side, model.Steps.Length + 1));
    }

    /// <summary>Whether a patch shows more than noise.</summary>
    public bool IsBusy(ReadOnlySpan<float> values, float level)
    {
        float sum = 0;
        float squares = 0;
        foreach (float value in values)
        {
            sum += value - level;
            squares += (value - level) * (value - level);
        }

        float mean = sum / values.Length;
        double variance = Math.Max(0, (squares / values.Length) - (mean * mean));
        return Math.Sqrt(variance) >= LeastSpread * model.Noise.Sigma(level);
    }

    /// <summary>The moments around a photosite of the view.</summary>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <param name="frame">What the frame teaches of such patches.</param>
    public PatchCovariance Around(int x, int y, PatchCovariance frame)
    {
        PatchCovariance? mixed = null;
        workspaces.Use(work => mixed = Mix(work, x, y, frame));
        return mixed!;
    }

    private static int Reach(int period) => Math.Min(Periods * period, FarthestReach) / period * period;

    private PatchCovariance Mix(Workspace work, int x, int y, PatchCovariance frame)
    {
        Load(work, x, y);
        float floor = model.Phases[view.Cfa.PhaseOf(x, y)].SpreadFloor;
        int centre = (side / 2 * side) + (side / 2);
        Normalise(work.Window, centre, floor, work.Target);
        Array.Clear(work.Moments);
        double total = 0;
        int waiting = 0;
        for (int dy = -reach.Y; dy <= reach.Y; dy += view.Cfa.Height)
        {
            for (int dx = -reach.X; dx <= reach.X; dx += view.Cfa.Width)
            {
                int place = centre + (dy * side) + dx;
                if (IsWhole(x + dx, y + dy) && !work.Doubtful[place])
                {
                    float[] row = work.Rows[waiting];
                    Normalise(work.Window, place, floor, row);
                    work.Weights[waiting] = LikenessOf(row, work.Target);
                    total += work.Weights[waiting++];
                    waiting = waiting == work.Rows.Length ? work.Add() : waiting;
                }
            }
        }

        while (waiting is > 0 and < Workspace.AtOnce)
        {
            work.Weights[waiting++] = 0;
        }

        work.Add();
        return total <= 0
            ? frame
            : PatchCovariance
                .Mean<float>(work.Moments, nearness.Length, model.Steps.Length, total)
                .Mix(frame, total / (total + FrameWeight));
    }

    /// <summary>Whether a patch lies within the view.</summary>
    private bool IsWhole(int x, int y) => x >= radius && y >= radius && x < view.Width - radius && y < view.Height - radius;

    /// <summary>The signals around a place, with the best values known for photosites not to be believed; mirrored at borders.</summary>
    private void Load(Workspace work, int x, int y)
    {
        int left = x - (side / 2);
        int top = y - (side / 2);
        int from = Math.Max(0, left);
        int to = Math.Min(view.Width, left + side);
        Array.Clear(work.Doubtful);
        for (int row = 0; row < side; row++)
        {
            int source = PhaseLayout.Mirror(top + row, view.Height, view.Cfa.Height);
            Span<float> target = work.Window.AsSpan(row * side, side);
            view.Read(from, source, target[(from - left)..(to - left)]);
            foreach (Fill fill in fills.Row(source))
            {
                if (fill.X >= from && fill.X < to)
                {
                    target[fill.X - left] = fill.Signal;
                    work.Doubtful[(row * side) + fill.X - left] = true;
                }
            }

            for (int i = 0; i < side; i++)
            {
                if (left + i < from || left + i >= to)
                {
                    int mirrored = PhaseLayout.Mirror(left + i, view.Width, view.Cfa.Width);
                    target[i] = target[Math.Clamp(mirrored, from, to - 1) - left];
                }
            }
        }
    }

    /// <summary>The neighbours and the centre of a patch, less the neighbours' mean and divided by their spread.</summary>
    private void Normalise(float[] window, int place, float floor, float[] row)
    {
        float first = window[place];
        ref float at = ref window[place];
        for (int t = 0; t < offsets.Length; t++)
        {
            row[t] = Unsafe.Add(ref at, offsets[t]) - first;
        }

        row[offsets.Length] = 0; // the centre, of which there is another value from the patch before
        Vector256<float> sums = default;
        Vector256<float> squares = default;
        for (int t = 0; t < row.Length; t += Vector256<float>.Count)
        {
            var values = Vector256.Create(row, t);
            sums += values;
            squares += values * values;
        }

        float mean = Vector256.Sum(sums) / offsets.Length;
        float scale = 1 / (MathF.Sqrt(MathF.Max(0, (Vector256.Sum(squares) / offsets.Length) - (mean * mean))) + floor);
        for (int t = 0; t < row.Length; t += Vector256<float>.Count)
        {
            ((Vector256.Create(row, t) - Vector256.Create(mean)) * Vector256.Create(scale)).CopyTo(row, t);
        }

        // The centre is the first less itself; what follows it is padding.
        row.AsSpan(offsets.Length + 1).Clear();
    }

    private float LikenessOf(float[] row, float[] target)
    {
        // Where there is no neighbour, nearness is zero.
        Vector256<float> difference = default;
        for (int t = 0; t < nearness.Length; t += Vector256<float>.Count)
        {
            Vector256<float> d = Vector256.Create(row, t) - Vector256.Create(target, t);
            difference += d * d * Vector256.Create(nearness, t);
        }

        return MathF.Exp(-Vector256.Sum(difference));
    }

    /// <summary>Buffers for one place at a time.</summary>
    private sealed class Workspace(int side, int values)
    {
        public const int AtOnce = 4;

        public float[] Window { get; } = new float[side * side];

        public bool[] Doubtful { get; } = new bool[side * side];

        public float[] Target { get; } = new float[OuterProduct.Padded(values)];

        public float[][] Rows { get; } = [.. Enumerable.Range(0, AtOnce).Select(_ => new float[OuterProduct.Padded(values)])];

        public float[] Weights { get; } = new float[AtOnce];

        public float[] Moments { get; } = new float[OuterProduct.Padded(values) * OuterProduct.Padded(values)];

        /// <summary>Adds the waiting rows up; none wait then.</summary>
        public int Add()
        {
            var rows = new FourRows
            {
                A = Rows[0],
                B = Rows[1],
                C = Rows[2],
                D = Rows[3],
                WeightA = Weights[0],
                WeightB = Weights[1],
                WeightC = Weights[2],
                WeightD = Weights[3],
            };
            OuterProduct.Add(rows, values, Moments);
            Array.Clear(Weights);
            return 0;
        }
    }
}
