using System.Buffers.Binary;

namespace PixelMend.Formats.Dng;

/// <summary>Writes JPEG markers and entropy-coded bits, with a zero stuffed after each 0xFF of the latter.</summary>
internal sealed class JpegBitWriter(int capacity)
{
    private byte[] bytes = new byte[Math.Max(capacity, 256)];
    private int length;

    /// <summary>Coded bytes of a row before they are stuffed.</summary>
    private byte[] coded = [];

    /// <summary>Bits that fill no byte yet are the lowest of these.</summary>
    private ulong pending;
    private int pendingBits;

    /// <summary>Writes differences, component by component in turn.</summary>
    public void Write(ReadOnlySpan<ushort> differences, DifferenceCode[] codes)
    {
        int most = (differences.Length * sizeof(uint)) + sizeof(ulong);
        if (coded.Length < most)
        {
            coded = new byte[most];
        }

        // In locals and without a branch: each difference is written with all that waits, and the next one over what of it fills no byte.
        Span<byte> target = coded;
        (ulong waiting, int count) = (pending, pendingBits);
        int at = 0;
        int component = 0;
        foreach (ushort difference in differences)
        {
            uint bits = codes[component].Bits((short)difference, out int bitCount);
            component = component + 1 == codes.Length ? 0 : component + 1;
            waiting = (waiting << bitCount) | bits;
            count += bitCount;
            BinaryPrimitives.WriteUInt64BigEndian(target[at..], waiting << (64 - count));
            at += count >> 3;
            count &= 7;
        }

        (pending, pendingBits) = (waiting, count);
        Stuff(target[..at]);
    }

    /// <summary>Fills the last byte with ones.</summary>
    public void Align()
    {
        if (pendingBits > 0)
        {
            int missing = 8 - pendingBits;
            Stuff([(byte)((pending << missing) | ((1u << missing) - 1))]);
            pendingBits = 0;
        }
    }

    /// <summary>A marker without a body.</summary>
    public void Marker(byte marker)
    {
        Reserve(2);
        bytes[length++] = 0xFF;
        bytes[length++] = marker;
    }

    /// <summary>A marker with a body; its length is written before it.</summary>
    public void Marker(byte marker, ReadOnlySpan<byte> body)
    {
        Marker(marker);
        Reserve(2 + body.Length);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(length), (ushort)(body.Length + 2));
        body.CopyTo(bytes.AsSpan(length + 2));
        length += 2 + body.Length;
    }

    /// <summary>Everything written.</summary>
    public byte[] ToArray() => bytes.AsSpan(0, length).ToArray();

    private void Stuff(ReadOnlySpan<byte> data)
    {
        Reserve(2 * data.Length);
        for (int run; (run = data.IndexOf((byte)0xFF)) >= 0; data = data[(run + 1)..])
        {
            data[..(run + 1)].CopyTo(bytes.AsSpan(length));
            length += run + 1;
            bytes[length++] = 0;
        }

        data.CopyTo(bytes.AsSpan(length));
        length += data.Length;
    }

    private void Reserve(int count)
    {
        if (length + count > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(length + count, bytes.Length * 2));
        }
    }
}
