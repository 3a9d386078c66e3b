using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Kernels;

namespace PixelMend.Calibration;

/// <summary>Totals of floats, in double precision.</summary>
internal sealed class ValueTotals(int width, int height, bool keepsThree)
    : StackTotals<float, double, double, ValueMoments>(width, height, keepsThree, float.NegativeInfinity, float.PositiveInfinity)
{
    public override void ReadSums(int y, Span<double> sums, Span<double> squares)
    {
        Sums.Row(y).CopyTo(sums);
        if (!squares.IsEmpty)
        {
            Squares.Row(y).CopyTo(squares);
        }
    }

    public override int FindDepartures(RawFrame frame, int y, int count, float drift, float limit, Span<int> columns)
    {
        ReadOnlySpan<float> row = frame.Values!.Row(y);
        ReadOnlySpan<double> sum = Sums.Row(y);
        int found = 0;
        for (int x = 0; x < row.Length; x++)
        {
            // Comparisons with NaN are false: missing values depart from nothing.
            if (Math.Abs(row[x] - drift - (sum[x] / count)) > limit)
            {
                columns[found++] = x;
            }
        }

        return found;
    }

    protected override ReadOnlySpan<float> Samples(RawFrame frame, int x, int y, Span<float> buffer, DefectMask missing)
    {
        frame.ReadLinear(x, y, buffer);
        for (int i = 0; i < buffer.Length; i++)
        {
            if (!float.IsFinite(buffer[i]))
            {
                // It would spoil the sums of its photosite for good.
                missing[x + i, y] = true;
                buffer[i] = frame.Levels.Black(x + i, y);
            }
        }

        return buffer;
    }

    protected override void Widened(ReadOnlySpan<float> samples, Span<float> values) => samples.CopyTo(values);
}
