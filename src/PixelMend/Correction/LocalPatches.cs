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
    private readonly PlaceGrid grid;
    private readonly int[] starts;
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
        grid = new PlaceGrid(reach, radius, (view.Cfa.Width, view.Cfa.Height));
        starts = [.. model.Steps.Append(new Offset(0, 0)).Select(s => grid.StartOf(s))];
        nearness = [.. model.Steps.Select(s => 1 / (Likeness * (1 + (LikenessFade * s.SquaredLength))))];
        workspaces = new WorkspacePool<Workspace>(() => new Workspace(grid, starts.Length));
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
        grid.Gather(work.Window, starts, work.Patches);
        Normalise(work.Patches, model.Phases[view.Cfa.PhaseOf(x, y)].SpreadFloor);
        Compare(work.Patches, work.Differences);
        double total = Weigh(work, x, y);
        int padded = SecondMoments.Padded(starts.Length);
        Array.Clear(work.Moments);
        SecondMoments.Add(work.Patches, grid.Lanes, grid.Lanes, padded, work.Moments);
        return PatchCovariance.Mean(work.Moments, padded, total, frame, FrameWeight);
    }

    /// <summary>The signals around a place, with the best values known for photosites not to be believed; mirrored at borders.</summary>
    private void Load(Workspace work, int x, int y)
    {
        int left = x - (grid.Width / 2);
        int top = y - (grid.Height / 2);
        int from = Math.Max(0, left);
        int to = Math.Min(view.Width, left + grid.Width);
        Span<float> line = work.Line;
        Array.Clear(work.Doubtful);
        for (int row = 0; row < grid.Height; row++)
        {
            int source = PhaseLayout.Mirror(top + row, view.Height, view.Cfa.Height);
            view.Read(from, source, line[(from - left)..(to - left)]);
            foreach (Fill fill in fills.Row(source, from, to - 1))
            {
                line[fill.X - left] = fill.Signal;
                if (grid.PlaceAt(fill.X - left, row) is >= 0 and int place)
                {
                    work.Doubtful[place] = true;
                }
            }

            for (int i = left; i < left + grid.Width; i++)
            {
                if (i < from || i >= to)
                {
                    int mirrored = PhaseLayout.Mirror(i, view.Width, view.Cfa.Width);
                    line[i - left] = line[Math.Clamp(mirrored, from, to - 1) - left];
                }
            }

            grid.Store(line, row, work.Window);
        }
    }

    /// <summary>Each patch less the mean of its neighbours and divided by their spread.</summary>
    private void Normalise(float[] patches, float floor)
    {
        int neighbors = starts.Length - 1;
        for (int i = 0; i < grid.Lanes; i += Vector256<float>.Count)
        {
            ref float first = ref patches[i];

            // Differences to the centre keep the sums small.
            var center = Vector256.LoadUnsafe(ref first, (nuint)(neighbors * grid.Lanes));
            Vector256<float> sum = default;
            Vector256<float> squares = default;
            for (int t = 0; t < neighbors; t++)
            {
                Vector256<float> value = Vector256.LoadUnsafe(ref first, (nuint)(t * grid.Lanes)) - center;
                sum += value;
                squares += value * value;
            }

            Vector256<float> mean = sum / neighbors;
            Vector256<float> variance = Vector256.Max(Vector256<float>.Zero, (squares / neighbors) - (mean * mean));
            Vector256<float> scale = Vector256<float>.One / (Vector256.Sqrt(variance) + Vector256.Create(floor));
            for (int t = 0; t <= neighbors; t++)
            {
                ref float at = ref Unsafe.Add(ref first, t * grid.Lanes);
                ((Vector256.LoadUnsafe(ref at) - center - mean) * scale).StoreUnsafe(ref at);
            }
        }
    }

    /// <summary>How far each patch is from the one in the middle, near neighbours counting most.</summary>
    private void Compare(float[] patches, float[] differences)
    {
        for (int i = 0; i < grid.Lanes; i += Vector256<float>.Count)
        {
            ref float row = ref patches[0];
            Vector256<float> difference = default;
            foreach (float near in nearness)
            {
                Vector256<float> d = Vector256.LoadUnsafe(ref row, (nuint)i) - Vector256.Create(Unsafe.Add(ref row, grid.Middle));
                difference += d * d * Vector256.Create(near);
                row = ref Unsafe.Add(ref row, grid.Lanes);
            }

            difference.StoreUnsafe(ref differences[i]);
        }
    }

    /// <summary>Multiplies each patch by the square root of what it counts; returns what all of them count.</summary>
    private double Weigh(Workspace work, int x, int y)
    {
        double total = 0;
        Span<float> roots = work.Differences;
        roots[grid.Count..].Clear();
        for (int i = 0; i < grid.Count; i++)
        {
            Offset step = grid.StepTo(i);
            float weight = IsWhole(x + step.Dx, y + step.Dy) && !work.Doubtful[i] ? MathF.Exp(-roots[i]) : 0;
            total += weight;
            roots[i] = MathF.Sqrt(weight);
        }

        for (int t = 0; t < starts.Length; t++)
        {
            Span<float> row = work.Patches.AsSpan(t * grid.Lanes, grid.Lanes);
            for (int i = 0; i < row.Length; i += Vector256<float>.Count)
            {
                (Vector256.Create(row[i..]) * Vector256.Create(roots[i..])).CopyTo(row[i..]);
            }
        }

        return total;
    }

    /// <summary>Whether a patch lies within the view.</summary>
    private bool IsWhole(int x, int y) => x >= radius && y >= radius && x < view.Width - radius && y < view.Height - radius;

    /// <summary>Buffers for one place at a time.</summary>
    private sealed class Workspace(PlaceGrid grid, int values)
    {
        public float[] Line { get; } = new float[grid.Width];

        public float[] Window { get; } = new float[grid.WindowLength];

        /// <summary>Places not to be believed themselves.</summary>
        public bool[] Doubtful { get; } = new bool[grid.Count];

        /// <summary>All patches, the values of one step side by side.</summary>
        public float[] Patches { get; } = new float[SecondMoments.Padded(values) * grid.Lanes];

        /// <summary>Of each patch from the one in the middle; then what it counts.</summary>
        public float[] Differences { get; } = new float[grid.Lanes];

        public double[] Moments { get; } = new double[SecondMoments.Padded(values) * SecondMoments.Padded(values)];
    }
}
