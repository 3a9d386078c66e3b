using System.Runtime.Intrinsics;
using PixelMend.Frames;

namespace PixelMend.Correction;

/// <summary>
/// The places around one that are whole periods of the mosaic away, row by row, and a window that holds the patches of all of them. In the window the columns of a
/// phase lie side by side, so that what many places have at the same step is read as vectors.
/// </summary>
internal sealed class PlaceGrid
{
    private readonly (int X, int Y) reach;
    private readonly (int X, int Y) period;
    private readonly int radius;
    private readonly int columns;
    private readonly int subWidth;

    /// <param name="reach">How far places are away at most; whole periods.</param>
    /// <param name="radius">From a place to the end of its patch.</param>
    /// <param name="period">Of the mosaic.</param>
    public PlaceGrid((int X, int Y) reach, int radius, (int X, int Y) period)
    {
        (this.reach, this.radius, this.period) = (reach, radius, period);
        (Width, Height) = ((2 * (reach.X + radius)) + 1, (2 * (reach.Y + radius)) + 1);
        columns = (2 * reach.X / period.X) + 1;
        Count = columns * ((2 * reach.Y / period.Y) + 1);
        subWidth = (Width + period.X - 1) / period.X;
        Lanes = Whole(Count - columns + Whole(columns));
        WindowLength = (period.X * Height * subWidth) + Vector256<float>.Count;
    }

    /// <summary>Photosites of a row of the window.</summary>
    public int Width { get; }

    /// <summary>Rows of the window.</summary>
    public int Height { get; }

    /// <summary>Values of a window, some of them unused.</summary>
    public int WindowLength { get; }

    /// <summary>Number of places.</summary>
    public int Count { get; }

    /// <summary>The same in whole vectors, with room for what is read beyond the end of a row.</summary>
    public int Lanes { get; }

    /// <summary>The place in the middle.</summary>
    public int Middle => Count / 2;

    /// <summary>The step from the middle to a place.</summary>
    public Offset StepTo(int place) => new((place % columns * period.X) - reach.X, (place / columns * period.Y) - reach.Y);

    /// <summary>The place at a column and row of the window; −1 where there is none.</summary>
    public int PlaceAt(int column, int row)
    {
        (int x, int y) = (column - radius, row - radius);
        bool isPlace = x >= 0 && y >= 0 && x <= 2 * reach.X && y <= 2 * reach.Y && x % period.X == 0 && y % period.Y == 0;
        return isPlace ? (y / period.Y * columns) + (x / period.X) : -1;
    }

    /// <summary>Puts a row of photosites into the window.</summary>
    public void Store(ReadOnlySpan<float> signals, int row, Span<float> window)
    {
        for (int phase = 0; phase < period.X; phase++)
        {
            Span<float> target = window[IndexOf(phase, row)..];
            int to = 0;
            for (int column = phase; column < signals.Length; column += period.X)
            {
                target[to++] = signals[column];
            }
        }
    }

    /// <summary>Where the window holds what the first place has at a step.</summary>
    public int StartOf(Offset step) => IndexOf(radius + step.Dx, radius + step.Dy);

    /// <summary>What all places have at some steps: <see cref="Lanes"/> values for each step, the last ones undefined.</summary>
    /// <param name="window">The window.</param>
    /// <param name="starts">What the first place has at each step.</param>
    /// <param name="values">Receives the values of the first step, then those of the next.</param>
    public void Gather(ReadOnlySpan<float> window, ReadOnlySpan<int> starts, Span<float> values)
    {
        for (int t = 0; t < starts.Length; t++)
        {
            Span<float> target = values.Slice(t * Lanes, Lanes);
            int source = starts[t];
            for (int first = 0; first < Count; first += columns)
            {
                // What is beyond the end of a row is written over by the next one.
                for (int column = 0; column < columns; column += Vector256<float>.Count)
                {
                    Vector256.Create(window[(source + column)..]).CopyTo(target[(first + column)..]);
                }

                source += period.Y * subWidth;
            }
        }
    }

    private static int Whole(int values) => (values + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;

    private int IndexOf(int column, int row) => (((column % period.X * Height) + row) * subWidth) + (column / period.X);
}
