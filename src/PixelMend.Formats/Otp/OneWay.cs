namespace PixelMend.Formats.Otp;

/// <summary>Proves that a memory can be programmed from one content to another.</summary>
public static class OneWay
{
    /// <summary>Refuses a new content that needs a programmed bit back.</summary>
    /// <param name="before">What the memory holds.</param>
    /// <param name="after">What it is to hold.</param>
    /// <param name="erasedIsZero">Whether bits start at 0 and are programmed to 1; else from 1 to 0.</param>
    /// <exception cref="ArgumentException">The sizes differ, or a bit would have to go back; the message names the first.</exception>
    public static void Check(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, bool erasedIsZero)
    {
        if (before.Length != after.Length)
        {
            throw new ArgumentException($"The memory has {before.Length} bytes, not {after.Length}.", nameof(after));
        }

        for (int i = 0; i < before.Length; i++)
        {
            int back = erasedIsZero ? before[i] & ~after[i] : ~before[i] & after[i];
            if (back != 0)
            {
                throw new ArgumentException(
                    $"Byte {i} would go from 0x{before[i]:X2} to 0x{after[i]:X2}, which a one-time-programmable memory cannot do.",
                    nameof(after)
                );
            }
        }
    }
}
