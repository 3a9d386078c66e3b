using PixelMend.Defects;
using PixelMend.Simulation;

namespace PixelMend.Evaluation;

/// <summary>What scores are told apart by.</summary>
/// <param name="Kind">How the photosite fails.</param>
/// <param name="Shape">How it lies to the others that fail with it.</param>
/// <param name="Bin">How far off a warm photosite reads; null for other kinds.</param>
public readonly record struct Stratum(DefectKind Kind, DefectShape Shape, SigmaBin? Bin)
{
    /// <summary>The order of tables: by kind, strength and shape.</summary>
    public static IComparer<Stratum> Order { get; } =
        Comparer<Stratum>.Create((a, b) => (a.Kind, a.Bin?.From ?? 0, a.Shape).CompareTo((b.Kind, b.Bin?.From ?? 0, b.Shape)));

    /// <summary>The kind as maps name it, with its strength where that counts: <c>warm 5–8 σ</c>.</summary>
    public string KindName => Bin is { } bin ? $"{DefectKinds.NameOf(Kind)} {bin}" : DefectKinds.NameOf(Kind);

    /// <summary>The shape in words.</summary>
    public string ShapeName =>
        Shape switch
        {
            DefectShape.Single => "single",
            DefectShape.SameColorCouplet => "same-colour couplet",
            DefectShape.AdjacentCouplet => "adjacent couplet",
            DefectShape.Cluster => "cluster",
            DefectShape.RowSegment => "row segment",
            DefectShape.ColumnSegment => "column segment",
            DefectShape.Row => "row",
            _ => "column",
        };
}
