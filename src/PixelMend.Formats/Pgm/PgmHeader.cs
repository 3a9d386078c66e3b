namespace PixelMend.Formats.Pgm;

/// <summary>The text at the start of a P5 file: three whole numbers, with comments anywhere between.</summary>
internal readonly record struct PgmHeader(int Width, int Height, int Maximum, int DataOffset)
{
    private const int LargestMaximum = 65535;

    public SampleCoding Coding => CodingFor(Maximum);

    public long DataBytes => (long)Width * Height * Coding.Bytes;

    public static SampleCoding CodingFor(int maximum) => new(maximum <= 255 ? 1 : 2, BigEndian: true);

    /// <summary>Byte at which a row starts; the file is known to hold it.</summary>
    public int RowStart(int y) => checked((int)(DataOffset + ((long)y * Width * Coding.Bytes)));

    /// <exception cref="RawDataException">Another kind of the family, or not a header.</exception>
    public static PgmHeader Read(ReadOnlySpan<byte> file, string format)
    {
        if (!file.StartsWith("P5"u8))
        {
            string kind = file.Length >= 2 && file[0] == 'P' ? $"kind P{(char)file[1]}" : "another kind";
            throw new RawDataException(RawDataError.Unsupported, format, $"only binary greymaps (P5) are read, this is {kind}", 0);
        }

        int at = 2;
        int width = Number(file, ref at, format, "width", int.MaxValue);
        int height = Number(file, ref at, format, "height", int.MaxValue);
        int maximum = Number(file, ref at, format, "maximum", LargestMaximum);
        if (at >= file.Length || !IsSpace(file[at]))
        {
            throw new RawDataException(RawDataError.Malformed, format, "one blank must end the header", at);
        }

        return new PgmHeader(width, height, maximum, at + 1);
    }

    public static bool IsSpace(byte b) => b is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');

    private static int Number(ReadOnlySpan<byte> file, ref int at, string format, string name, int largest)
    {
        int start = at;
        while (at < file.Length && (IsSpace(file[at]) || file[at] == '#'))
        {
            at = file[at] == '#' ? EndOfLine(file, at) : at + 1;
        }

        long value = 0;
        int digits = at;
        for (; at < file.Length && char.IsAsciiDigit((char)file[at]) && value <= largest; at++)
        {
            value = (value * 10) + (file[at] - '0');
        }

        return start < digits && digits < at && value >= 1 && value <= largest
            ? (int)value
            : throw new RawDataException(RawDataError.Malformed, format, $"{name} is not a whole number from 1 to {largest}", digits);
    }

    private static int EndOfLine(ReadOnlySpan<byte> file, int at)
    {
        int length = file[at..].IndexOfAny((byte)'\n', (byte)'\r');
        return length < 0 ? file.Length : at + length;
    }
}
