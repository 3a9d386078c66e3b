using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// Scores single photosites, with the same arithmetic in the same order as <see cref="ScorePass"/> scores whole rows, so that it gives the same bits;
/// only beside the left and right border, where that mirrors residuals and this mirrors signals, may they differ a little.
/// Gives up as soon as a score is out of reach, which for most is after the first prediction.
/// </summary>
internal sealed class SiteScorer
{
    private const int WidestVector = 16;

    /// <summary>Photosites of a row predicted at once; more than a patch is wide.</summary>
    private const int Lanes = 8;
    private const int CenterOfPatch = (ScorePass.PatchRadius * Lanes) + ScorePass.PatchRadius;

    private readonly MosaicView view;
    private readonly DefectScale scale;
    private readonly bool clamp;
    private readonly QuickLook? quick;
    private readonly Phase[] phases;
    private readonly float[][] laneWeights;
    private readonly int[] steps;
    private readonly int[] patchSteps;
    private readonly int[] adjacent;

    /// <summary>Offsets in <see cref="Tile.Adjacent"/> from its last row to those before.</summary>
    private readonly int[] besideAdjacent =
    [
        .. Enumerable.Range(0, PhaseSteps.RingLength).Select(i => (i - PhaseSteps.RingLength) * Patch.Adjacent.Length),
    ];
    private readonly int radius;
    private readonly int clampReach;
    private readonly int stride;
    private readonly bool sameRing;

    /// <param name="view">The mosaic.</param>
    /// <param name="model">What was learned from it.</param>
    /// <param name="scale">What residuals are measured against.</param>
    /// <param name="clamp">Whether predictions are made from signals limited to their rings.</param>
    public SiteScorer(MosaicView view, MosaicModel model, DefectScale scale, bool clamp)
    {
        this.view = view;
        this.scale = scale;
        this.clamp = clamp;
        quick = QuickLook.At(view, model, clamp);
        CfaPattern cfa = view.Cfa;
        Offset[][] rings = [.. Enumerable.Range(0, cfa.PhaseCount).Select(p => PhaseSteps.RingOf(cfa, p % cfa.Width, p / cfa.Width))];
        Offset[][] pairs = [.. Enumerable.Range(0, cfa.PhaseCount).Select(p => PhaseSteps.OppositesOf(cfa, p % cfa.Width, p / cfa.Width))];
        int ringReach = rings.SelectMany(r => r).Max(s => s.Distance);
        int pairReach = pairs.SelectMany(r => r).Select(s => s.Distance).DefaultIfEmpty().Max();
        radius = Math.Max(2 * ScorePass.PatchRadius, Math.Max(1 + ringReach, pairReach));
        clampReach = clamp ? ringReach : 0;
        stride = (2 * Middle) + ReadWidth;
        sameRing = rings.All(r => r.SequenceEqual(rings[0]));
        steps = Offsets(model.Steps);
        patchSteps = [.. model.Steps.Select(s => (s.Dy * Lanes) + s.Dx)];
        adjacent = Offsets(Patch.Adjacent);
        laneWeights =
        [
            .. Enumerable
                .Range(0, cfa.PhaseCount)
                .Select(p =>
                    Enumerable
                        .Range(0, steps.Length)
                        .SelectMany(t => PhasesAt(p, Columns).Select(phase => model.Phases[phase].Weights[t]))
                        .ToArray()
                ),
        ];
        phases =
        [
            .. Enumerable
                .Range(0, cfa.PhaseCount)
                .Select(p => new Phase(Offsets(rings[p]), Offsets(pairs[p]), PhasesAt(p, Patch.Adjacent))),
        ];
    }

    private static Offset[] Columns { get; } = [.. Enumerable.Range(0, Lanes).Select(i => new Offset(i, 0))];

    public Tile NewTile() => new(((2 * Middle) + 1) * stride, clamp);

    /// <summary>Row and column of the photosite in its tile.</summary>
    private int Middle => radius + clampReach;

    private int Center => (Middle * stride) + Middle;

    /// <summary>Photosites read at once: as many as the widest vectors hold cost no more than those that are needed.</summary>
    private int ReadWidth => Math.Max((2 * Middle) + 1, WidestVector);

    /// <summary>Scores one photosite.</summary>
    /// <param name="tile">Buffers of one thread.</param>
    /// <param name="x">Column, view coordinates.</param>
    /// <param name="y">Row, view coordinates.</param>
    /// <param name="fills">Photosites whose own signal is not to be believed.</param>
    /// <param name="least">Score of interest.</param>
    /// <param name="scored">The photosite, where it reaches that.</param>
    public bool TryScore(Tile tile, int x, int y, Fills fills, float least, out Scored scored)
    {
        scored = default;
        if (quick is not null && !quick.IsWorthIt(x, y, fills, scale, least))
        {
            return false;
        }

        Phase phase = phases[view.Cfa.PhaseOf(x, y)];
        bool inside = IsInside(x, y);
        Load(tile, x, y, inside ? radius : ScorePass.PatchRadius, fills);
        PredictRow(tile, x, y, 0);
        float predicted = tile.Predicted[CenterOfPatch];
        float measured = view.Signal(x, y);
        float residual = measured - predicted;
        float sigma = MathF.Sqrt(scale.NoiseOffset + (scale.NoiseSlope * MathF.Max(predicted, 0)));
        if (!(MathF.Abs(residual) >= least * sigma))
        {
            return false;
        }

        if (!inside)
        {
            Load(tile, x, y, radius, fills); // what is mirrored takes long, so that at first only the least is read
        }

        (float unexplained, float texture) = OwnColor.Compare(tile.Clean, Center, phase.Pairs, measured, residual);
        if (!(unexplained >= least * Allowed(sigma, 0, 0, texture)))
        {
            return false;
        }

        float support = Support(tile, phase, residual);
        if (!(unexplained >= least * Allowed(sigma, 0, support, texture)))
        {
            return false;
        }

        float activity = Activity(tile, x, y);
        scored = new Scored(x, y, measured, predicted, activity, MathF.Max(0, unexplained) / Allowed(sigma, activity, support, texture));
        return scored.Score >= least;
    }

    private float Allowed(float sigma, float activity, float support, float texture) =>
        sigma + (scale.Excuses.Activity * activity) + (scale.Excuses.Support * support) + (scale.Excuses.Texture * texture);

    /// <summary>The mean residual around.</summary>
    private float Activity(Tile tile, int x, int y)
    {
        for (int dy = -ScorePass.PatchRadius; dy <= ScorePass.PatchRadius; dy++)
        {
            PredictRow(tile, x, y, dy);
        }

        float activity = 0;
        float share = 1f / steps.Length;
        for (int t = 0; t < steps.Length; t++)
        {
            activity += share * MathF.Abs(tile.Clean[Center + steps[t]] - tile.Predicted[CenterOfPatch + patchSteps[t]]);
        }

        return activity;
    }

    /// <summary>Predicts a row of the patch at once: each lane has the weights of its own phase.</summary>
    private void PredictRow(Tile tile, int x, int y, int dy)
    {
        ref float weights = ref MemoryMarshal.GetArrayDataReference(laneWeights[view.Cfa.PhaseOf(x - ScorePass.PatchRadius, y + dy)]);
        ref float first = ref tile.Clean[Center + (dy * stride) - ScorePass.PatchRadius];
        Vector256<float> sum = default;
        for (int t = 0; t < steps.Length; t++)
        {
            sum += Vector256.LoadUnsafe(ref Unsafe.Add(ref weights, t * Lanes)) * Vector256.LoadUnsafe(ref Unsafe.Add(ref first, steps[t]));
        }

        sum.StoreUnsafe(ref tile.Predicted[(dy + ScorePass.PatchRadius) * Lanes]);
    }

    /// <summary>The largest excess of the photosites that share an edge, to the side of the residual. All are compared with their rings at once.</summary>
    private float Support(Tile tile, Phase phase, float residual)
    {
        int count = adjacent.Length;
        for (int t = 0; t < count; t++)
        {
            int at = Center + adjacent[t];
            int[] ring = phases[phase.Adjacent[t]].Ring;
            for (int i = 0; i < ring.Length; i++)
            {
                tile.Adjacent[(i * count) + t] = tile.Clean[at + ring[i]];
            }

            tile.Adjacent[(ring.Length * count) + t] = tile.Clean[at];
        }

        Span<float> excess = stackalloc float[count];
        RingExcess.Run(tile.Adjacent, tile.Adjacent.Length - count, besideAdjacent, excess);
        float support = 0;
        foreach (float one in excess)
        {
            support = MathF.Max(support, float.IsNegative(residual) ? -one : one);
        }

        return support;
    }

    /// <summary>Whether all that is read around a photosite is inside the view.</summary>
    private bool IsInside(int x, int y) => x >= Middle && y >= Middle && x - Middle + ReadWidth <= view.Width && y < view.Height - Middle;

    /// <summary>Reads the signals around a photosite, as they are believed and, when the defects are not known yet, limited to their rings.</summary>
    private void Load(Tile tile, int x, int y, int reach, Fills fills)
    {
        if (IsInside(x, y))
        {
            for (int dy = -Middle; dy <= Middle; dy++)
            {
                Span<float> row = tile.Signal.AsSpan((Middle + dy) * stride, ReadWidth);
                Read(x - Middle, y + dy, row);
                foreach (Fill fill in fills.Row(y + dy, x - Middle, x - Middle + ReadWidth - 1))
                {
                    row[fill.X - x + Middle] = fill.Signal;
                }
            }
        }
        else
        {
            LoadMirrored(tile, x, y, reach + clampReach, fills);
        }

        if (clamp)
        {
            Clamp(tile, x, y, reach);
        }
    }

    private void Read(int x, int y, Span<float> row)
    {
        if (row.Length == WidestVector && view.HasPlainCodes)
        {
            view.ReadEight(x, y).CopyTo(row);
            view.ReadEight(x + Lanes, y).CopyTo(row[Lanes..]);
        }
        else
        {
            view.Read(x, y, row);
        }
    }

    private void LoadMirrored(Tile tile, int x, int y, int reach, Fills fills)
    {
        int from = Math.Max(0, x - reach);
        int end = Math.Min(view.Width, x + reach + 1);
        for (int dy = -reach; dy <= reach; dy++)
        {
            int row = PhaseLayout.Mirror(y + dy, view.Height, view.Cfa.Height);
            int first = Center + (dy * stride) - x;
            Span<float> inside = tile.Signal.AsSpan(first + from, end - from);
            view.Read(from, row, inside);
            foreach (Fill fill in fills.Row(row, from, end - 1))
            {
                inside[fill.X - from] = fill.Signal;
            }

            for (int column = x - reach; column < from; column++)
            {
                tile.Signal[first + column] = Mirrored(inside, column);
            }

            for (int column = end; column <= x + reach; column++)
            {
                tile.Signal[first + column] = Mirrored(inside, column);
            }

            float Mirrored(ReadOnlySpan<float> read, int column)
            {
                int source = PhaseLayout.Mirror(column, view.Width, view.Cfa.Width);
                return source >= from && source < end ? read[source - from]
                    : fills.TryGet(source, row, out float signal) ? signal
                    : view.Signal(source, row);
            }
        }
    }

    private void Clamp(Tile tile, int x, int y, int reach)
    {
        for (int dy = -reach; dy <= reach; dy++)
        {
            int at = Center + (dy * stride) - reach;
            if (sameRing)
            {
                RingClamp.Run(tile.Signal, at, phases[0].Ring, tile.Clean.AsSpan(at, ReadWidth));
                continue;
            }

            for (int dx = 0; dx <= 2 * reach; dx++)
            {
                RingClamp.Run(tile.Signal, at + dx, phases[view.Cfa.PhaseOf(x - reach + dx, y + dy)].Ring, tile.Clean.AsSpan(at + dx, 1));
            }
        }
    }

    private int[] Offsets(Offset[] steps) => [.. steps.Select(s => (s.Dy * stride) + s.Dx)];

    /// <summary>The phases that steps from a photosite of one phase lead to.</summary>
    private int[] PhasesAt(int phase, Offset[] steps)
    {
        CfaPattern cfa = view.Cfa;
        return [.. steps.Select(s => cfa.PhaseOf((phase % cfa.Width) + s.Dx, (phase / cfa.Width) + s.Dy))];
    }

    /// <summary>What photosites of a CFA phase are compared with, as offsets in a tile.</summary>
    /// <param name="Ring">To the nearest of its colour.</param>
    /// <param name="Pairs">To opposite ones of its colour, side by side.</param>
    /// <param name="Adjacent">Phases of the photosites that share an edge.</param>
    private sealed record Phase(int[] Ring, int[] Pairs, int[] Adjacent);

    /// <summary>The surroundings of one photosite; buffers of one thread.</summary>
    internal sealed class Tile
    {
        public Tile(int length, bool clamp)
        {
            Signal = new float[length];
            Clean = clamp ? new float[length] : Signal;
            Predicted = new float[((2 * ScorePass.PatchRadius) + 1) * Lanes];
            Adjacent = new float[(PhaseSteps.RingLength + 1) * Patch.Adjacent.Length];
        }

        public float[] Signal { get; }

        public float[] Clean { get; }

        /// <summary>Predictions of a patch, row by row.</summary>
        public float[] Predicted { get; }

        /// <summary>The rings of the photosites that share an edge, a row for each step, and then these photosites.</summary>
        public float[] Adjacent { get; }
    }
}
