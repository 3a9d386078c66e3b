using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace PixelMend.Formats;

/// <summary>Integer samples as bytes: one byte each, or two in either order.</summary>
internal readonly record struct SampleCoding(int Bytes, bool BigEndian)
{
    /// <summary>Turns bytes into codes, one for each element of <paramref name="codes"/>.</summary>
    public void Decode(ReadOnlySpan<byte> bytes, Span<ushort> codes)
    {
        if (Bytes == 1)
        {
            Widen(bytes[..codes.Length], codes);
            return;
        }

        Order(MemoryMarshal.Cast<byte, ushort>(bytes[..(codes.Length * 2)]), codes);
    }

    /// <summary>Turns codes into bytes; codes must fit.</summary>
    public void Encode(ReadOnlySpan<ushort> codes, Span<byte> bytes)
    {
        if (Bytes == 1)
        {
            for (int i = 0; i < codes.Length; i++)
            {
                bytes[i] = checked((byte)codes[i]);
            }

            return;
        }

        Order(codes, MemoryMarshal.Cast<byte, ushort>(bytes[..(codes.Length * 2)]));
    }

    /// <summary>Sets one sample of a row.</summary>
    public void Patch(Span<byte> row, int x, ushort code) => Encode([code], row.Slice(x * Bytes, Bytes));

    private static void Widen(ReadOnlySpan<byte> bytes, Span<ushort> codes)
    {
        int i = 0;
        for (; i <= bytes.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(bytes[i..]), out Vector<ushort> first, out Vector<ushort> second);
            first.CopyTo(codes[i..]);
            second.CopyTo(codes[(i + Vector<ushort>.Count)..]);
        }

        for (; i < bytes.Length; i++)
        {
            codes[i] = bytes[i];
        }
    }

    private void Order(ReadOnlySpan<ushort> from, Span<ushort> to)
    {
        if (BigEndian == BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(from, to);
        }
        else
        {
            from.CopyTo(to);
        }
    }
}
