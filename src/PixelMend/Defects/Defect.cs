using PixelMend.Frames;

namespace PixelMend.Defects;

/// <summary>One defective photosite.</summary>
/// <param name="X">Column, 0-based, whole stored image.</param>
/// <param name="Y">Row, 0-based, whole stored image.</param>
/// <param name="Kind">How it fails.</param>
/// <param name="Severity">How far it is from what it should read, as a multiple of what good photosites there deviate (by noise, and by detail where a single frame must tell them apart); 0 when not measured.</param>
/// <param name="Confidence">0 to 1: how sure its source is that it is defective.</param>
/// <param name="Details">When it shows, since when it is known, and from what; null where only the frame at hand tells.</param>
public readonly record struct Defect(
    int X,
    int Y,
    DefectKind Kind = DefectKind.Unknown,
    float Severity = 0,
    float Confidence = 1,
    DefectDetails? Details = null
);

/// <summary>A rectangle of defective photosites; a column or row defect is a rectangle one photosite wide or high.</summary>
/// <param name="Area">Where.</param>
/// <param name="Kind">How it fails.</param>
/// <param name="Severity">As of a <see cref="Defect"/>.</param>
/// <param name="Confidence">As of a <see cref="Defect"/>.</param>
/// <param name="Details">As of a <see cref="Defect"/>.</param>
public readonly record struct DefectRegion(
    Area Area,
    DefectKind Kind = DefectKind.Unknown,
    float Severity = 0,
    float Confidence = 1,
    DefectDetails? Details = null
);
