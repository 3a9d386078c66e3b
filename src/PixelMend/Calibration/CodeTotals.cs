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

    public override void FindDepartures(
        IReadOnlyList<RawFrame> frames,
        ReadOnlySpan<float> drifts,
        int y,
        int count,
        float limit,
        List<(int X, int Frame)> found
    )
    {
        ushort[] codes = ArrayPool<ushort>.Shared.Rent(2 * Sums.Width);
        int[] places = ArrayPool<int>.Shared.Rent(Sums.Width);
        Span<ushort> usual = codes.AsSpan(Sums.Width, Sums.Width);
        Widen.Means(Sums.Row(y), count, usual);
        // Both are rounded to whole numbers.
        int far = Math.Clamp((int)limit - 1, 0, ushort.MaxValue);
        for (int i = 0; i < frames.Count; i++)
        {
            int drift = (int)Math.Clamp(MathF.Round(drifts[i]), -ushort.MaxValue, ushort.MaxValue);
            int departed = Departures.Run(Linear(frames[i], 0, y, codes.AsSpan(0, Sums.Width)), usual, drift, far, places);
            foreach (int x in places.AsSpan(0, departed))
            {
                found.Add((x, i));
            }
        }

        ArrayPool<ushort>.Shared.Return(codes);
        ArrayPool<int>.Shared.Return(places);
    }

    protected override void Read(RawFrame frame, int x, int y, Span<ushort> samples, DefectMask missing)
    {
        ReadOnlySpan<ushort> linear = Linear(frame, x, y, samples);
        if (frame.Linearization.IsEmpty)
        {
            linear.CopyTo(samples);
        }
    }

    protected override void Widened(ReadOnlySpan<ushort> samples, Span<float> values) => Widen.Run(samples, values);

    /// <summary>Codes where they are stored, or in <paramref name="buffer"/> put through the frame's table.</summary>
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
