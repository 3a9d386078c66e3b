namespace PixelMend.Kernels;

/// <summary>What is known so far of a row of photosites. The second and third largest value may be left out: both spans are empty then.</summary>
internal readonly ref struct TotalsRow<TSample, TSum, TSquare>
    where TSample : unmanaged
    where TSum : unmanaged
    where TSquare : unmanaged
{
    /// <summary>Sums of the values.</summary>
    public required Span<TSum> Sums { get; init; }

    /// <summary>Sums of their squares.</summary>
    public required Span<TSquare> Squares { get; init; }

    /// <summary>Least values.</summary>
    public required Span<TSample> Least { get; init; }

    /// <summary>Largest values.</summary>
    public required Span<TSample> Most { get; init; }

    /// <summary>Largest but one.</summary>
    public required Span<TSample> Second { get; init; }

    /// <summary>Largest but two.</summary>
    public required Span<TSample> Third { get; init; }

    /// <summary>Whether the three largest are wanted, not the largest alone.</summary>
    public bool KeepsThree => !Second.IsEmpty;

    /// <summary>A part of the row.</summary>
    public TotalsRow<TSample, TSum, TSquare> this[Range range] =>
        new()
        {
            Sums = Sums[range],
            Squares = Squares[range],
            Least = Least[range],
            Most = Most[range],
            Second = KeepsThree ? Second[range] : [],
            Third = KeepsThree ? Third[range] : [],
        };

    /// <exception cref="ArgumentException">Some span is shorter than the row.</exception>
    public void CheckLengths(int length)
    {
        int shortest = Math.Min(Math.Min(Sums.Length, Squares.Length), Math.Min(Least.Length, Most.Length));
        ArgumentOutOfRangeException.ThrowIfLessThan(
            KeepsThree ? Math.Min(shortest, Math.Min(Second.Length, Third.Length)) : shortest,
            length
        );
    }
}
