using System.Buffers;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Kernels;

namespace PixelMend.Calibration;

/// <summary>Totals of floats, in double precision.</summary>
internal sealed class ValueTotals : StackTotals
{
    private readonly Plane<double> sums;
    private readonly Plane<double> squares;
    private readonly Plane<float> least;
    private readonly Plane<float> most;
    private readonly Plane<float>? second;
    private readonly Plane<float>? third;

    public ValueTotals(int width, int height, bool keepsThree)
    {
        sums = new Plane<double>(width, height);
        squares = new Plane<double>(width, height);
        least = Filled(width, height, float.PositiveInfinity);
        most = Filled(width, height, float.NegativeInfinity);
        second = keepsThree ? Filled(width, height, float.NegativeInfinity) : null;
        third = keepsThree ? Filled(width, height, float.NegativeInfinity) : null;
    }

    public override void Add(RawFrame frame, int y, DefectMask missing)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(frame.Width);
        Span<float> row = rented.AsSpan(0, frame.Width);
        frame.ReadLinear(0, y, row);
        for (int x = 0; x < row.Length; x++)
        {
            if (!float.IsFinite(row[x]))
            {
                // It would spoil the sums of its photosite for good.
                missing[x, y] = true;
                row[x] = frame.Levels.Black(x, y);
            }
        }

        Accumulate.Run(
            row,
            new TotalsRow<float, double, double>
            {
                Sums = sums.Row(y),
                Squares = squares.Row(y),
                Least = least.Row(y),
                Most = most.Row(y),
                Second = second is null ? [] : second.Row(y),
                Third = third is null ? [] : third.Row(y),
            }
        );
        ArrayPool<float>.Shared.Return(rented);
    }

    public override void ReadSums(int y, Span<double> sums, Span<double> squares)
    {
        this.sums.Row(y).CopyTo(sums);
        this.squares.Row(y).CopyTo(squares);
    }

    public override void ReadExtreme(int y, Extreme which, Span<float> values)
    {
        Plane<float>? plane = which switch
        {
            Extreme.Least => least,
            Extreme.Most => most,
            Extreme.Second => second,
            _ => third,
        };
        (plane ?? throw new InvalidOperationException($"This stack does not keep its {which} readings.")).Row(y).CopyTo(values);
    }

    public override SiteTotals At(int x, int y) => new(sums[x, y], squares[x, y], least[x, y], most[x, y]);

    public override int FindDepartures(RawFrame frame, int y, int count, float drift, float limit, Span<int> columns)
    {
        ReadOnlySpan<float> row = frame.Values!.Row(y);
        ReadOnlySpan<double> sum = sums.Row(y);
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

    private static Plane<float> Filled(int width, int height, float value)
    {
        var plane = new Plane<float>(width, height);
        plane.Samples.AsSpan().Fill(value);
        return plane;
    }
}
