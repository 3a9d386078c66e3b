namespace PixelMend.Evaluation;

/// <summary>A choice of defects to inject, under a name.</summary>
public sealed class InjectionPreset
{
    internal InjectionPreset(string name, string summary, IReadOnlyList<(Form Form, double Share)> forms, FaultDraw faults) =>
        (Name, Summary, Forms, Faults) = (name, summary, forms, faults);

    /// <summary>As written by the user, kebab-case.</summary>
    public string Name { get; }

    /// <summary>One sentence: what it injects.</summary>
    public string Summary { get; }

    /// <summary>Part of the photosites that become defective where the user does not say.</summary>
    public double Density { get; internal init; } = 1e-3;

    /// <summary>Shapes, and the part of the defective photosites that each gets.</summary>
    internal IReadOnlyList<(Form Form, double Share)> Forms { get; }

    /// <summary>How they fail.</summary>
    internal FaultDraw Faults { get; }

    /// <summary>Whether all photosites of a group fail alike, of one cause; else each by itself.</summary>
    internal bool OneCause { get; init; } = true;

    /// <summary>Good photosites kept around each group in every direction, so that a single stays single.</summary>
    internal int Guard { get; init; }

    /// <summary>A change below this part of the range does not show.</summary>
    internal double LeastPart { get; init; }

    /// <summary>A change below so many standard deviations does not show.</summary>
    internal double LeastSigmas { get; init; }
}

/// <summary>Every preset, listed once. The first is the default.</summary>
public static class InjectionPresets
{
    /// <summary>Least change that shows where defects are drawn by parts of the range.</summary>
    private const double Visible = 0.04;

    /// <summary>Below the weakest strength drawn, with room for rounding to codes.</summary>
    private const double BelowWarm = 2.5;

    private const double BelowWarmLine = 0.8;

    /// <summary>Keeps a photosite out of the window that its neighbour is predicted from.</summary>
    private const int Apart = 3;

    /// <summary>All presets.</summary>
    public static IReadOnlyList<InjectionPreset> All { get; } =
    [
        new("mixed", "hot, dead, stuck, warm and weak photosites anywhere, by parts of the range", [(Form.Single, 1)], Faults.Mixed)
        {
            OneCause = false,
            LeastPart = Visible,
        },
        new(
            "clusters",
            "the same as couplets of one colour, adjacent couplets and squares of four",
            [(Form.CoupletInRow, 0.8), (Form.CoupletBeside, 0.6), (Form.Square, 1.2)],
            Faults.Mixed
        )
        {
            OneCause = false,
            LeastPart = Visible,
        },
        new("fixpix", "values outside 0.3 to 1.7 times the true one, as in arXiv 2310.11637", [(Form.Single, 1)], Faults.FixPix)
        {
            OneCause = false,
            LeastPart = Visible,
        },
        new("isolated", "single photosites of every kind, warm ones by strengths from 3 σ", [(Form.Single, 1)], Faults.Any)
        {
            Guard = Apart,
            LeastSigmas = BelowWarm,
        },
        new(
            "lines",
            "row and column segments and whole columns, from 1 σ",
            [(Form.RowSegment, 1), (Form.ColumnSegment, 1), (Form.Column, 1)],
            Faults.OfLine
        )
        {
            Density = 5e-3,
            LeastSigmas = BelowWarmLine,
        },
        new(
            "full",
            "every kind in every shape: singles, couplets, clusters of three to nine, lines",
            [
                (Form.Single, 4),
                (Form.SameColorCouplet, 1),
                (Form.AdjacentCouplet, 1),
                (Form.Cluster, 2),
                (Form.RowSegment, 1),
                (Form.ColumnSegment, 1),
                (Form.Column, 1),
            ],
            Faults.Any
        )
        {
            Guard = Apart,
            LeastSigmas = BelowWarm,
        },
    ];

    /// <summary>The preset called <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists them.</exception>
    public static InjectionPreset Named(string name) =>
        All.FirstOrDefault(p => p.Name == name)
        ?? throw new ArgumentException($"there is no preset '{name}'; known: {string.Join(", ", All.Select(p => p.Name))}", nameof(name));
}
