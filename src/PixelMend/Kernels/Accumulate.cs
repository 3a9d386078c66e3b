using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>
/// Adds a row to running sums: of values and of squares in double precision, exact for codes of 16 bits, and the least and largest value of each place.
/// Doubling the lane size, it steps by 256 bits on every machine, like <see cref="Widen"/> element by element, so that all machines give the same bits.
/// </summary>
internal static class Accumulate
{
    /// <summary>All spans are as long as <paramref name="row"/>, whose values must be numbers.</summary>
    public static void Run(ReadOnlySpan<float> row, Span<double> sums, Span<double> squares, Span<float> least, Span<float> most)
    {
        int length = row.Length;
        CheckLengths(length, sums, squares, least, most);
        ref float source = ref MemoryMarshal.GetReference(row);
        ref double sum = ref MemoryMarshal.GetReference(sums);
        ref double square = ref MemoryMarshal.GetReference(squares);
        ref float low = ref MemoryMarshal.GetReference(least);
        ref float high = ref MemoryMarshal.GetReference(most);
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var at = (nuint)i;
                Vector256<float> x = Vector256.LoadUnsafe(ref source, at);
                Vector256.Min(x, Vector256.LoadUnsafe(ref low, at)).StoreUnsafe(ref low, at);
                Vector256.Max(x, Vector256.LoadUnsafe(ref high, at)).StoreUnsafe(ref high, at);
                (Vector256<double> first, Vector256<double> second) = Vector256.Widen(x);
                Add(first, ref sum, ref square, at);
                Add(second, ref sum, ref square, at + (nuint)Vector256<double>.Count);
            }
        }

        Reference(row[i..], sums[i..], squares[i..], least[i..], most[i..]);
    }

    /// <summary>The same one by one.</summary>
    internal static void Reference(ReadOnlySpan<float> row, Span<double> sums, Span<double> squares, Span<float> least, Span<float> most)
    {
        for (int i = 0; i < row.Length; i++)
        {
            double x = row[i];
            sums[i] += x;
            squares[i] += x * x;
            least[i] = MathF.Min(least[i], row[i]);
            most[i] = MathF.Max(most[i], row[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<double> x, ref double sum, ref double square, nuint at)
    {
        (Vector256.LoadUnsafe(ref sum, at) + x).StoreUnsafe(ref sum, at);
        (Vector256.LoadUnsafe(ref square, at) + (x * x)).StoreUnsafe(ref square, at);
    }

    private static void CheckLengths(
        int length,
        ReadOnlySpan<double> sums,
        ReadOnlySpan<double> squares,
        ReadOnlySpan<float> least,
        ReadOnlySpan<float> most
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sums.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(squares.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(least.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(most.Length, length);
    }
}
