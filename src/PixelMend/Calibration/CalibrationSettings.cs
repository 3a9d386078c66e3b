namespace PixelMend.Calibration;

/// <summary>What counts as a defect, apart from the fixed bounds of docs/glossary.md.</summary>
public sealed record CalibrationSettings
{
    /// <summary>False alarms allowed on a sensor of 24 million photosites, for each test.</summary>
    public double FalseAlarms { get; init; } = 1;

    /// <summary>Least deviation that counts, ADU; null: the noise of a single frame, below which no picture shows it.</summary>
    public double? LeastExcess { get; init; }

    /// <summary>False alarms allowed per photosite.</summary>
    internal double Rate => FalseAlarms / FalseAlarmLimits.Photosites;
}
