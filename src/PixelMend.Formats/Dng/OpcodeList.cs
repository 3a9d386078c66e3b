using System.Buffers.Binary;

namespace PixelMend.Formats.Dng;

/// <summary>One DNG opcode: a step of processing that the file asks for.</summary>
/// <param name="Id">Which step.</param>
/// <param name="Bytes">The whole opcode, header included.</param>
internal readonly record struct Opcode(uint Id, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Bytes before an opcode's parameters: id, version, flags, size.</summary>
    public const int HeaderLength = 16;

    /// <summary>FixBadPixelsConstant: samples of one value are bad.</summary>
    public const uint FixBadPixelsConstant = 4;

    /// <summary>FixBadPixelsList: listed photosites and rectangles are bad.</summary>
    public const uint FixBadPixelsList = 5;

    /// <summary>The parameters.</summary>
    public ReadOnlySpan<byte> Parameters => Bytes.Span[HeaderLength..];

    /// <summary>An opcode with version 1.3.</summary>
    /// <param name="id">Which step.</param>
    /// <param name="optional">Whether a reader that does not know it may go on without it.</param>
    /// <param name="parameters">Its parameters, big-endian.</param>
    public static Opcode Create(uint id, bool optional, ReadOnlySpan<byte> parameters)
    {
        var bytes = new byte[HeaderLength + parameters.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, id);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), 0x01030000);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), optional ? 1u : 0);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(12), (uint)parameters.Length);
        parameters.CopyTo(bytes.AsSpan(HeaderLength));
        return new Opcode(id, bytes);
    }
}

/// <summary>
/// A DNG opcode list: always big-endian, whatever the file's byte order. A damaged list yields the opcodes before the damage;
/// what follows is kept as bytes.
/// </summary>
internal sealed class OpcodeList
{
    private readonly uint announced;
    private readonly ReadOnlyMemory<byte> rest;

    private OpcodeList(uint announced, IReadOnlyList<Opcode> opcodes, ReadOnlyMemory<byte> rest)
    {
        this.announced = announced;
        this.rest = rest;
        Opcodes = opcodes;
    }

    /// <summary>A list without opcodes.</summary>
    public static OpcodeList Empty { get; } = new(0, [], default);

    /// <summary>The opcodes that are whole.</summary>
    public IReadOnlyList<Opcode> Opcodes { get; }

    /// <summary>Whether the list ends before the number of opcodes it announces.</summary>
    public bool IsDamaged => announced != Opcodes.Count;

    /// <summary>Whether nothing is left to write.</summary>
    public bool IsEmpty => announced == 0;

    /// <summary>Parses a list; damage is no error.</summary>
    public static OpcodeList Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < 4)
        {
            return Empty;
        }

        uint count = BinaryPrimitives.ReadUInt32BigEndian(bytes.Span);
        bytes = bytes[4..];
        var opcodes = new List<Opcode>();
        while (opcodes.Count < count && bytes.Length >= Opcode.HeaderLength)
        {
            long length = Opcode.HeaderLength + (long)BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[12..]);
            if (length > bytes.Length)
            {
                break;
            }

            opcodes.Add(new Opcode(BinaryPrimitives.ReadUInt32BigEndian(bytes.Span), bytes[..(int)length]));
            bytes = bytes[(int)length..];
        }

        return new OpcodeList(count, opcodes, bytes);
    }

    /// <summary>The list with an opcode before all others.</summary>
    public OpcodeList Prepend(Opcode opcode) => new(announced + 1, [opcode, .. Opcodes], rest);

    /// <summary>The list without some of its opcodes.</summary>
    public OpcodeList Without(Func<Opcode, bool> dropped)
    {
        List<Opcode> kept = [.. Opcodes.Where(o => !dropped(o))];
        return new OpcodeList(announced - (uint)(Opcodes.Count - kept.Count), kept, rest);
    }

    /// <summary>The list as the file holds it.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[4 + Opcodes.Sum(o => o.Bytes.Length) + rest.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, announced);
        int at = 4;
        foreach (ReadOnlyMemory<byte> part in Opcodes.Select(o => o.Bytes).Append(rest))
        {
            part.CopyTo(bytes.AsMemory(at));
            at += part.Length;
        }

        return bytes;
    }
}
