using PixelMend.Frames;
using PixelMend.Kernels;

namespace PixelMend.Prediction;

/// <summary>
/// A fixed amount of the mosaic to learn from, whatever the frame's size: whole-width stripes spread evenly from top to bottom.
/// Small frames are taken whole.
/// </summary>
internal sealed class Stripes : IDisposable
{
    private const int RowsAtLeast = 8;
    private const int StripesAtMost = 24;

    private readonly int[] tops;
    private readonly RentedFloats signals;
    private readonly RentedFloats means;
    private readonly RentedFloats spreads;
    private readonly PhaseSteps neighbors;
    private readonly int stripeLength;
    private readonly int margin;

    /// <param name="view">The mosaic.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="fills">What to read at photosites already distrusted.</param>
    /// <param name="clamp">Whether to limit each photosite to its ring, for a first look at a frame whose defects are unknown.</param>
    /// <param name="steps">To the photosites of a neighbourhood.</param>
    /// <param name="options">Threads and cancellation.</param>
    public Stripes(MosaicView view, PhaseLayout layout, Fills fills, bool clamp, Offset[] steps, ParallelOptions options)
    {
        Layout = layout;
        Steps = steps;
        neighbors = PhaseSteps.Same(layout, Steps);
        int period = view.Cfa.Height;
        Rows = Math.Min((RowsAtLeast + period - 1) / period * period, view.Height);
        int count = Math.Clamp(view.Height / Rows, 1, StripesAtMost);
        int spare = (view.Height - (count * Rows)) / period * period;
        tops =
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => (i * Rows) + (count == 1 ? 0 : (int)((long)spare / period * i / (count - 1)) * period)),
        ];
        margin = neighbors.Reach;
        stripeLength = (Rows + (2 * margin)) * layout.RowStride;
        signals = new RentedFloats(count * stripeLength);
        means = new RentedFloats(signals.Length);
        spreads = new RentedFloats(signals.Length);
        var ring = PhaseSteps.Ring(layout);
        int reach = margin + (clamp ? ring.Reach : 0);
        var bands = new WorkspacePool<MosaicBand>(() => new MosaicBand(view, layout, Rows, reach));
        Parallel.For(
            0,
            count,
            options,
            i =>
                bands.Use(band =>
                {
                    band.Load(tops[i], Rows, fills);
                    int first = band.RowStart(tops[i] - margin);
                    Span<float> stripe = signals.Span.Slice(i * stripeLength, stripeLength);
                    if (clamp)
                    {
                        Clamp(band.Signal, first, ring, tops[i], stripe);
                    }
                    else
                    {
                        band.Signal.AsSpan(first, stripeLength).CopyTo(stripe);
                    }

                    LookAround(i);
                })
        );
    }

    public PhaseLayout Layout { get; }

    /// <summary>Rows of a stripe, its margins not counted.</summary>
    public int Rows { get; }

    public int Count => tops.Length;

    /// <summary>The stripes one after the other, each in <see cref="PhaseLayout"/> with its margins.</summary>
    public ReadOnlySpan<float> Signals => signals.Span;

    /// <summary>Steps to the photosites of a neighbourhood.</summary>
    public Offset[] Steps { get; }

    /// <summary>Mean signal of the neighbourhood of each photosite of <see cref="Signals"/>; undefined in margins.</summary>
    public ReadOnlySpan<float> Means => means.Span;

    /// <summary>Its standard deviation.</summary>
    public ReadOnlySpan<float> Spreads => spreads.Span;

    public void Dispose()
    {
        signals.Dispose();
        means.Dispose();
        spreads.Dispose();
    }

    /// <summary>
    /// The position in <see cref="Signals"/> of the <paramref name="n"/>-th of <see cref="CandidateCount"/> photosites of a phase.
    /// </summary>
    public int Candidate(int phase, long n)
    {
        (int phaseX, int rowInPeriod) = (phase % Layout.Cfa.Width, phase / Layout.Cfa.Width);
        int columns = Columns(phaseX);
        int rows = RowsOfPhase(rowInPeriod);
        int stripe = (int)(n / ((long)columns * rows));
        int inside = (int)(n % ((long)columns * rows));
        int row = FirstRow(rowInPeriod) + (inside / columns * Layout.Cfa.Height);
        return (stripe * stripeLength) + ((row + margin) * Layout.RowStride) + Layout.IndexOf(phaseX) + (inside % columns);
    }

    /// <summary>Photosites of a phase in all stripes.</summary>
    public long CandidateCount(int phase) => (long)Count * Columns(phase % Layout.Cfa.Width) * RowsOfPhase(phase / Layout.Cfa.Width);

    private void LookAround(int stripe)
    {
        for (int y = 0; y < Rows; y++)
        {
            for (int phaseX = 0; phaseX < Layout.Cfa.Width; phaseX++)
            {
                int origin = (stripe * stripeLength) + ((y + margin) * Layout.RowStride) + Layout.IndexOf(phaseX);
                NeighborSpread.Run(
                    Signals,
                    origin,
                    neighbors.Of(phaseX, y),
                    means.Span.Slice(origin, Layout.SubLength),
                    spreads.Span.Slice(origin, Layout.SubLength)
                );
            }
        }
    }

    private void Clamp(ReadOnlySpan<float> band, int first, PhaseSteps ring, int top, Span<float> stripe)
    {
        for (int y = 0; y < Rows + (2 * margin); y++)
        {
            int row = y * Layout.RowStride;
            for (int phaseX = 0; phaseX < Layout.Cfa.Width; phaseX++)
            {
                int column = row + Layout.IndexOf(phaseX);
                RingClamp.Run(band, first + column, ring.Of(phaseX, top + y - margin), stripe.Slice(column, Layout.SubLength));
            }

            foreach ((int target, int source) in Layout.BorderSources)
            {
                stripe[row + target] = stripe[row + source];
            }
        }
    }

    private int Columns(int phaseX) => phaseX >= Layout.Width ? 0 : ((Layout.Width - 1 - phaseX) / Layout.Cfa.Width) + 1;

    // Every stripe starts at a multiple of the period, so that a phase has the same rows in each.
    private int FirstRow(int rowInPeriod) => rowInPeriod;

    private int RowsOfPhase(int rowInPeriod) => rowInPeriod >= Rows ? 0 : ((Rows - 1 - rowInPeriod) / Layout.Cfa.Height) + 1;
}
