namespace PixelMend.Calibration;

/// <summary>Darks of one setting, calibrated.</summary>
/// <param name="Seconds">Exposure; null: not known.</param>
/// <param name="Iso">ISO speed or gain setting; null: not known.</param>
/// <param name="Celsius">Temperature; null: not known.</param>
/// <param name="Dark">What they tell.</param>
public sealed record DarkSeries(double? Seconds, double? Iso, double? Celsius, DarkCalibration Dark)
{
    /// <summary>Temperatures this near to each other are one: dark current changes by less than half.</summary>
    public const double NearKelvin = 3;

    private const double NearPart = 0.02;

    /// <summary>Whether two settings are one but for the exposure.</summary>
    public bool HasSetting(DarkSeries other) => HasGain(other) && IsNear(Celsius, other.Celsius, NearKelvin);

    /// <summary>Whether gain and exposure are the same.</summary>
    public bool HasExposure(DarkSeries other) => HasGain(other) && IsNear(Seconds, other.Seconds, NearPart * (other.Seconds ?? 0));

    private bool HasGain(DarkSeries other) => IsNear(Iso, other.Iso, NearPart * (other.Iso ?? 0));

    private static bool IsNear(double? one, double? other, double most) =>
        one is null || other is null ? one is null && other is null : Math.Abs(one.Value - other.Value) <= most;
}
