using System.Buffers;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Kernels;

namespace PixelMend.Calibration;

/// <summary>One of the outer readings of a photosite.</summary>
internal enum Extreme
{
    Least,
    Most,
    Second,
    Third,
}

/// <summary>
/// What is kept of a stack for each photosite: sums of readings and of their squares, the least and the largest readings. 16 bytes a photosite of codes and
/// 4 more with the second and third largest reading, twice as much of floats.
/// </summary>
internal abstract class StackTotals
{
    /// <summary>Empty totals for frames like this one.</summary>
    public static StackTotals For(RawFrame like, bool keepsThree) =>
        like.Codes is null ? new ValueTotals(like.Width, like.Height, keepsThree) : new CodeTotals(like.Width, like.Height, keepsThree);

    /// <summary>
    /// Makes a row ready for its first readings. Memory that is written before it is read comes from the system at once; else there is first a page of
    /// zeros for all to read, and its replacement stops every processor.
    /// </summary>
    public abstract void Begin(int y);

    /// <summary>Adds a row of each frame, whose readings are codes or floats as those of the first one were.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="y">The row.</param>
    /// <param name="missing">Receives photosites without a reading.</param>
    public abstract void Add(IReadOnlyList<RawFrame> frames, int y, DefectMask missing);

    /// <summary>Sums of the readings and of their squares, the latter where there is room for them.</summary>
    public abstract void ReadSums(int y, Span<double> sums, Span<double> squares);

    /// <summary>One of the outer readings; infinite where there were too few.</summary>
    public abstract void ReadExtreme(int y, Extreme which, Span<float> values);

    /// <summary>Sum of one photosite's readings.</summary>
    public abstract double SumAt(int x, int y);

    /// <summary>Sums of one photosite's readings and of their squares, its least and its largest.</summary>
    public abstract SiteTotals At(int x, int y);

    /// <summary>Finds readings that are farther than a limit from the mean of their photosites so far; some that are nearly as far may be among them.</summary>
    /// <param name="frames">Frames that are not added yet.</param>
    /// <param name="drifts">What comes off their readings.</param>
    /// <param name="y">The row.</param>
    /// <param name="count">Frames added so far.</param>
    /// <param name="limit">How far, ADU.</param>
    /// <param name="found">Receives the columns and the numbers of the frames, those of a frame together.</param>
    public abstract void FindDepartures(
        IReadOnlyList<RawFrame> frames,
        ReadOnlySpan<float> drifts,
        int y,
        int count,
        float limit,
        List<(int X, int Frame)> found
    );
}

/// <summary>Totals of one sort of samples.</summary>
/// <param name="width">Photosites per row.</param>
/// <param name="height">Rows.</param>
/// <param name="keepsThree">Whether the second and third largest readings are kept.</param>
/// <param name="lowest">What no reading is below.</param>
/// <param name="highest">What no reading is above.</param>
internal abstract class StackTotals<TSample, TSum, TSquare, TMoments>(
    int width,
    int height,
    bool keepsThree,
    TSample lowest,
    TSample highest
) : StackTotals
    where TSample : unmanaged, System.Numerics.INumber<TSample>
    where TSum : unmanaged, System.Numerics.INumber<TSum>
    where TSquare : unmanaged, System.Numerics.INumber<TSquare>
    where TMoments : struct, IMoments<TMoments, TSample, TSum, TSquare>
{
    /// <summary>So many photosites' totals stay in the fastest memory while frame after frame is added.</summary>
    private const int AtOnce = 1024;

    private readonly Plane<TSum> sums = new(width, height);
    private readonly Plane<TSquare> squares = new(width, height);
    private readonly Plane<TSample> least = new(width, height);
    private readonly Plane<TSample> most = new(width, height);
    private readonly Plane<TSample>? second = keepsThree ? new Plane<TSample>(width, height) : null;
    private readonly Plane<TSample>? third = keepsThree ? new Plane<TSample>(width, height) : null;

    protected Plane<TSum> Sums => sums;

    protected Plane<TSquare> Squares => squares;

    /// <inheritdoc/>
    public override void Begin(int y)
    {
        sums.Row(y).Clear();
        squares.Row(y).Clear();
        least.Row(y).Fill(highest);
        most.Row(y).Fill(lowest);
        second?.Row(y).Fill(lowest);
        third?.Row(y).Fill(lowest);
    }

    /// <inheritdoc/>
    public override void Add(IReadOnlyList<RawFrame> frames, int y, DefectMask missing)
    {
        TSample[] buffer = ArrayPool<TSample>.Shared.Rent(frames.Count * AtOnce);
        var row = new TotalsRow<TSample, TSum, TSquare>
        {
            Sums = sums.Row(y),
            Squares = squares.Row(y),
            Least = least.Row(y),
            Most = most.Row(y),
            Second = second is null ? [] : second.Row(y),
            Third = third is null ? [] : third.Row(y),
        };
        for (int x = 0; x < sums.Width; x += AtOnce)
        {
            int length = Math.Min(AtOnce, sums.Width - x);
            TotalsRow<TSample, TSum, TSquare> part = row[x..(x + length)];
            for (int i = 0; i < frames.Count; i++)
            {
                Read(frames[i], x, y, buffer.AsSpan(i * length, length), missing);
            }

            Accumulate.Run<TSample, TSum, TSquare, TMoments>(buffer.AsSpan(0, frames.Count * length), part);
        }

        ArrayPool<TSample>.Shared.Return(buffer);
    }

    /// <inheritdoc/>
    public override void ReadExtreme(int y, Extreme which, Span<float> values)
    {
        Plane<TSample>? plane = which switch
        {
            Extreme.Least => least,
            Extreme.Most => most,
            Extreme.Second => second,
            _ => third,
        };
        Widened((plane ?? throw new InvalidOperationException($"This stack does not keep its {which} readings.")).Row(y), values);
    }

    /// <inheritdoc/>
    public override double SumAt(int x, int y) => double.CreateTruncating(sums[x, y]);

    /// <inheritdoc/>
    public override SiteTotals At(int x, int y) =>
        new(SumAt(x, y), double.CreateTruncating(squares[x, y]), float.CreateTruncating(least[x, y]), float.CreateTruncating(most[x, y]));

    /// <summary>Copies linear samples of a part of a row.</summary>
    protected abstract void Read(RawFrame frame, int x, int y, Span<TSample> samples, DefectMask missing);

    /// <summary>Samples as floats.</summary>
    protected abstract void Widened(ReadOnlySpan<TSample> samples, Span<float> values);
}

/// <summary>What is kept of one photosite.</summary>
internal readonly record struct SiteTotals(double Sum, double Square, float Least, float Most);
