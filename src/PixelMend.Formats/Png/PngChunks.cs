using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace PixelMend.Formats.Png;

/// <summary>One chunk: its four-letter type as a big-endian number, and where it starts and what its content is in the file.</summary>
internal readonly record struct PngChunk(uint Type, int Start, int ContentLength)
{
    /// <summary>Length field, type, content, checksum.</summary>
    public int Length => ContentLength + 12;
}

/// <summary>The chunks of a PNG file in order, up to the end chunk.</summary>
internal sealed class PngChunks
{
    public const uint Header = 0x49484452; // IHDR
    public const uint Data = 0x49444154; // IDAT
    public const uint End = 0x49454E44; // IEND

    private const uint Significant = 0x73424954; // sBIT
    private const uint AncillaryBit = 0x20000000;

    private readonly ReadOnlyMemory<byte> file;

    private PngChunks(ReadOnlyMemory<byte> file, List<PngChunk> list)
    {
        this.file = file;
        List = list;
    }

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public IReadOnlyList<PngChunk> List { get; }

    /// <exception cref="RawDataException">Truncated, damaged, or without image data.</exception>
    public static PngChunks Read(ReadOnlyMemory<byte> file)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        if (!bytes.StartsWith(Signature))
        {
            throw Malformed("the signature is missing", 0);
        }

        var list = new List<PngChunk>();
        int at = Signature.Length;
        uint type = 0;
        while (type != End)
        {
            if (bytes.Length - at < 12)
            {
                throw Malformed("the file ends before the end chunk", bytes.Length);
            }

            uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            type = BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 4)..]);
            if (length > bytes.Length - at - 12)
            {
                throw Malformed($"chunk {Name(type)} of {length} bytes reaches past the end of the file", at);
            }

            var chunk = new PngChunk(type, at, (int)length);
            CheckSum(bytes, chunk);
            list.Add(chunk);
            at += chunk.Length;
        }

        return list.Exists(c => c.Type == Data) ? new PngChunks(file, list) : throw Malformed("there is no image data", at);
    }

    public ReadOnlySpan<byte> Content(PngChunk chunk) => file.Span.Slice(chunk.Start + 8, chunk.ContentLength);

    /// <summary>The compressed image, its chunks joined.</summary>
    public byte[] ImageData()
    {
        var joined = new MemoryStream();
        foreach (PngChunk chunk in List.Where(c => c.Type == Data))
        {
            joined.Write(Content(chunk));
        }

        return joined.ToArray();
    }

    /// <summary>Bits per sample that the sBIT chunk states, or 0.</summary>
    public int SignificantBits()
    {
        PngChunk chunk = List.FirstOrDefault(c => c.Type == Significant);
        return chunk.ContentLength == 1 ? Content(chunk)[0] : 0;
    }

    /// <summary>Writes the file with other image data in place of the first data chunk and without the further ones.</summary>
    public void WriteWithImageData(ReadOnlySpan<byte> data, Stream output)
    {
        output.Write(Signature);
        bool written = false;
        foreach (PngChunk chunk in List)
        {
            if (chunk.Type != Data)
            {
                output.Write(file.Span.Slice(chunk.Start, chunk.Length));
            }
            else if (!written)
            {
                WriteChunk(output, Data, data);
                written = true;
            }
        }

        PngChunk last = List[^1];
        output.Write(file.Span[(last.Start + last.Length)..]);
    }

    public static void WriteChunk(Stream output, uint type, ReadOnlySpan<byte> content)
    {
        Span<byte> field = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(field, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(field[4..], type);
        output.Write(field);
        output.Write(content);
        var sum = new Crc32();
        sum.Append(field[4..]);
        sum.Append(content);
        BinaryPrimitives.WriteUInt32BigEndian(field, sum.GetCurrentHashAsUInt32());
        output.Write(field[..4]);
    }

    /// <summary>Damage in an ancillary chunk harms no sample; the chunk is kept as it is.</summary>
    private static void CheckSum(ReadOnlySpan<byte> file, PngChunk chunk)
    {
        uint stated = BinaryPrimitives.ReadUInt32BigEndian(file[(chunk.Start + 8 + chunk.ContentLength)..]);
        if ((chunk.Type & AncillaryBit) == 0 && stated != Crc32.HashToUInt32(file.Slice(chunk.Start + 4, chunk.ContentLength + 4)))
        {
            throw Malformed($"the checksum of chunk {Name(chunk.Type)} does not match", chunk.Start);
        }
    }

    private static string Name(uint type)
    {
        Span<byte> letters = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(letters, type);
        return Encoding.ASCII.GetString(letters).Replace('\0', '?');
    }

    private static RawDataException Malformed(string reason, long offset) =>
        new(RawDataError.Malformed, PngFormat.FormatName, reason, offset);
}
