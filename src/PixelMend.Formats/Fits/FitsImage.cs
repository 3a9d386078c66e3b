namespace PixelMend.Formats.Fits;

/// <summary>The first two-dimensional image of a file: its header, the primary header, and where its samples lie.</summary>
internal sealed class FitsImage
{
    private const int MostAxes = 999;

    private FitsImage(FitsHeader primary, FitsHeader header, int width, int height)
    {
        Primary = primary;
        Header = header;
        Width = width;
        Height = height;
        Samples = FitsSamples.From(header);
    }

    public FitsHeader Primary { get; }

    public FitsHeader Header { get; }

    public int Width { get; }

    public int Height { get; }

    public FitsSamples Samples { get; }

    /// <summary>Byte at which row <paramref name="y"/> starts; the file is known to hold it.</summary>
    public int RowStart(int y) => checked((int)(Header.End + ((long)y * Width * Samples.Bytes)));

    /// <summary>Finds the image.</summary>
    /// <exception cref="RawDataException">Malformed, without an image, or with one that is not read.</exception>
    public static FitsImage Find(ReadOnlySpan<byte> file, ReadLimits limits)
    {
        FitsHeader? primary = null;
        string? compressed = null;
        long start = 0;
        while (start + FitsHeader.CardBytes <= file.Length && (primary is null || IsExtension(file[(int)start..])))
        {
            FitsHeader header = FitsHeader.Read(file, (int)start);
            primary ??= header;
            long[] axes = Axes(header);
            string kind = header == primary ? "IMAGE" : header.Text("XTENSION") ?? "";
            bool hasData = axes.Length >= 2 && axes.All(length => length > 0);
            if (kind == "IMAGE" && hasData)
            {
                return Checked(file, primary, header, axes, limits);
            }

            if (header.Text("ZIMAGE") == "T")
            {
                compressed = header.Text("ZCMPTYPE") ?? "unknown";
            }

            start = header.End + Padded(DataBytes(header, axes));
        }

        throw new RawDataException(
            RawDataError.Unsupported,
            FitsFormat.FormatName,
            compressed is null
                ? "the file holds no image, only tables or nothing"
                : $"the image is tile-compressed ({compressed}); unpack it first, for instance with funpack"
        );
    }

    private static FitsImage Checked(ReadOnlySpan<byte> file, FitsHeader primary, FitsHeader header, long[] axes, ReadLimits limits)
    {
        if (axes.Skip(2).Any(length => length > 1))
        {
            throw new RawDataException(
                RawDataError.Unsupported,
                FitsFormat.FormatName,
                $"the image is a cube of {string.Join(" × ", axes)} samples; only single planes are read",
                header.Start
            );
        }

        limits.CheckSize(FitsFormat.FormatName, axes[0], axes[1], header.Start);
        var image = new FitsImage(primary, header, (int)axes[0], (int)axes[1]);
        long end = header.End + DataBytes(header, axes);
        return end <= file.Length
            ? image
            : throw new RawDataException(
                RawDataError.Malformed,
                FitsFormat.FormatName,
                $"the file ends after {file.Length} of {end} bytes",
                file.Length
            );
    }

    private static bool IsExtension(ReadOnlySpan<byte> header) => header.StartsWith("XTENSION"u8);

    private static long[] Axes(FitsHeader header)
    {
        long count = header.Whole("NAXIS");
        if (count is < 0 or > MostAxes)
        {
            throw new RawDataException(RawDataError.Malformed, FitsFormat.FormatName, $"NAXIS = {count} is impossible", header.Start);
        }

        var axes = new long[count];
        for (int i = 0; i < axes.Length; i++)
        {
            axes[i] = header.Whole($"NAXIS{i + 1}");
            if (axes[i] < 0)
            {
                throw new RawDataException(
                    RawDataError.Malformed,
                    FitsFormat.FormatName,
                    $"NAXIS{i + 1} = {axes[i]} is impossible",
                    header.Start
                );
            }
        }

        return axes;
    }

    /// <summary>Bytes of a data unit without its padding (FITS standard 4.0, 4.4.1.2; random groups have a first axis of 0).</summary>
    private static long DataBytes(FitsHeader header, long[] axes)
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
        size >= 0 && size < long.MaxValue / 4
            ? size
            : throw new RawDataException(
                RawDataError.Malformed,
                FitsFormat.FormatName,
                "the header states an impossible amount of data",
                header.Start
            );

    private static long Padded(long bytes) => (bytes + FitsHeader.BlockBytes - 1) / FitsHeader.BlockBytes * FitsHeader.BlockBytes;
}
