using System.Buffers.Binary;

namespace PixelMend.Fuzz;

/// <summary>Damages files in the ways that parsers are known to fall over; the same seed gives the same damage.</summary>
internal sealed class Mutator(int seed)
{
    private const int MostSteps = 8;

    /// <summary>Numbers at the edges of types and sizes.</summary>
    private static readonly uint[] Edges =
    [
        0,
        1,
        2,
        16,
        127,
        128,
        255,
        256,
        4096,
        32767,
        32768,
        65535,
        65536,
        int.MaxValue,
        1u << 31,
        uint.MaxValue,
    ];

    private readonly Random random = new(seed);

    /// <summary>A damaged copy.</summary>
    /// <param name="file">What to damage.</param>
    /// <param name="other">A file to take a piece from.</param>
    public byte[] Mutate(byte[] file, byte[] other)
    {
        byte[] result = [.. file];
        for (int step = random.Next(1, MostSteps + 1); step > 0; step--)
        {
            result = Step(result, other);
        }

        return result.Length <= Bounds.InputBytes ? result : result[..Bounds.InputBytes];
    }

    private byte[] Step(byte[] file, byte[] other)
    {
        if (file.Length == 0)
        {
            return [(byte)random.Next(256)];
        }

        int at = random.Next(file.Length);
        int count = Math.Min(file.Length - at, 1 << random.Next(8));
        switch (random.Next(9))
        {
            case 0:
                file[at] ^= (byte)(1 << random.Next(8));
                return file;
            case 1:
                file[at] = (byte)random.Next(256);
                return file;
            case 2:
                file[at] += (byte)random.Next(-16, 17);
                return file;
            case 3:
                Overwrite(file.AsSpan(at), Edges[random.Next(Edges.Length)] + (uint)random.Next(-1, 2));
                return file;
            case 4:
                Overwrite(file.AsSpan(at), (uint)random.Next(file.Length * 2));
                return file;
            case 5:
                return [.. file.AsSpan(0, at), .. file.AsSpan(at + count)];
            case 6:
                return [.. file.AsSpan(0, at), .. file.AsSpan(at, count), .. file.AsSpan(at)];
            case 7:
                file.AsSpan(random.Next(file.Length - count + 1), count).CopyTo(file.AsSpan(at));
                return file;
            default:
                return Splice(file, at, other);
        }
    }

    /// <summary>A number of one, two or four bytes in either order.</summary>
    private void Overwrite(Span<byte> place, uint value)
    {
        if (place.Length < 4)
        {
            place[0] = (byte)value;
            return;
        }

        switch (random.Next(4))
        {
            case 0:
                BinaryPrimitives.WriteUInt32LittleEndian(place, value);
                break;
            case 1:
                BinaryPrimitives.WriteUInt32BigEndian(place, value);
                break;
            case 2:
                BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)value);
                break;
            default:
                BinaryPrimitives.WriteUInt16BigEndian(place, (ushort)value);
                break;
        }
    }

    private byte[] Splice(byte[] file, int at, byte[] other)
    {
        int from = random.Next(other.Length + 1);
        int count = Math.Min(other.Length - from, 1 << random.Next(8));
        if (random.Next(2) == 0)
        {
            other.AsSpan(from, Math.Min(count, file.Length - at)).CopyTo(file.AsSpan(at));
            return file;
        }

        return [.. file.AsSpan(0, at), .. other.AsSpan(from, count), .. file.AsSpan(at)];
    }
}
