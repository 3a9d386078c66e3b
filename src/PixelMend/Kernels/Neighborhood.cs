namespace PixelMend.Kernels;

/// <summary>The one bounds check of kernels that reach from an origin to neighbouring rows of a plane.</summary>
internal static class Neighborhood
{
    /// <exception cref="ArgumentOutOfRangeException">A neighbour's row leaves the plane.</exception>
    public static void Check<T>(ReadOnlySpan<T> plane, int origin, ReadOnlySpan<int> offsets, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(origin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)origin + length, plane.Length);
        foreach (int offset in offsets)
        {
            ArgumentOutOfRangeException.ThrowIfNegative((long)origin + offset, nameof(offsets));
            ArgumentOutOfRangeException.ThrowIfGreaterThan((long)origin + offset + length, plane.Length, nameof(offsets));
        }
    }
}
