namespace PixelMend.Simulation;

/// <summary>How a frame is taken.</summary>
public sealed record Exposure
{
    /// <summary>Temperature difference over which dark current doubles, K; measured sensors lie between 5.5 and 10.</summary>
    public const double DoublingKelvin = 6;

    /// <summary>Temperature at which dark currents are given, °C.</summary>
    public const double ReferenceCelsius = 20;

    /// <summary>Brightness of the scene on the sensor: 1 lets radiance 1 reach the white level, 0 is a dark frame.</summary>
    public double Light { get; init; } = 1;

    /// <summary>Exposure time in seconds: what dark current accumulates over. It does not change <see cref="Light"/>.</summary>
    public double Seconds { get; init; } = 1.0 / 30;

    /// <summary>Temperature of the sensor, °C.</summary>
    public double Celsius { get; init; } = ReferenceCelsius;

    /// <summary>Electrons that a dark current of 1 e⁻/s at <see cref="ReferenceCelsius"/> leaves in this exposure.</summary>
    public double DarkSeconds => Seconds * Math.Pow(2, (Celsius - ReferenceCelsius) / DoublingKelvin);
}
