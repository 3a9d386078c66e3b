using System.Numerics;
using System.Runtime.CompilerServices;

namespace PixelMend.Formats.Dng;

/// <summary>What differences are written as: the code of their class, the number of bits of their magnitude, with their extra bits behind it.</summary>
internal sealed class DifferenceCode
{
    /// <summary>Differences have 0 to 16 bits.</summary>
    public const int Classes = 17;

    private const int LengthShift = 32;
    private const int MaskShift = 48;

    /// <summary>By class, for one load: the code with room for the extra bits below it, the length of both, and from <see cref="MaskShift"/> on the extra bits' mask.</summary>
    private readonly ulong[] entries = new ulong[32];

    /// <param name="code">Codes by class.</param>
    public DifferenceCode(HuffmanCode code)
    {
        for (int c = 0; c < Classes; c++)
        {
            // The one difference of 16 bits carries no extra bits.
            int extra = c == 16 ? 0 : c;
            ulong mask = (1UL << extra) - 1;
            entries[c] = (mask << MaskShift) | ((ulong)(code.Length(c) + extra) << LengthShift) | ((ulong)code.Code(c) << extra);
        }
    }

    /// <summary>Bits of a difference's magnitude.</summary>
    /// <param name="difference">−32768 to 32767.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Class(int difference)
    {
        int sign = difference >> 31;
        return 32 - BitOperations.LeadingZeroCount((uint)((difference ^ sign) - sign));
    }

    /// <summary>The bits of a difference, at most 31.</summary>
    /// <param name="difference">−32768 to 32767.</param>
    /// <param name="length">How many there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Bits(int difference, out int length)
    {
        ulong entry = entries[Class(difference) & 31];
        length = (int)(entry >> LengthShift) & 0xFF;
        // Negative ones are written less 1: their first bit is then 0.
        return (uint)entry | (uint)((difference + (difference >> 31)) & (int)(entry >> MaskShift));
    }
}
