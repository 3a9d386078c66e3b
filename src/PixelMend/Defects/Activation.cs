namespace PixelMend.Defects;

/// <summary>
/// When a defect that leaks shows: its excess over good photosites, in ADU, is
/// <see cref="Offset"/> + <see cref="DarkCurrent"/> · t · (ISO / <see cref="Iso"/>) · 2^((T − <see cref="TemperatureCelsius"/>) / <see cref="DoublingKelvin"/>).
/// What is unknown of the reference or of the frame leaves its factor out.
/// </summary>
public sealed record Activation
{
    /// <summary>ADU per second at the reference ISO and temperature.</summary>
    public required double DarkCurrent { get; init; }

    /// <summary>Excess in ADU that does not grow with the exposure.</summary>
    public double Offset { get; init; }

    /// <summary>Longest exposure it was measured at, in seconds.</summary>
    public double? ExposureSeconds { get; init; }

    /// <summary>ISO speed or gain setting it was measured at.</summary>
    public double? Iso { get; init; }

    /// <summary>Sensor temperature it was measured at, in °C.</summary>
    public double? TemperatureCelsius { get; init; }

    /// <summary>Kelvin over which the dark current doubles, where that was measured.</summary>
    public double? DoublingKelvin { get; init; }

    /// <summary>Whether every number that is given is finite, as a file must hold it.</summary>
    public bool IsMeasured =>
        Array.TrueForAll(
            [DarkCurrent, Offset, ExposureSeconds ?? 0, Iso ?? 0, TemperatureCelsius ?? 0, DoublingKelvin ?? 0],
            double.IsFinite
        );

    /// <summary>That of two sources that shows in more frames; null, which is always, shows in most.</summary>
    internal static Activation? Widest(Activation? one, Activation? other) =>
        one is null || other is null ? null
        : Order(one).CompareTo(Order(other)) >= 0 ? one
        : other;

    /// <summary>Dark current decides; the rest only makes the choice independent of the order of sources.</summary>
    private static (double, double, double, double, double, double) Order(Activation a) =>
        (
            a.DarkCurrent,
            a.Offset,
            a.ExposureSeconds ?? double.NaN,
            a.Iso ?? double.NaN,
            a.TemperatureCelsius ?? double.NaN,
            a.DoublingKelvin ?? double.NaN
        );
}
