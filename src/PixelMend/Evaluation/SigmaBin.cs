using System.Globalization;

namespace PixelMend.Evaluation;

/// <summary>A range of strengths, in standard deviations of a good photosite: at least <paramref name="From"/>, less than <paramref name="To"/>.</summary>
public readonly record struct SigmaBin(double From, double To)
{
    /// <summary>The ranges that strengths are told apart by, weakest first; together they hold every strength.</summary>
    public static IReadOnlyList<SigmaBin> All { get; } =
    [new(0, 3), new(3, 5), new(5, 8), new(8, 12), new(12, 20), new(20, double.PositiveInfinity)];

    /// <summary>The range that a strength lies in.</summary>
    public static SigmaBin Of(double sigmas) => All.Last(b => sigmas >= b.From || b.From == 0);

    /// <inheritdoc/>
    public override string ToString() =>
        double.IsPositiveInfinity(To)
            ? string.Create(CultureInfo.InvariantCulture, $"> {From} σ")
            : string.Create(CultureInfo.InvariantCulture, $"{From}–{To} σ");
}
