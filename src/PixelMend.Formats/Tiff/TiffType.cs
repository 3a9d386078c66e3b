namespace PixelMend.Formats.Tiff;

/// <summary>Field types of TIFF 6.0 (and IFD of its first supplement).</summary>
internal enum TiffType : ushort
{
    Byte = 1,
    Ascii = 2,
    Short = 3,
    Long = 4,
    Rational = 5,
    SignedByte = 6,
    Undefined = 7,
    SignedShort = 8,
    SignedLong = 9,
    SignedRational = 10,
    Float = 11,
    Double = 12,
    Ifd = 13,
}

/// <summary>Sizes of field types.</summary>
internal static class TiffTypes
{
    /// <summary>Bytes per value; 0 for a type that is not known.</summary>
    public static int Size(this TiffType type) =>
        type switch
        {
            TiffType.Byte or TiffType.Ascii or TiffType.SignedByte or TiffType.Undefined => 1,
            TiffType.Short or TiffType.SignedShort => 2,
            TiffType.Long or TiffType.SignedLong or TiffType.Float or TiffType.Ifd => 4,
            TiffType.Rational or TiffType.SignedRational or TiffType.Double => 8,
            _ => 0,
        };
}
