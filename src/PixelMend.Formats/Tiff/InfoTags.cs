using System.Globalization;
using PixelMend.Frames;

namespace PixelMend.Formats.Tiff;

/// <summary>Camera and exposure from TIFF, EXIF and DNG fields; what is missing or damaged stays unknown.</summary>
internal static class InfoTags
{
    /// <param name="file">The file.</param>
    /// <param name="image">The image's directory.</param>
    /// <param name="notes">What had to be decided while reading.</param>
    public static FrameInfo Read(TiffFile file, TiffDirectory image, IReadOnlyList<string> notes)
    {
        TiffDirectory main = file.First;
        TiffDirectory? exif = file.Follow(main, TiffTag.ExifIfd);
        string? offset = exif?.Text(TiffTag.OffsetTimeOriginal);
        return new FrameInfo
        {
            Make = main.Text(TiffTag.Make),
            Model = main.Text(TiffTag.Model) ?? main.Text(TiffTag.UniqueCameraModel),
            Serial = main.Text(TiffTag.CameraSerialNumber) ?? exif?.Text(TiffTag.BodySerialNumber),
            Description = main.Text(TiffTag.ImageDescription),
            ExposureSeconds = Positive(exif?.Hint(TiffTag.ExposureTime) ?? main.Hint(TiffTag.ExposureTime)),
            Iso = Positive(exif?.Hint(TiffTag.IsoSpeedRatings) ?? exif?.Hint(TiffTag.IsoSpeed) ?? main.Hint(TiffTag.IsoSpeedRatings)),
            TemperatureCelsius = exif?.Hint(TiffTag.AmbientTemperature),
            FNumber = Positive(exif?.Hint(TiffTag.FNumber) ?? main.Hint(TiffTag.FNumber)),
            FocalLength = Positive(exif?.Hint(TiffTag.FocalLength) ?? main.Hint(TiffTag.FocalLength)),
            Lens = exif?.Text(TiffTag.LensModel),
            Orientation = main.Hint(TiffTag.Orientation) is >= 1 and <= 8 and { } orientation ? (int)orientation : 1,
            IsCameraClock = offset is null,
            CaptureTime = Time(
                exif?.Text(TiffTag.DateTimeOriginal) ?? main.Text(TiffTag.DateTimeOriginal) ?? main.Text(TiffTag.DateTime),
                offset
            ),
            Noise = Noise(image.Hint(TiffTag.NoiseProfile) is null ? main : image),
            Notes = notes,
        };
    }

    private static double? Positive(double? value) => value > 0 ? value : null;

    /// <summary>EXIF times are local; without an offset field they are taken as UTC.</summary>
    private static DateTimeOffset? Time(string? text, string? offset) =>
        DateTimeOffset.TryParseExact(
            $"{text} {offset ?? "+00:00"}",
            "yyyy:MM:dd HH:mm:ss zzz",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out DateTimeOffset time
        )
            ? time
            : null;

    private static NoiseProfile[] Noise(TiffDirectory directory)
    {
        if (directory.Hint(TiffTag.NoiseProfile) is null)
        {
            return [];
        }

        double[] numbers = directory.Numbers(TiffTag.NoiseProfile, 64);
        return [.. numbers.Chunk(2).Where(p => p.Length == 2 && p.All(double.IsFinite)).Select(p => new NoiseProfile(p[0], p[1]))];
    }
}
