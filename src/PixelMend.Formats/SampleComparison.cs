using System.Runtime.InteropServices;
using PixelMend.Frames;

namespace PixelMend.Cli.Files;

/// <summary>Whether a written frame holds exactly what was meant, without building that frame: stretches between changes are compared whole.</summary>
internal static class SampleComparison
{
    /// <summary>The first photosite at which <paramref name="written"/> differs from <paramref name="frame"/> with <paramref name="changes"/>; null where none does.</summary>
    /// <param name="written">What was read back.</param>
    /// <param name="frame">The input.</param>
    /// <param name="changes">Sorted by row, then column, each photosite at most once.</param>
    public static (int X, int Y)? FirstDifference(RawFrame written, RawFrame frame, IReadOnlyList<SampleChange> changes)
    {
        if (written.Width != frame.Width || written.Height != frame.Height || (written.Codes is null) != (frame.Codes is null))
        {
            return (0, 0);
        }

        return frame.Codes is null
            ? FirstDifference(Bits(written), Bits(frame), frame.Width, changes, change => BitConverter.SingleToUInt32Bits(change.New))
            : FirstDifference<ushort>(written.Codes!.Samples, frame.Codes.Samples, frame.Width, changes, change => (ushort)change.New);
    }

    /// <summary>Floats are compared by their bits: NaN must stay the NaN it was.</summary>
    private static ReadOnlySpan<uint> Bits(RawFrame frame) => MemoryMarshal.Cast<float, uint>(frame.Values!.Samples);

    private static (int X, int Y)? FirstDifference<T>(
        ReadOnlySpan<T> written,
        ReadOnlySpan<T> before,
        int width,
        IReadOnlyList<SampleChange> changes,
        Func<SampleChange, T> sample
    )
        where T : unmanaged, IEquatable<T>
    {
        int start = 0;
        foreach (SampleChange change in changes)
        {
            int at = (change.Y * width) + change.X;
            int same = written[start..at].CommonPrefixLength(before[start..at]);
            if (start + same < at)
            {
                return ((start + same) % width, (start + same) / width);
            }

            if (!written[at].Equals(sample(change)))
            {
                return (change.X, change.Y);
            }

            start = at + 1;
        }

        int rest = written[start..].CommonPrefixLength(before[start..]);
        return start + rest == before.Length ? null : ((start + rest) % width, (start + rest) / width);
    }
}
