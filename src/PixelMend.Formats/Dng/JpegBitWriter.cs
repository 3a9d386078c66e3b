using System.Buffers.Binary;

namespace PixelMend.Formats.Dng;

/// <summary>Writes JPEG markers and entropy-coded bits, with a zero stuffed after each 0xFF of the latter.</summary>
internal sealed class JpegBitWriter(int capacity)
{
    private byte[] bytes = new byte[Math.Max(capacity, 256)];
    private int length;
    private uint pending;
    private int pendingBits;

    /// <summary>Writes the low <paramref name="count"/> bits (at most 16), highest first.</summary>
    public void Write(int bits, int count)
    {
        pending = (pending << count) | (uint)bits;
        pendingBits += count;
        while (pendingBits >= 8)
        {
            pendingBits -= 8;
            Stuffed((byte)(pending >> pendingBits));
        }
    }

    /// <summary>Fills the last byte with ones.</summary>
    public void Align()
    {
        if (pendingBits > 0)
        {
            int missing = 8 - pendingBits;
            Write((1 << missing) - 1, missing);
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

    private void Stuffed(byte value)
    {
        Reserve(2);
        bytes[length++] = value;
        if (value == 0xFF)
        {
            bytes[length++] = 0;
        }
    }

    private void Reserve(int count)
    {
        if (length + count > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(length + count, bytes.Length * 2));
        }
    }
}
