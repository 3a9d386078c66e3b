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

    public override void FindDepartures(
        IReadOnlyList<RawFrame> frames,
        ReadOnlySpan<float> drifts,
        int y,
        int count,
        float limit,
        List<(int X, int Frame)> found
    )
    {
        ReadOnlySpan<double> sum = Sums.Row(y);
        for (int i = 0; i < frames.Count; i++)
        {
            ReadOnlySpan<float> row = frames[i].Values!.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                // Comparisons with NaN are false: missing values depart from nothing.
                if (Math.Abs(row[x] - drifts[i] - (sum[x] / count)) > limit)
                {
                    found.Add((x, i));
                }
            }
        }
    }

    protected override void Read(RawFrame frame, int x, int y, Span<float> samples, DefectMask missing)
    {
        frame.ReadLinear(x, y, samples);
        for (int i = 0; i < samples.Length; i++)
        {
            if (!float.IsFinite(samples[i]))
            {
                // It would spoil the sums of its photosite for good.
                missing[x + i, y] = true;
                samples[i] = frame.Levels.Black(x + i, y);
            }
        }
    }

    protected override void Widened(ReadOnlySpan<float> samples, Span<float> values) => samples.CopyTo(values);
}
