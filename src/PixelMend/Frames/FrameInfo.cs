namespace PixelMend.Frames;

/// <summary>What a file says about the camera and the exposure; every member may be unknown (null).</summary>
public sealed record FrameInfo
{
    /// <summary>Nothing known.</summary>
    public static FrameInfo Unknown { get; } = new();

    /// <summary>Maker of the camera.</summary>
    public string? Make { get; init; }

    /// <summary>Model of the camera.</summary>
    public string? Model { get; init; }

    /// <summary>Serial number of the body or sensor.</summary>
    public string? Serial { get; init; }

    /// <summary>What the picture is, in the file's own words: for instance that it was simulated.</summary>
    public string? Description { get; init; }

    /// <summary>Exposure time in seconds.</summary>
    public double? ExposureSeconds { get; init; }

    /// <summary>ISO speed or gain setting.</summary>
    public double? Iso { get; init; }

    /// <summary>Sensor temperature in °C.</summary>
    public double? TemperatureCelsius { get; init; }

    /// <summary>When the frame was taken.</summary>
    public DateTimeOffset? CaptureTime { get; init; }

    /// <summary>Noise the file declares: variance = Scale · signal + Offset, for signals scaled to black = 0, white = 1 (DNG NoiseProfile).</summary>
    public IReadOnlyList<NoiseProfile> Noise { get; init; } = [];

    /// <summary>Things a reader had to decide or repair while reading, in words for the user.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Noise variance = <paramref name="Scale"/> · signal + <paramref name="Offset"/>, signal in 0…1 above black (DNG 1.6, NoiseProfile).</summary>
public readonly record struct NoiseProfile(double Scale, double Offset);
