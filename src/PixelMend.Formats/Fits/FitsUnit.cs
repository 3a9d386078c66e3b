namespace PixelMend.Formats.Fits;

/// <summary>One header with its data ("HDU"): the pieces that a FITS file is a row of.</summary>
internal sealed class FitsUnit
{
    private const int MostAxes = 999;

    private FitsUnit(ReadOnlyMemory<byte> file, long length, int number, FitsHeader header)
    {
        File = file;
        FileBytes = length;
        Number = number;
        Header = header;
        Axes = ReadAxes(header);
        DataBytes = CountDataBytes(header, Axes);
    }

    /// <summary>The file that all positions refer to, or its first bytes.</summary>
    public ReadOnlyMemory<byte> File { get; }

    /// <summary>The file's length.</summary>
    public long FileBytes { get; }

    /// <summary>0 for the primary unit.</summary>
    public int Number { get; }

    public FitsHeader Header { get; }

    /// <summary>NAXIS1 and so on.</summary>
    public long[] Axes { get; }

    /// <summary>Bytes of the data as the header has it, padding not counted; the file may end before.</summary>
    public long DataBytes { get; }

    /// <summary>Byte after the unit, padding included, within the file.</summary>
    public int End => (int)Math.Min(Header.End + Padded(DataBytes), File.Length);

    /// <summary>Header, data and padding.</summary>
    public ReadOnlyMemory<byte> Bytes => File[Header.Start..End];

    /// <summary>EXTNAME, or null.</summary>
    public string? Name => Header.Text("EXTNAME");

    /// <summary>A table that holds an image in compressed tiles.</summary>
    public bool IsCompressed => Header.Text("ZIMAGE") == "T";

    /// <summary>An image that has samples.</summary>
    public bool IsImage =>
        IsCompressed || ((Number == 0 || Header.Text("XTENSION") == "IMAGE") && Axes.Length >= 2 && Axes.All(length => length > 0));

    /// <summary>An image that says which photosites are bad, rather than what they read.</summary>
    public bool IsMask => IsImage && Name?.ToUpperInvariant() is "DQ" or "MASK" or "BPM" or "BADPIX";

    /// <summary>How a message names it.</summary>
    public string Label => Name is string name ? $"HDU {Number} ({name})" : $"HDU {Number}";

    /// <summary>The units of a file. What follows an image and is no unit is left alone: its bytes stay, nothing is read there.</summary>
    /// <exception cref="RawDataException">A header before the first image is malformed.</exception>
    public static IReadOnlyList<FitsUnit> ReadAll(ReadOnlyMemory<byte> file)
    {
        var units = new List<FitsUnit>();
        long start = 0;
        while (start + FitsHeader.CardBytes <= file.Length && (units.Count == 0 || IsExtension(file.Span[(int)start..])))
        {
            try
            {
                units.Add(ReadAt(file, (int)start, units.Count));
            }
            catch (RawDataException) when (units.Exists(u => u.IsImage))
            {
                break;
            }

            FitsUnit last = units[^1];
            start = last.Header.End + Padded(last.DataBytes);
        }

        return units;
    }

    /// <summary>The unit that starts at a byte.</summary>
    /// <exception cref="RawDataException">Its header is malformed.</exception>
    public static FitsUnit ReadAt(ReadOnlyMemory<byte> file, int start, int number) =>
        new(file, file.Length, number, FitsHeader.Read(file.Span, start));

    /// <summary>The first unit of a file of which only so many bytes are in memory.</summary>
    /// <exception cref="RawDataException">Its header is malformed, or longer than that.</exception>
    public static FitsUnit ReadFirst(ReadOnlyMemory<byte> head, long fileBytes) => new(head, fileBytes, 0, FitsHeader.Read(head.Span, 0));

    private static bool IsExtension(ReadOnlySpan<byte> header) => header.StartsWith("XTENSION"u8);

    private static long[] ReadAxes(FitsHeader header)
    {
        long count = header.Whole("NAXIS");
        if (count is < 0 or > MostAxes)
        {
            throw Malformed(header, $"NAXIS = {count} is impossible");
        }

        var axes = new long[count];
        for (int i = 0; i < axes.Length; i++)
        {
            axes[i] = header.Whole($"NAXIS{i + 1}");
            if (axes[i] < 0)
            {
                throw Malformed(header, $"NAXIS{i + 1} = {axes[i]} is impossible");
            }
        }

        return axes;
    }

    /// <summary>Bytes of a data unit without its padding (FITS standard 4.0, 4.4.1.2; random groups have a first axis of 0).</summary>
    private static long CountDataBytes(FitsHeader header, long[] axes)
    {
        bool groups = axes.Length > 1 && axes[0] == 0 && header.Text("GROUPS") == "T";
        Int128 samples = axes.Length == 0 ? 0 : 1;
        foreach (long length in groups ? axes[1..] : axes)
        {
            samples = Within(samples * length, header);
        }

        samples = Within(header.Whole("GCOUNT", 1) * (samples + header.Whole("PCOUNT", 0)), header);
        return (long)Within(samples * (Math.Abs(header.Whole("BITPIX")) / 8), header);
    }

    /// <summary>Keeps products of a header's numbers far from overflow; no file comes near.</summary>
    private static Int128 Within(Int128 size, FitsHeader header) =>
        size >= 0 && size < long.MaxValue / 4 ? size : throw Malformed(header, "the header states an impossible amount of data");

    private static RawDataException Malformed(FitsHeader header, string reason) =>
        new(RawDataError.Malformed, FitsFormat.FormatName, reason, header.Start);

    private static long Padded(long bytes) => (bytes + FitsHeader.BlockBytes - 1) / FitsHeader.BlockBytes * FitsHeader.BlockBytes;
}
