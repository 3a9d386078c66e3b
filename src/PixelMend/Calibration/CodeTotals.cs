using System.Buffers;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Kernels;

namespace PixelMend.Calibration;

/// <summary>Totals of codes, in whole numbers: exact, so that neither the order of the frames nor the number of threads changes a bit.</summary>
internal sealed class CodeTotals(int width, int height, bool keepsThree)
    : StackTotals<ushort, uint, ulong, CodeMoments>(width, height, keepsThree, ushort.MinValue, ushort.MaxValue)
{
    public override void ReadSums(int y, Span<double> sums, Span<double> squares)
    {
        Widen.Run(Sums.Row(y), sums);
        if (!squares.IsEmpty)
        {
            Widen.Run(Squares.Row(y), squares);
        }
    }

    public override int FindDepartures(RawFrame frame, int y, int count, float drift, float limit, Span<int> columns)
    {
        ushort[] buffer = ArrayPool<ushort>.Shared.Rent(frame.Width);
        ReadOnlySpan<ushort> row = Linear(frame, 0, y, buffer.AsSpan(0, frame.Width));
        int found = Departures.Run(row, Sums.Row(y), 1f / count, drift, limit, columns);
        ArrayPool<ushort>.Shared.Return(buffer);
        return found;
    }

    protected override ReadOnlySpan<ushort> Samples(RawFrame frame, int x, int y, Span<ushort> buffer, DefectMask missing) =>
        Linear(frame, x, y, buffer);

    protected override void Widened(ReadOnlySpan<ushort> samples, Span<float> values) => Widen.Run(samples, values);

    /// <summary>Codes as they are stored, or put through the frame's table.</summary>
    private static ReadOnlySpan<ushort> Linear(RawFrame frame, int x, int y, Span<ushort> buffer)
    {
        ReadOnlySpan<ushort> codes = frame.Codes!.Row(y).Slice(x, buffer.Length);
        if (frame.Linearization.IsEmpty)
        {
            return codes;
        }

        ReadOnlySpan<ushort> table = frame.Linearization.Span;
        for (int i = 0; i < codes.Length; i++)
        {
            buffer[i] = table[Math.Min(codes[i], table.Length - 1)];
        }

        return buffer;
    }
}
