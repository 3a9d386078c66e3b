using System.Buffers.Binary;
using System.Text;
using PixelMend.Frames;

namespace PixelMend.Formats.Ser;

/// <summary>The 178 bytes at the start of a SER file (Lucam Recorder's format, version 3): numbers little-endian, texts of 40 bytes.</summary>
/// <param name="ColorId">Mosaic or colour.</param>
/// <param name="Mark">The field LittleEndian, which programs set in both meanings: see <see cref="SerByteOrder"/>.</param>
/// <param name="Width">Photosites per row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Depth">Bits of a sample, 1 to 16.</param>
/// <param name="Count">Frames; 0 where the recording was cut short.</param>
/// <param name="Instrument">Camera.</param>
/// <param name="Utc">Start of the recording, in ticks of 100 ns since the year 1.</param>
internal sealed record SerHeader(int ColorId, int Mark, int Width, int Height, int Depth, int Count, string Instrument, long Utc)
{
    public const int Bytes = 178;
    public const int StampBytes = sizeof(long);
    private const int TextBytes = 40;
    private const int InstrumentAt = 82;

    /// <summary>Mosaics by their number; 100 and above are pictures in colour.</summary>
    private static readonly (int Id, string Cfa)[] Mosaics =
    [
        (0, "MONO"),
        (8, "RGGB"),
        (9, "GRBG"),
        (10, "GBRG"),
        (11, "BGGR"),
        (16, "CYYM"),
        (17, "YCMY"),
        (18, "YMCY"),
        (19, "MYYC"),
    ];

    public static ReadOnlySpan<byte> Magic => "LUCAM-RECORDER"u8;

    /// <summary>Bytes of a frame.</summary>
    public long FrameBytes => (long)Width * Height * (Depth <= 8 ? 1 : 2);

    /// <summary>Reads and checks a header.</summary>
    /// <exception cref="RawDataException">It is cut off, malformed, of a picture in colour, or beyond the limits.</exception>
    public static SerHeader Read(ReadOnlySpan<byte> file, ReadLimits limits)
    {
        if (file.Length < Bytes)
        {
            throw new RawDataException(
                RawDataError.Malformed,
                SerFormat.FormatName,
                $"the file ends after {file.Length} of {Bytes} bytes of its header",
                file.Length
            );
        }

        var header = new SerHeader(
            Whole(file, 18),
            Whole(file, 22),
            Whole(file, 26),
            Whole(file, 30),
            Whole(file, 34),
            Whole(file, 38),
            Encoding.ASCII.GetString(file.Slice(InstrumentAt, TextBytes)).Split('\0')[0].Trim(),
            BinaryPrimitives.ReadInt64LittleEndian(file[170..])
        );
        limits.CheckSize(SerFormat.FormatName, header.Width, header.Height, 26);
        if (header.Depth is < 1 or > 16 || header.Count < 0)
        {
            throw new RawDataException(
                RawDataError.Malformed,
                SerFormat.FormatName,
                $"{header.Count} frames of {header.Depth} bits a sample are impossible",
                34
            );
        }

        return Array.Exists(Mosaics, m => m.Id == header.ColorId)
            ? header
            : throw new RawDataException(
                RawDataError.Unsupported,
                SerFormat.FormatName,
                header.ColorId is 100 or 101
                    ? "the video is in colour (RGB or BGR), no longer what the sensor delivered; repair it before it is demosaiced"
                    : $"the colour number {header.ColorId} is not defined",
                18
            );
    }

    /// <summary>The number of a mosaic.</summary>
    /// <exception cref="NotSupportedException">It has none.</exception>
    public static int ColorIdOf(CfaPattern cfa)
    {
        string name = cfa.ToString();
        int index = Array.FindIndex(Mosaics, m => m.Cfa == name);
        return index >= 0
            ? Mosaics[index].Id
            : throw new NotSupportedException($"{SerFormat.FormatName} has no number for the mosaic {cfa}; write DNG");
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Bytes];
        Magic.CopyTo(bytes);
        int[] numbers = [0, ColorId, Mark, Width, Height, Depth, Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Magic.Length + (4 * i)), numbers[i]);
        }

        Encoding.ASCII.GetBytes(Instrument.AsSpan(0, Math.Min(Instrument.Length, TextBytes)), bytes.AsSpan(InstrumentAt));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(162), Utc);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(170), Utc);
        return bytes;
    }

    /// <summary>The frames as dumps behind the header.</summary>
    public RawSpec ToSpec(bool bigEndian, ReadOptions options)
    {
        CfaPattern cfa = CfaPattern.Parse(Array.Find(Mosaics, m => m.Id == ColorId).Cfa);
        return new RawSpec
        {
            Width = Width,
            Height = Height,
            Depth = Depth,
            Cfa = cfa.IsMono ? options.Cfa ?? cfa : cfa,
            BigEndian = bigEndian,
        };
    }

    /// <summary>What is known of a frame.</summary>
    /// <param name="stamp">Its time stamp; null where there is none.</param>
    /// <param name="notes">What the reader had to decide.</param>
    public FrameInfo InfoOf(long? stamp, IReadOnlyList<string> notes) =>
        new()
        {
            Model = Instrument.Length > 0 ? Instrument : null,
            CaptureTime =
                (stamp ?? Utc) is > 0 and long ticks && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
            Notes = notes,
        };

    private static int Whole(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadInt32LittleEndian(file[at..]);
}
