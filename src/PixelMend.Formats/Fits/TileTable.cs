using System.Buffers.Binary;

namespace PixelMend.Formats.Fits;

/// <summary>
/// The table that holds the tiles of a compressed image, checked cell by cell: cfitsio trusts what it is given, and ends the program
/// where a number is not what it should be.
/// </summary>
internal static class TileTable
{
    private static readonly string[] TileColumns = ["COMPRESSED_DATA", "GZIP_COMPRESSED_DATA", "UNCOMPRESSED_DATA"];
    private static readonly string[] Codings = ["RICE_1", "GZIP_1", "GZIP_2", "PLIO_1", "HCOMPRESS_1"];

    /// <exception cref="RawDataException">Something is not as the standard has it.</exception>
    public static void Check(FitsUnit unit)
    {
        FitsHeader header = unit.Header;
        CheckCoding(header);
        Column[] columns = Columns(header);
        if (unit.Axes.Length != 2)
        {
            throw Malformed(header, $"a table of {unit.Axes.Length} axes is impossible");
        }

        long rows = unit.Axes[1];
        long tiles = TileHeader
            .Lengths(header)
            .Index()
            .Aggregate(1L, (n, axis) => n * Tiles(axis.Item, TileHeader.Tile(header, axis.Index + 1)));
        long width = columns.Sum(c => c.Bytes);
        if (rows != tiles || unit.Axes[0] != width || header.Whole("BITPIX") != 8 || header.Whole("GCOUNT", 1) != 1)
        {
            throw Malformed(header, $"the table of {rows} rows of {unit.Axes[0]} bytes does not fit {tiles} tiles in rows of {width}");
        }

        if (!columns.Any(c => c.IsTiles) || header.Whole("THEAP", rows * width) != rows * width)
        {
            throw Malformed(header, "the table has no tiles, or a gap behind its rows");
        }

        CheckTiles(unit, columns, width);
    }

    private static void CheckCoding(FitsHeader header)
    {
        string coding = header.Text("ZCMPTYPE") ?? "";
        if (!Codings.Contains(coding))
        {
            throw new RawDataException(
                RawDataError.Unsupported,
                FitsFormat.FormatName,
                $"the tile compression '{coding}' is not read",
                header.Start
            );
        }

        for (int i = 1; header.Text($"ZNAME{i}") is string name; i++)
        {
            string? value = header.Text($"ZVAL{i}");
            bool valid = name switch
            {
                "BLOCKSIZE" => value is "16" or "32",
                "BYTEPIX" => value is "1" or "2" or "4" or "8",
                "SCALE" or "SMOOTH" or "NOISEBIT" => header.Number($"ZVAL{i}") is >= -100 and <= 10_000,
                _ => false,
            };
            if (!valid)
            {
                throw Malformed(header, $"the compression's setting {name} = {value} is not defined");
            }
        }
    }

    private static Column[] Columns(FitsHeader header)
    {
        long count = header.Whole("TFIELDS");
        if (count is < 1 or > 8)
        {
            throw Malformed(header, $"a table of {count} columns holds no compressed image");
        }

        return [.. Enumerable.Range(1, (int)count).Select(i => ColumnOf(header, i))];
    }

    private static Column ColumnOf(FitsHeader header, int number)
    {
        string name = header.Text($"TTYPE{number}") ?? "";
        string form = header.Text($"TFORM{number}") ?? "";
        int bracket = form.IndexOf('(');
        string type = (bracket < 0 ? form : form[..bracket]).TrimStart('1');
        return (TileColumns.Contains(name), name) switch
        {
            (true, _) when type is ['P' or 'Q', 'B' or 'I' or 'J' or 'E' or 'D'] => new Column(name, type[0], SizeOf(type[1])),
            (false, "ZSCALE" or "ZZERO") when type is "D" or "E" => new Column(name, type[0], SizeOf(type[0])),
            (false, "ZBLANK") when type == "J" => new Column(name, 'J', SizeOf('J')),
            _ => throw Malformed(header, $"the column {name} of type {form} is not read in a compressed image"),
        };
    }

    private static void CheckTiles(FitsUnit unit, Column[] columns, long width)
    {
        ReadOnlySpan<byte> data = unit.File.Span[unit.Header.End..];
        long heapStart = unit.Axes[1] * width;
        ReadOnlySpan<byte> heap = data[(int)heapStart..(int)unit.DataBytes];
        string coding = unit.Header.Text("ZCMPTYPE")!;
        for (int row = 0; row < unit.Axes[1]; row++)
        {
            ReadOnlySpan<byte> cells = data.Slice((int)(row * width), (int)width);
            long samples = SamplesOf(unit.Header, row);
            foreach (Column column in columns)
            {
                if (column.IsTiles)
                {
                    CheckTile(unit.Header, row, TileAt(unit.Header, row, cells, column, heap), column.Coding(coding), samples);
                }

                cells = cells[column.Bytes..];
            }
        }
    }

    private static void CheckTile(FitsHeader header, int row, ReadOnlySpan<byte> tile, string coding, long samples)
    {
        if (!tile.IsEmpty && !TileStreams.AreSound(coding, tile, samples))
        {
            throw Malformed(header, $"tile {row} is damaged");
        }
    }

    private static ReadOnlySpan<byte> TileAt(FitsHeader header, int row, ReadOnlySpan<byte> cell, Column column, ReadOnlySpan<byte> heap)
    {
        bool wide = column.Type == 'Q';
        long length = wide ? BinaryPrimitives.ReadInt64BigEndian(cell) : BinaryPrimitives.ReadInt32BigEndian(cell);
        long start = wide ? BinaryPrimitives.ReadInt64BigEndian(cell[8..]) : BinaryPrimitives.ReadInt32BigEndian(cell[4..]);
        return length >= 0 && start >= 0 && length <= heap.Length && start <= heap.Length && start + (length * column.Size) <= heap.Length
            ? heap.Slice((int)start, (int)(length * column.Size))
            : throw Malformed(header, $"tile {row} lies outside the table's {heap.Length} bytes of tiles");
    }

    /// <summary>Samples of the tile in a row of the table: the last ones along an axis may be smaller.</summary>
    private static long SamplesOf(FitsHeader header, long row)
    {
        long samples = 1;
        foreach ((int axis, long length) in TileHeader.Lengths(header).Index())
        {
            long tile = TileHeader.Tile(header, axis + 1);
            long place = row % Tiles(length, tile);
            row /= Tiles(length, tile);
            samples *= Math.Min(tile, length - (place * tile));
        }

        return samples;
    }

    private static long Tiles(long length, long tile) => (length + tile - 1) / tile;

    private static int SizeOf(char type) =>
        type switch
        {
            'B' => 1,
            'I' => 2,
            'J' or 'E' => 4,
            _ => 8,
        };

    private static RawDataException Malformed(FitsHeader header, string reason) =>
        new(RawDataError.Malformed, FitsFormat.FormatName, reason, header.Start);

    /// <param name="Name">TTYPE.</param>
    /// <param name="Type">P and Q point to tiles, all else are numbers.</param>
    /// <param name="Size">Bytes of one element.</param>
    private readonly record struct Column(string Name, char Type, int Size)
    {
        public bool IsTiles => Type is 'P' or 'Q';

        /// <summary>How the tiles of the column are coded, in an image whose coding is <paramref name="coding"/>.</summary>
        public string Coding(string coding) =>
            Name switch
            {
                "COMPRESSED_DATA" => coding,
                "GZIP_COMPRESSED_DATA" => "GZIP_1",
                _ => "NONE",
            };

        /// <summary>Bytes of a cell.</summary>
        public int Bytes =>
            Type switch
            {
                'P' => 8,
                'Q' => 16,
                _ => Size,
            };
    }
}
