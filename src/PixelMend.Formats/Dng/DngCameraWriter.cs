using System.Runtime.InteropServices;
using PixelMend.Formats.Tiff;
using PixelMend.Frames;

namespace PixelMend.Formats.Dng;

/// <summary>Camera and exposure as TIFF, EXIF and DNG tags; what is not known is left out.</summary>
internal static class DngCameraWriter
{
    /// <summary>Sets the tags.</summary>
    /// <param name="tiff">The file's first directory.</param>
    /// <param name="raw">The raw image's directory, which may be the same.</param>
    /// <param name="info">What is known.</param>
    public static void Set(TiffBuilder tiff, TiffBuilder raw, FrameInfo info)
    {
        tiff.Set(TiffTag.ImageDescription, info.Description);
        tiff.Set(TiffTag.Make, info.Make);
        tiff.Set(TiffTag.Model, info.Model);
        tiff.Set(TiffTag.Orientation, (ushort)info.Orientation);
        tiff.Set(TiffTag.Software, "PixelMend");
        tiff.Set(TiffTag.UniqueCameraModel, info.Model is null ? "Unknown camera" : Unique(info.Make, info.Model));
        tiff.Set(TiffTag.CameraSerialNumber, info.Serial);
        tiff.Set(TiffTag.ExifIfd, Exif(info));
        if (info.Noise.Count > 0)
        {
            double[] profile = [.. info.Noise.SelectMany(n => (double[])[n.Scale, n.Offset])];
            raw.Set(TiffTag.NoiseProfile, TiffType.Double, MemoryMarshal.AsBytes(profile.AsSpan()));
        }
    }

    private static TiffBuilder Exif(FrameInfo info)
    {
        var exif = new TiffBuilder();
        exif.Set(TiffTag.ExifVersion, TiffType.Undefined, "0231"u8);
        exif.Set(TiffTag.DateTimeOriginal, info.CaptureTime?.ToString("yyyy:MM:dd HH:mm:ss"));
        exif.Set(TiffTag.OffsetTimeOriginal, info.IsCameraClock ? null : info.CaptureTime?.ToString("zzz"));
        SetNumber(exif, TiffTag.ExposureTime, info.ExposureSeconds);
        SetNumber(exif, TiffTag.FNumber, info.FNumber);
        SetNumber(exif, TiffTag.FocalLength, info.FocalLength);
        exif.Set(TiffTag.LensModel, info.Lens);
        exif.Set(TiffTag.BodySerialNumber, info.Serial);
        if (info.Iso is >= 1 and <= ushort.MaxValue and { } iso)
        {
            exif.Set(TiffTag.IsoSpeedRatings, (ushort)Math.Round(iso));
        }

        if (info.TemperatureCelsius is { } temperature)
        {
            exif.SetRational(TiffTag.AmbientTemperature, signed: true, temperature);
        }

        return exif;
    }

    private static void SetNumber(TiffBuilder exif, ushort tag, double? number)
    {
        if (number is { } known)
        {
            exif.SetRational(tag, signed: false, known);
        }
    }

    private static string Unique(string? make, string model) =>
        make is null || model.StartsWith(make, StringComparison.OrdinalIgnoreCase) ? model : $"{make} {model}";
}
