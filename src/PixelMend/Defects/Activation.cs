using PixelMend.Frames;

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

    /// <summary>How far beyond what was measured a law is trusted, as a factor of the dark current.</summary>
    private const double Trusted = 2;

    /// <summary>Kelvin over which dark currents double at the fastest and at the slowest.</summary>
    private const double FastestDoubling = 5.5;
    private const double SlowestDoubling = 10;

    /// <summary>
    /// The excess to expect in a frame, ADU; null where it cannot be told: the frame does not say how it was exposed, or lies more than twice beyond what
    /// was measured. Below half of what was measured, heat and gain are taken for half, so that a defect is rather expected than not.
    /// </summary>
    public double? ExcessIn(FrameInfo frame)
    {
        double? time = Factor(ExposureSeconds, frame.ExposureSeconds, static (measured, now) => now / measured);
        double? gain = Factor(Iso, frame.Iso, static (measured, now) => now / measured);
        double? heat = Factor(TemperatureCelsius, frame.TemperatureCelsius, Warming);
        if (
            time > Trusted
            || gain > Trusted
            || heat > Trusted
            || frame.ExposureSeconds is null
            || time is null
            || gain is null
            || heat is null
        )
        {
            return null;
        }

        double current = DarkCurrent * frame.ExposureSeconds!.Value * Math.Max(gain.Value, 1 / Trusted) * Math.Max(heat.Value, 1 / Trusted);
        return Offset + current;
    }

    /// <summary>1 where the reference is not known: then there is nothing to compare with; null where the frame's value is not.</summary>
    private static double? Factor(double? measured, double? now, Func<double, double, double> ratio) =>
        measured is not { } reference ? 1
        : now is { } value ? ratio(reference, value)
        : null;

    private double Warming(double measured, double now)
    {
        double doubling = DoublingKelvin ?? (now > measured ? FastestDoubling : SlowestDoubling);
        return Math.Pow(2, (now - measured) / doubling);
    }

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
