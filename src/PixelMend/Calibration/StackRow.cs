using System.Buffers;
using PixelMend.Kernels;

namespace PixelMend.Calibration;

/// <summary>The totals of a row as numbers, in memory that is lent for as long as they are looked at.</summary>
internal readonly struct StackRow : IDisposable
{
    private readonly double[] numbers;
    private readonly float[] readings;

    public StackRow(StackTotals totals, int y, int width, bool hasSquares)
    {
        numbers = ArrayPool<double>.Shared.Rent(2 * width);
        readings = ArrayPool<float>.Shared.Rent(2 * width);
        Width = width;
        totals.ReadSums(y, numbers.AsSpan(0, width), hasSquares ? numbers.AsSpan(width, width) : []);
        totals.ReadExtreme(y, Extreme.Least, readings.AsSpan(0, width));
        totals.ReadExtreme(y, Extreme.Most, readings.AsSpan(width, width));
    }

    public ReadOnlySpan<double> Sums => numbers.AsSpan(0, Width);

    /// <summary>Sums of squares; means nothing where they were not asked for.</summary>
    public ReadOnlySpan<double> Squares => numbers.AsSpan(Width, Width);

    public ReadOnlySpan<float> Least => readings.AsSpan(0, Width);

    public ReadOnlySpan<float> Most => readings.AsSpan(Width, Width);

    /// <summary>All of it, for the kernels.</summary>
    public MomentsRow All =>
        new()
        {
            Sums = Sums,
            Squares = Squares,
            Least = Least,
            Most = Most,
        };

    private int Width { get; }

    public void Dispose()
    {
        ArrayPool<double>.Shared.Return(numbers);
        ArrayPool<float>.Shared.Return(readings);
    }
}
