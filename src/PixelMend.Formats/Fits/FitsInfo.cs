using System.Globalization;
using PixelMend.Frames;

namespace PixelMend.Formats.Fits;

/// <summary>What headers say about camera and exposure. Keywords of an extension go before those of the primary header.</summary>
internal static class FitsInfo
{
    private const double AbsoluteZero = -273.15;

    /// <summary>Warmer than any running sensor: a value in kelvin or a fault.</summary>
    private const double Hottest = 120;

    public static FrameInfo Read(FitsImage image, Levels levels, IReadOnlyList<string> notes)
    {
        double? temperature = Number(image, "CCD-TEMP");
        return new FrameInfo
        {
            Model = Text(image, "INSTRUME"),
            ExposureSeconds = Number(image, "EXPTIME", "EXPOSURE") is double seconds && seconds >= 0 ? seconds : null,
            Iso = Number(image, "ISOSPEED", "ISO", "GAIN"),
            TemperatureCelsius = temperature is > AbsoluteZero and < Hottest ? temperature : null,
            CaptureTime = DateTimeOffset.TryParse(
                Text(image, "DATE-OBS"),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out DateTimeOffset time
            )
                ? time
                : null,
            IsBottomUp = true,
            Noise = Noise(image, levels.Range),
            Notes = notes,
        };
    }

    /// <summary>Electrons per ADU and read noise in electrons, as MaxIm DL and most observatories write them; both must be there.</summary>
    private static NoiseProfile[] Noise(FitsImage image, double range) =>
        Number(image, "EGAIN") is > 0 and { } gain && Number(image, "RDNOISE", "READNOIS", "READNOISE") is >= 0 and { } read
            ? [new NoiseProfile(1 / (gain * range), read * read / (gain * gain * range * range))]
            : [];

    private static string? Text(FitsImage image, string keyword) => image.Header.Text(keyword) ?? image.Primary.Text(keyword);

    private static double? Number(FitsImage image, params ReadOnlySpan<string> keywords)
    {
        foreach (string keyword in keywords)
        {
            if ((image.Header.Number(keyword) ?? image.Primary.Number(keyword)) is double number)
            {
                return number;
            }
        }

        return null;
    }
}
