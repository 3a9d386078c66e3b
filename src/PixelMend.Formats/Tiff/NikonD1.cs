namespace PixelMend.Formats.Tiff;

/// <summary>
/// The white balance of Nikon's D1. The camera multiplies red and blue by a daylight's factors before it stores them, and notes the factors of the
/// light that it saw; what remains to be done is their quotient. LibRaw takes all of it for done; dcraw, RawSpeed and RawTherapee divide.
/// </summary>
public static class NikonD1
{
    /// <summary>What the camera stored red multiplied by.</summary>
    private const double StoredRed = 527 / 256d;

    /// <summary>What the camera stored blue multiplied by.</summary>
    private const double StoredBlue = 317 / 256d;

    /// <summary>The maker note's red and blue factors, then two for green.</summary>
    private const ushort BalanceTag = 0x000C;

    private const string Name = "Nikon D1";

    /// <summary>Factors that make neutral grey of the stored red, green and blue equal; null where the file does not note them.</summary>
    /// <param name="file">A file of this camera.</param>
    public static (double Red, double Green, double Blue)? Factors(ReadOnlyMemory<byte> file)
    {
        try
        {
            var tiff = TiffFile.Parse(file, Name);
            double[] noted =
                tiff.Follow(tiff.First, TiffTag.ExifIfd) is { } exif && tiff.Within(exif, TiffTag.MakerNote) is { } notes
                    ? notes.Numbers(BalanceTag, 4)
                    : [];
            return noted.Length == 4 && noted.All(f => double.IsFinite(f) && f > 0)
                ? (noted[0] / StoredRed, noted[2], noted[1] / StoredBlue)
                : null;
        }
        catch (RawDataException)
        {
            return null; // a damaged note balances nothing; the samples are another matter
        }
    }
}
