using System.Collections.ObjectModel;

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

    /// <summary>Aperture as the f-number.</summary>
    public double? FNumber { get; init; }

    /// <summary>Focal length in millimetres.</summary>
    public double? FocalLength { get; init; }

    /// <summary>Name of the lens.</summary>
    public string? Lens { get; init; }

    /// <summary>When the frame was taken.</summary>
    public DateTimeOffset? CaptureTime { get; init; }

    /// <summary>Whether <see cref="CaptureTime"/> is what the camera's clock showed, in a time zone that nobody knows; it stands as UTC.</summary>
    public bool IsCameraClock { get; init; }

    /// <summary>How the camera was held: the EXIF code, 1 (upright) to 8. Samples are never turned.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>The part that the maker shows as the picture, in sensor coordinates; null: the whole active area.</summary>
    public Area? DefaultCrop { get; init; }

    /// <summary>What each filter passes of a colour under daylight (D65); empty where no one measured the camera.</summary>
    public IReadOnlyDictionary<CfaColor, XyzResponse> ColorMatrix { get; init; } = ReadOnlyDictionary<CfaColor, XyzResponse>.Empty;

    /// <summary>Signal of each filter, on a common scale, where the picture shows neutral grey; empty where it is not known.</summary>
    public IReadOnlyDictionary<CfaColor, double> Neutral { get; init; } = ReadOnlyDictionary<CfaColor, double>.Empty;

    /// <summary>Whether programs show the first stored row lowest, as they do with FITS.</summary>
    public bool IsBottomUp { get; init; }

    /// <summary>Noise the file declares: variance = Scale · signal + Offset, for signals scaled to black = 0, white = 1 (DNG NoiseProfile).</summary>
    public IReadOnlyList<NoiseProfile> Noise { get; init; } = [];

    /// <summary>Things a reader had to decide or repair while reading, in words for the user.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Signal of a filter for a colour: the sum of these times the colour's CIE 1931 X, Y and Z.</summary>
public readonly record struct XyzResponse(double X, double Y, double Z);

/// <summary>Noise variance = <paramref name="Scale"/> · signal + <paramref name="Offset"/>, signal in 0…1 above black (DNG 1.6, NoiseProfile).</summary>
public readonly record struct NoiseProfile(double Scale, double Offset);
