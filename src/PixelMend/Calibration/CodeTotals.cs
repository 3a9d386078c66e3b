using System.Buffers;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Kernels;

namespace PixelMend.Calibration;

/// <summary>Totals of codes, in whole numbers: exact, so that neither the order of the frames nor the number of threads changes a bit.</summary>
internal sealed class CodeTotals : StackTotals
{
    private readonly Plane<uint> sums;
    private readonly Plane<ulong> squares;
    private readonly Plane<ushort> least;
    private readonly Plane<ushort> most;
    private readonly Plane<ushort>? second;
    private readonly Plane<ushort>? third;

    public CodeTotals(int width, int height, bool keepsThree)
    {
        sums = new Plane<uint>(width, height);
        squares = new Plane<ulong>(width, height);
        least = new Plane<ushort>(width, height);
        least.Samples.AsSpan().Fill(ushort.MaxValue);
        most = new Plane<ushort>(width, height);
        second = keepsThree ? new Plane<ushort>(width, height) : null;
        third = keepsThree ? new Plane<ushort>(width, height) : null;
    }

    public override void Add(RawFrame frame, int y, DefectMask missing)
    {
        var totals = new TotalsRow<ushort, uint, ulong>
        {
            Sums = sums.Row(y),
            Squares = squares.Row(y),
            Least = least.Row(y),
            Most = most.Row(y),
            Second = second is null ? [] : second.Row(y),
            Third = third is null ? [] : third.Row(y),
        };
        ushort[]? rented = frame.Linearization.IsEmpty ? null : ArrayPool<ushort>.Shared.Rent(frame.Width);
        AccumulateCodes.Run(Linear(frame, y, rented), totals);
        Return(rented);
    }

    public override void ReadSums(int y, Span<double> sums, Span<double> squares)
    {
        ReadOnlySpan<uint> sum = this.sums.Row(y);
        ReadOnlySpan<ulong> square = this.squares.Row(y);
        for (int x = 0; x < sum.Length; x++)
        {
            sums[x] = sum[x];
            squares[x] = square[x];
        }
    }

    public override void ReadExtreme(int y, Extreme which, Span<float> values)
    {
        Plane<ushort>? plane = which switch
        {
            Extreme.Least => least,
            Extreme.Most => most,
            Extreme.Second => second,
            _ => third,
        };
        Widen.Run((plane ?? throw new InvalidOperationException($"This stack does not keep its {which} readings.")).Row(y), values);
    }

    public override SiteTotals At(int x, int y) => new(sums[x, y], squares[x, y], least[x, y], most[x, y]);

    public override int FindDepartures(RawFrame frame, int y, int count, float drift, float limit, Span<int> columns)
    {
        ushort[]? rented = frame.Linearization.IsEmpty ? null : ArrayPool<ushort>.Shared.Rent(frame.Width);
        int found = Departures.Run(Linear(frame, y, rented), sums.Row(y), 1f / count, drift, limit, columns);
        Return(rented);
        return found;
    }

    /// <summary>The row as it is stored, or put through the frame's table.</summary>
    private static ReadOnlySpan<ushort> Linear(RawFrame frame, int y, ushort[]? rented)
    {
        ReadOnlySpan<ushort> codes = frame.Codes!.Row(y);
        if (rented is null)
        {
            return codes;
        }

        ReadOnlySpan<ushort> table = frame.Linearization.Span;
        for (int x = 0; x < codes.Length; x++)
        {
            rented[x] = table[Math.Min(codes[x], table.Length - 1)];
        }

        return rented.AsSpan(0, codes.Length);
    }

    private static void Return(ushort[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<ushort>.Shared.Return(rented);
        }
    }
}
