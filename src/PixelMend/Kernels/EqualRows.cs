using System.Numerics;

namespace PixelMend.Kernels;

/// <summary>Finds the columns in which some rows all read the same.</summary>
internal static class EqualRows
{
    /// <summary>Compares stretches of rows.</summary>
    /// <param name="plane">Samples.</param>
    /// <param name="first">The first photosite of the first row.</param>
    /// <param name="stride">Samples from one row to the next.</param>
    /// <param name="rows">Number of rows; at least two.</param>
    /// <param name="columns">Set where all rows read the same; as many as are compared. Others stay as they are.</param>
    public static void Find(ReadOnlySpan<ushort> plane, int first, int stride, int rows, Span<bool> columns)
    {
        int i = 0;
        for (; i <= columns.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            var same = Vector<ushort>.AllBitsSet;
            var above = new Vector<ushort>(plane[(first + i)..]);
            for (int row = 1; row < rows && same != Vector<ushort>.Zero; row++)
            {
                same &= Vector.Equals(above, new Vector<ushort>(plane[(first + (row * stride) + i)..]));
            }

            for (int lane = 0; lane < Vector<ushort>.Count && same != Vector<ushort>.Zero; lane++)
            {
                Set(ref columns[i + lane], same[lane] != 0);
            }
        }

        Reference(plane, first, stride, rows, i, columns);
    }

    /// <summary>The same one by one, from a column on.</summary>
    internal static void Reference(ReadOnlySpan<ushort> plane, int first, int stride, int rows, int from, Span<bool> columns)
    {
        for (int i = from; i < columns.Length; i++)
        {
            bool same = true;
            for (int row = 1; row < rows; row++)
            {
                same &= plane[first + i] == plane[first + (row * stride) + i];
            }

            Set(ref columns[i], same);
        }
    }

    /// <summary>Never writes what may have been set by another thread in the meantime.</summary>
    private static void Set(ref bool column, bool same)
    {
        if (same)
        {
            column = true;
        }
    }
}
