using System.Numerics;

namespace PixelMend.Formats.Ser;

/// <summary>
/// The byte order of 16-bit samples. The format has a mark for it, LittleEndian, but the first programs set it the wrong way round and later
/// ones followed, so that 0 mostly means low byte first; some keep to the letter. So the samples are looked at: in the wrong order, neighbours
/// differ wildly. Where samples say nothing, the mark counts in its customary meaning.
/// </summary>
internal static class SerByteOrder
{
    /// <summary>Neighbours must differ this many times as much in the wrong order.</summary>
    private const double Clear = 4;

    /// <summary>Fewer pairs of neighbours prove nothing.</summary>
    private const int LeastPairs = 1000;

    /// <summary>So many rows of a large frame tell as much as all of them.</summary>
    private const int MostRows = 256;

    /// <summary>Whether the high byte comes first, and a note where that is not what the mark means.</summary>
    public static (bool BigEndian, string? Note) Of(SerHeader header, ReadOnlySpan<byte> frame, ReadOptions options)
    {
        bool marked = header.Mark != 0;
        if (header.Depth <= 8)
        {
            return (false, null);
        }

        if (options.BigEndian is bool told)
        {
            return (told, null);
        }

        bool seen = Look(header, frame) ?? marked;
        return (
            seen,
            seen == marked
                ? null
                : $"16-bit samples are read {(seen ? "high" : "low")} byte first, against the file's mark; --endian overrules"
        );
    }

    /// <summary>Null where the samples do not tell.</summary>
    private static bool? Look(SerHeader header, ReadOnlySpan<byte> frame)
    {
        (double little, double big) = (Roughness(header, frame, bigEndian: false), Roughness(header, frame, bigEndian: true));
        // Where one byte of all samples is the same, the other order only stretches them: 8-bit samples scaled up, or the dark.
        return (long)header.Width * header.Height < LeastPairs || HasConstantByte(frame) ? null
            : big > Clear * little ? false
            : little > Clear * big ? true
            : null;
    }

    /// <summary>Sum of differences between neighbours of one colour, over rows from all over the frame.</summary>
    private static double Roughness(SerHeader header, ReadOnlySpan<byte> frame, bool bigEndian)
    {
        var coding = new SampleCoding(sizeof(ushort), bigEndian);
        var row = new ushort[header.Width];
        int step = Math.Max(1, header.Height / MostRows);
        double sum = 0;
        for (int y = 0; y < header.Height; y += step)
        {
            coding.Decode(frame[(y * header.Width * sizeof(ushort))..], row);
            sum += Roughness(row);
        }

        return sum;
    }

    private static long Roughness(ReadOnlySpan<ushort> row)
    {
        long sum = 0;
        int x = 2;
        for (; x <= row.Length - Vector<ushort>.Count; x += Vector<ushort>.Count)
        {
            var here = new Vector<ushort>(row[x..]);
            var before = new Vector<ushort>(row[(x - 2)..]);
            Vector.Widen(Vector.Max(here, before) - Vector.Min(here, before), out Vector<uint> low, out Vector<uint> high);
            sum += Vector.Sum(low + high);
        }

        for (; x < row.Length; x++)
        {
            sum += Math.Abs(row[x] - row[x - 2]);
        }

        return sum;
    }

    /// <summary>Of most frames the first few samples tell that there is none.</summary>
    private static bool HasConstantByte(ReadOnlySpan<byte> frame)
    {
        (byte low, byte high) = (0, 0);
        for (int i = 0; i + 1 < frame.Length && (low == 0 || high == 0); i += 2)
        {
            low |= (byte)(frame[i] ^ frame[0]);
            high |= (byte)(frame[i + 1] ^ frame[1]);
        }

        return low == 0 || high == 0;
    }
}
