using PixelMend.Defects;

namespace PixelMend.Simulation;

/// <summary>How the photosites of one defect lie to each other.</summary>
public enum DefectShape
{
    /// <summary>One photosite with good ones all around.</summary>
    Single,

    /// <summary>Two near photosites of one colour.</summary>
    SameColorCouplet,

    /// <summary>Two photosites side by side or one above the other, of whatever colours.</summary>
    AdjacentCouplet,

    /// <summary>Three to nine photosites that touch.</summary>
    Cluster,

    /// <summary>Part of a row.</summary>
    RowSegment,

    /// <summary>Part of a column.</summary>
    ColumnSegment,

    /// <summary>A whole row.</summary>
    Row,

    /// <summary>A whole column.</summary>
    Column,
}

/// <summary>Defects of one kind and shape, and how many of them a sensor has.</summary>
/// <param name="Kind">How they fail: exactly one kind.</param>
/// <param name="Shape">How they lie.</param>
/// <param name="Count">How many in any case.</param>
/// <param name="PerMillion">How many more for every million photosites.</param>
public readonly record struct DefectClass(DefectKind Kind, DefectShape Shape, int Count = 0, double PerMillion = 0);

/// <summary>Bounds that a property of a defect is drawn between.</summary>
public readonly record struct Bounds(double Least, double Most)
{
    internal double Draw(ref Random64 random) => Least + ((Most - Least) * random.Uniform());

    /// <summary>Small values as likely as large ones on a logarithmic scale: defects are many when weak and few when strong.</summary>
    internal double DrawLogarithmic(ref Random64 random) => Least * Math.Pow(Most / Least, random.Uniform());
}

/// <summary>
/// Which defects a sensor has. They are drawn once from the sensor's seed and stay for all its frames.
/// Amplitudes of hot, warm, noisy and telegraph photosites hold for <see cref="Reference"/>; leakage grows with exposure time and temperature from there.
/// </summary>
public sealed record DefectModel
{
    /// <summary>A sensor without defects.</summary>
    public static DefectModel None { get; } = new() { Classes = [] };

    /// <summary>What there is, and how much of it.</summary>
    public IReadOnlyList<DefectClass> Classes { get; init; } =
    [
        new(DefectKind.Hot, DefectShape.Single, PerMillion: 60),
        new(DefectKind.Warm, DefectShape.Single, PerMillion: 150),
        new(DefectKind.Dead, DefectShape.Single, PerMillion: 15),
        new(DefectKind.Stuck, DefectShape.Single, PerMillion: 10),
        new(DefectKind.LowResponse, DefectShape.Single, PerMillion: 20),
        new(DefectKind.OverResponse, DefectShape.Single, PerMillion: 10),
        new(DefectKind.Noisy, DefectShape.Single, PerMillion: 20),
        new(DefectKind.Telegraph, DefectShape.Single, PerMillion: 20),
        new(DefectKind.NonLinear, DefectShape.Single, PerMillion: 10),
        new(DefectKind.Hot, DefectShape.SameColorCouplet, PerMillion: 5),
        new(DefectKind.Hot, DefectShape.AdjacentCouplet, PerMillion: 5),
        new(DefectKind.Dead, DefectShape.AdjacentCouplet, PerMillion: 2),
        new(DefectKind.Hot, DefectShape.Cluster, PerMillion: 3),
        new(DefectKind.Dead, DefectShape.Cluster, PerMillion: 1),
    ];

    /// <summary>The exposure at which the amplitudes below hold.</summary>
    public Exposure Reference { get; init; } = new();

    /// <summary>Leakage of hot photosites, as a part of the range from black to white; few reach the upper end.</summary>
    public Bounds Hot { get; init; } = new(0.05, 1.2);

    /// <summary>Leakage of warm photosites, in standard deviations of the read noise.</summary>
    public Bounds Warm { get; init; } = new(8, 40);

    /// <summary>What is left of the response of dead photosites.</summary>
    public Bounds Dead { get; init; } = new(0, 0.1);

    /// <summary>Value of stuck photosites, as a part of the range from black to white.</summary>
    public Bounds Stuck { get; init; } = new(0, 1);

    /// <summary>Response of low-response photosites.</summary>
    public Bounds LowResponse { get; init; } = new(0.5, 0.8);

    /// <summary>Response of over-response photosites.</summary>
    public Bounds OverResponse { get; init; } = new(1.3, 2.5);

    /// <summary>Read noise of noisy photosites, as a multiple of the usual one.</summary>
    public Bounds Noisy { get; init; } = new(8, 60);

    /// <summary>Jump of telegraph photosites, in standard deviations of the read noise.</summary>
    public Bounds Telegraph { get; init; } = new(10, 100);

    /// <summary>Part of the frames that telegraph photosites spend in a raised level.</summary>
    public Bounds TelegraphDuty { get; init; } = new(0.1, 0.6);

    /// <summary>Exponent γ of non-linear photosites: signal (1 at white) becomes signal to the power of γ.</summary>
    public Bounds NonLinear { get; init; } = new(1.2, 1.8);

    /// <summary>Length of row and column segments, as a part of the row or column.</summary>
    public Bounds SegmentLength { get; init; } = new(0.05, 0.5);
}
