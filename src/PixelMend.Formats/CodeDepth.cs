using System.Numerics;
using System.Runtime.InteropServices;
using PixelMend.Frames;

namespace PixelMend.Formats;

/// <summary>Bits of samples where a file does not state them, and of containers that must hold them.</summary>
internal static class CodeDepth
{
    /// <summary>Bits per sample of the converters in use; fewer than ten come in one byte.</summary>
    private static readonly int[] Converters = [10, 12, 14, 16];

    /// <summary>
    /// Bits of the converter that samples in a 16-bit container come from: the fewest of 10, 12, 14 and 16 that hold the largest.
    /// A frame far from saturation may come out too small, which scales its levels and changes no sample.
    /// </summary>
    public static int Infer(ReadOnlySpan<ushort> codes) => Infer(Largest(codes));

    /// <summary>The same from the largest sample.</summary>
    public static int Infer(int largest) => Converters.First(bits => largest < 1 << bits);

    /// <summary>Bits that samples take.</summary>
    public static int Needed(ReadOnlySpan<ushort> codes) => 32 - BitOperations.LeadingZeroCount((uint)Largest(codes));

    /// <summary>The largest code of the converter that a largest sample of up to 16 bits comes from.</summary>
    public static int LargestCode(float largest) => (1 << Infer((int)largest)) - 1;

    /// <summary>
    /// The integer samples of a frame that a plain container is to hold, and the bits it needs: the frame's own, or 8 or 16 where stored samples exceed them.
    /// </summary>
    /// <exception cref="NotSupportedException">The frame is float, or its codes are not linear, which a plain container cannot say.</exception>
    public static (Plane<ushort> Codes, int Bits) ForWriting(RawFrame frame, string format)
    {
        if (frame.Codes is null)
        {
            throw new NotSupportedException($"{format} holds integer samples of up to 16 bits; write FITS for float samples");
        }

        if (!frame.Linearization.IsEmpty)
        {
            throw new NotSupportedException($"{format} cannot say that samples are not linear; write DNG");
        }

        int largest = Largest(frame.Codes.Samples);
        return (
            frame.Codes,
            largest < 1 << frame.BitDepth ? frame.BitDepth
            : largest < 1 << 8 ? 8
            : 16
        );
    }

    /// <summary>The largest sample.</summary>
    public static int Largest(ReadOnlySpan<ushort> codes)
    {
        ReadOnlySpan<Vector<ushort>> vectors = MemoryMarshal.Cast<ushort, Vector<ushort>>(codes);
        Vector<ushort> most = default;
        foreach (Vector<ushort> vector in vectors)
        {
            most = Vector.Max(most, vector);
        }

        ushort largest = 0;
        for (int i = 0; i < Vector<ushort>.Count; i++)
        {
            largest = Math.Max(largest, most[i]);
        }

        foreach (ushort code in codes[(vectors.Length * Vector<ushort>.Count)..])
        {
            largest = Math.Max(largest, code);
        }

        return largest;
    }
}
