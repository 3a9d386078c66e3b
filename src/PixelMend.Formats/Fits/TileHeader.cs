using System.Text;

namespace PixelMend.Formats.Fits;

/// <summary>The header of a tile-compressed image: a table's, with the image's own cards among it (FITS standard 4.0, section 10.1).</summary>
internal static class TileHeader
{
    /// <summary>Deflate, the densest coding, makes of one byte no more than this.</summary>
    private const long DensestCoding = 1032;

    /// <summary>Cards of the table and of the compression. A number may follow those that end in #.</summary>
    private static readonly string[] Compression =
    [
        "XTENSION",
        "BITPIX",
        "NAXIS",
        "NAXIS#",
        "PCOUNT",
        "GCOUNT",
        "TFIELDS",
        "THEAP",
        "CHECKSUM",
        "DATASUM",
        "TTYPE#",
        "TFORM#",
        "TUNIT#",
        "TNULL#",
        "TSCAL#",
        "TZERO#",
        "TDISP#",
        "TDIM#",
        "ZIMAGE",
        "ZBITPIX",
        "ZNAXIS",
        "ZNAXIS#",
        "ZTILE#",
        "ZCMPTYPE",
        "ZNAME#",
        "ZVAL#",
        "ZMASKCMP",
        "ZQUANTIZ",
        "ZDITHER0",
        "ZBLANK",
        "ZSCALE",
        "ZZERO",
        "ZSIMPLE",
        "ZTENSION",
        "ZEXTEND",
        "ZBLOCKED",
        "ZPCOUNT",
        "ZGCOUNT",
        "ZHECKSUM",
        "ZDATASUM",
    ];

    /// <summary>Looks at what the header claims before memory is allocated on its word.</summary>
    /// <exception cref="RawDataException">It contradicts itself or is beyond the limits.</exception>
    public static void Check(FitsUnit unit, ReadLimits limits)
    {
        FitsHeader header = unit.Header;
        long axes = header.Whole("ZNAXIS");
        if (header.Text("XTENSION") != "BINTABLE" || axes is < 2 or > 3 || header.End + unit.DataBytes > unit.File.Length)
        {
            throw Malformed(header, $"a compressed image of {axes} axes in {unit.DataBytes} bytes is not read");
        }

        limits.CheckSize(FitsFormat.FormatName, header.Whole("ZNAXIS1"), header.Whole("ZNAXIS2"), header.Start);
        if (axes == 3 && header.Whole("ZNAXIS3") is < 1 or > 3)
        {
            throw Malformed(header, $"a compressed image of {header.Whole("ZNAXIS3")} planes is not read");
        }

        for (int axis = 1; axis <= axes; axis++)
        {
            long length = header.Whole($"ZNAXIS{axis}");
            long tile = Tile(header, axis);
            if (tile < 1 || tile > length)
            {
                throw Malformed(header, $"tiles of {tile} samples on an axis of {length} are not read");
            }
        }

        long bytes = Lengths(header).Aggregate(BytesPerSample(header), (product, length) => product * length);
        if (bytes > limits.MaxFileBytes || bytes / DensestCoding > unit.DataBytes)
        {
            throw Malformed(header, $"{bytes} bytes of samples cannot be in {unit.DataBytes} compressed ones");
        }
    }

    /// <summary>NAXIS1 and so on of the image.</summary>
    public static long[] Lengths(FitsHeader header) =>
        [.. Enumerable.Range(1, (int)header.Whole("ZNAXIS")).Select(axis => header.Whole($"ZNAXIS{axis}"))];

    /// <summary>The header of the same image as a plain extension; cards that are not about tables and tiles are kept as they are.</summary>
    public static byte[] ToPlain(ReadOnlySpan<byte> file, FitsHeader header)
    {
        long[] lengths = Lengths(header);
        FitsCards cards = new FitsCards().Add("XTENSION", "IMAGE").Add("BITPIX", header.Whole("ZBITPIX")).Add("NAXIS", lengths.Length);
        for (int axis = 1; axis <= lengths.Length; axis++)
        {
            cards.Add($"NAXIS{axis}", lengths[axis - 1]);
        }

        cards.Add("PCOUNT", 0).Add("GCOUNT", 1);
        if (header.Text("BLANK") is null && header.Text("ZBLANK") is not null)
        {
            cards.Add("BLANK", header.Whole("ZBLANK"));
        }

        for (int at = header.Start; at < header.EndCardAt; at += FitsHeader.CardBytes)
        {
            string card = Encoding.Latin1.GetString(file.Slice(at, FitsHeader.CardBytes));
            string keyword = card[..8].TrimEnd();
            if (!Compression.Contains(keyword) && !Compression.Contains(keyword.TrimEnd([.. "0123456789"]) + "#"))
            {
                cards.AddVerbatim(card);
            }
        }

        return cards.ToBlocks();
    }

    /// <summary>
    /// The same table with a header of ours, of checked values alone: what cfitsio makes of other cards, doubled or damaged ones, is then of no concern.
    /// </summary>
    public static byte[] Canonical(FitsUnit unit)
    {
        FitsHeader header = unit.Header;
        FitsCards cards = new FitsCards().Add("XTENSION", "BINTABLE").Add("BITPIX", 8).Add("NAXIS", 2);
        cards.Add("NAXIS1", unit.Axes[0]).Add("NAXIS2", unit.Axes[1]);
        cards.Add("PCOUNT", unit.DataBytes - (unit.Axes[0] * unit.Axes[1])).Add("GCOUNT", 1).Add("TFIELDS", header.Whole("TFIELDS"));
        for (int i = 1; i <= header.Whole("TFIELDS"); i++)
        {
            cards.Add($"TTYPE{i}", header.Text($"TTYPE{i}")!).Add($"TFORM{i}", header.Text($"TFORM{i}")!);
        }

        long[] lengths = Lengths(header);
        cards.Add("ZIMAGE", true).Add("ZBITPIX", header.Whole("ZBITPIX")).Add("ZNAXIS", lengths.Length);
        for (int axis = 1; axis <= lengths.Length; axis++)
        {
            cards.Add($"ZNAXIS{axis}", lengths[axis - 1]).Add($"ZTILE{axis}", Tile(header, axis));
        }

        cards.Add("ZCMPTYPE", header.Text("ZCMPTYPE")!);
        for (int i = 1; header.Text($"ZNAME{i}") is string name; i++)
        {
            cards.Add($"ZNAME{i}", name).Add($"ZVAL{i}", header.Number($"ZVAL{i}") ?? 0);
        }

        cards.AddKnown("ZQUANTIZ", header.Text("ZQUANTIZ")).AddKnown("ZDITHER0", header.Number("ZDITHER0"));
        cards.AddKnown("ZSCALE", header.Number("ZSCALE")).AddKnown("ZZERO", header.Number("ZZERO"));
        cards.AddKnown("ZBLANK", header.Number("ZBLANK"));
        return [.. cards.ToBlocks(), .. unit.File.Span[unit.Header.End..unit.End]];
    }

    /// <summary>The header of a compressed unit in front of the data of another that cfitsio changed: sizes follow the data, all else stays.</summary>
    public static byte[] Restore(FitsUnit unit, FitsUnit changed)
    {
        byte[] whole = [.. unit.File.Span[unit.Header.Start..unit.Header.End], .. changed.File.Span[changed.Header.End..changed.End]];
        IEnumerable<string> forms = Enumerable.Range(1, (int)unit.Header.Whole("TFIELDS")).Select(i => $"TFORM{i}");
        foreach (string keyword in forms.Prepend("PCOUNT"))
        {
            ReadOnlySpan<byte> card = changed.File.Span.Slice(changed.Header.CardAt(keyword), FitsHeader.CardBytes);
            card.CopyTo(whole.AsSpan(unit.Header.CardAt(keyword) - unit.Header.Start));
        }

        return whole;
    }

    /// <summary>Samples of a tile along an axis: by default rows.</summary>
    public static long Tile(FitsHeader header, int axis) => header.Whole($"ZTILE{axis}", axis == 1 ? header.Whole("ZNAXIS1") : 1);

    private static long BytesPerSample(FitsHeader header) =>
        header.Whole("ZBITPIX") is (8 or 16 or 32 or 64 or -32 or -64) and long bitPix
            ? Math.Abs(bitPix) / 8
            : throw Malformed(header, $"ZBITPIX = {header.Whole("ZBITPIX")} is not defined");

    private static RawDataException Malformed(FitsHeader header, string reason) =>
        new(RawDataError.Malformed, FitsFormat.FormatName, reason, header.Start);
}
