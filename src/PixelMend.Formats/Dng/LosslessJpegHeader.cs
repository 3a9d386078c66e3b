namespace PixelMend.Formats.Dng;

/// <summary>Everything before the coded data of a lossless JPEG image (SOF3, one scan of all components).</summary>
internal sealed class LosslessJpegHeader
{
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte Lossless = 0xC3;
    private const byte HuffmanTables = 0xC4;
    private const byte RestartIntervalMarker = 0xDD;
    private const byte StartOfScan = 0xDA;
    private const int MaxComponents = 4;

    private readonly HuffmanTable?[] tables = new HuffmanTable?[MaxComponents];
    private readonly byte[] ids = new byte[MaxComponents];
    private readonly long offset;

    private LosslessJpegHeader(long offset) => this.offset = offset;

    /// <summary>Bits per sample, 2 to 16.</summary>
    public int Precision { get; private set; }

    /// <summary>Samples per row of one component.</summary>
    public int Columns { get; private set; }

    /// <summary>Rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Interleaved components, 1 to 4.</summary>
    public int Components { get; private set; }

    /// <summary>Predictor, 1 to 7.</summary>
    public int Predictor { get; private set; }

    /// <summary>Rows between restart markers; 0 for none.</summary>
    public int RestartRows { get; private set; }

    /// <summary>Table of each component.</summary>
    public HuffmanTable[] Tables { get; private set; } = [];

    /// <summary>Index of the first byte of coded data.</summary>
    public int DataStart { get; private set; }

    /// <summary>Samples of all components in a row.</summary>
    public int RowLength => Columns * Components;

    /// <summary>Samples in all.</summary>
    public long Count => (long)RowLength * Rows;

    /// <summary>Parses the markers up to the coded data.</summary>
    /// <param name="bytes">The JPEG stream.</param>
    /// <param name="offset">Its place in the file, for messages.</param>
    /// <exception cref="RawDataException">Damaged, or not lossless JPEG as DNG uses it.</exception>
    public static LosslessJpegHeader Parse(ReadOnlySpan<byte> bytes, long offset)
    {
        var header = new LosslessJpegHeader(offset);
        if (bytes.Length < 2 || bytes[0] != 0xFF || bytes[1] != StartOfImage)
        {
            throw header.Malformed("the segment does not begin like a JPEG image", 0);
        }

        int at = 2;
        int restartInterval = 0;
        while (header.DataStart == 0)
        {
            if (at + 4 > bytes.Length || bytes[at] != 0xFF)
            {
                throw header.Malformed("a JPEG marker is missing", at);
            }

            byte marker = bytes[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            int length = (bytes[at + 2] << 8) | bytes[at + 3];
            if (marker == EndOfImage || length < 2 || at + 2 + length > bytes.Length)
            {
                throw header.Malformed("a JPEG marker is cut off", at);
            }

            ReadOnlySpan<byte> body = bytes.Slice(at + 4, length - 2);
            switch (marker)
            {
                case Lossless:
                    header.ReadFrame(body, at);
                    break;
                case HuffmanTables:
                    header.ReadTables(body, at);
                    break;
                case RestartIntervalMarker:
                    restartInterval =
                        body.Length >= 2 ? (body[0] << 8) | body[1] : throw header.Malformed("the restart interval is cut off", at);
                    break;
                case StartOfScan:
                    header.ReadScan(body, at);
                    header.DataStart = at + 2 + length;
                    break;
                case >= 0xC0 and <= 0xCF and not 0xC8 and not 0xCC:
                    throw header.Unsupported($"JPEG process {marker - 0xC0} (not lossless) is not read", at);
                default:
                    break;
            }

            at += 2 + length;
        }

        header.SetRestart(restartInterval);
        return header;
    }

    /// <summary>The exception for damage at an index of the stream.</summary>
    public RawDataException Malformed(string reason, int at) => new(RawDataError.Malformed, DngFormat.FormatName, reason, offset + at);

    private RawDataException Unsupported(string reason, int at) => new(RawDataError.Unsupported, DngFormat.FormatName, reason, offset + at);

    private void ReadFrame(ReadOnlySpan<byte> body, int at)
    {
        if (Components != 0 || body.Length < 6 || body.Length < 6 + (3 * body[5]))
        {
            throw Malformed("the JPEG frame header is damaged", at);
        }

        Precision = body[0];
        Rows = (body[1] << 8) | body[2];
        Columns = (body[3] << 8) | body[4];
        Components = body[5];
        if (Precision is < 2 or > 16 || Rows == 0 || Columns == 0 || Components is < 1 or > MaxComponents)
        {
            throw Malformed($"a lossless JPEG of {Columns} × {Rows} × {Components} samples of {Precision} bits is impossible", at);
        }

        for (int i = 0; i < Components; i++)
        {
            ids[i] = body[6 + (3 * i)];
            if (Components > 1 && body[7 + (3 * i)] != 0x11)
            {
                throw Unsupported("lossless JPEG with subsampled components is not read", at);
            }
        }
    }

    private void ReadTables(ReadOnlySpan<byte> body, int at)
    {
        while (!body.IsEmpty)
        {
            int id = body[0];
            int values = 0;
            for (int i = 1; i <= 16 && i < body.Length; i++)
            {
                values += body[i];
            }

            if (id >= tables.Length || body.Length < 17 + values)
            {
                throw Malformed("a JPEG Huffman table is cut off or misnumbered", at);
            }

            tables[id] =
                HuffmanTable.Create(body.Slice(1, 16), body.Slice(17, values))
                ?? throw Malformed("a JPEG Huffman table is inconsistent", at);
            body = body[(17 + values)..];
        }
    }

    private void ReadScan(ReadOnlySpan<byte> body, int at)
    {
        if (Components == 0 || body.Length < 1 || body.Length < 4 + (2 * body[0]))
        {
            throw Malformed("the JPEG scan header is damaged", at);
        }

        if (body[0] != Components)
        {
            throw Unsupported("lossless JPEG with one scan per component is not read", at);
        }

        Tables = new HuffmanTable[Components];
        for (int i = 0; i < Components; i++)
        {
            int table = body[2 + (2 * i)] >> 4;
            bool known = body[1 + (2 * i)] == ids[i] && table < tables.Length && tables[table] is not null;
            Tables[i] = known ? tables[table]! : throw Malformed("the JPEG scan names an unknown component or table", at);
        }

        Predictor = body[1 + (2 * Components)];
        int pointTransform = body[3 + (2 * Components)] & 15;
        if (Predictor is < 1 or > 7 || pointTransform != 0)
        {
            throw Unsupported($"lossless JPEG with predictor {Predictor} and point transform {pointTransform} is not read", at);
        }
    }

    private void SetRestart(int interval)
    {
        if (interval % Columns != 0)
        {
            throw Malformed($"a restart interval of {interval} is not a whole number of rows of {Columns}", DataStart);
        }

        RestartRows = interval / Columns;
    }
}
