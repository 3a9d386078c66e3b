using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Prediction;

/// <summary>Solves symmetric positive definite systems of a few dozen unknowns.</summary>
internal static class Cholesky
{
    /// <summary>Solves A x = b.</summary>
    /// <param name="matrix">A, n × n in raster order; only its lower triangle is read, and overwritten by the factor.</param>
    /// <param name="n">Unknowns.</param>
    /// <param name="rightSide">b, replaced by x.</param>
    public static void Solve(Span<double> matrix, int n, Span<double> rightSide)
    {
        for (int j = 0; j < n; j++)
        {
            ReadOnlySpan<double> pivotRow = matrix.Slice(j * n, j);
            for (int i = j; i < n; i++)
            {
                double sum = matrix[(i * n) + j] - Dot(matrix.Slice(i * n, j), pivotRow);

                // A pivot lost to rounding means a redundant neighbour: give it no weight rather than an absurd one.
                matrix[(i * n) + j] = i == j ? Math.Sqrt(sum > 0 ? sum : double.MaxValue) : sum / matrix[(j * n) + j];
            }
        }

        for (int i = 0; i < n; i++)
        {
            rightSide[i] = (rightSide[i] - Dot(matrix.Slice(i * n, i), rightSide)) / matrix[(i * n) + i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            double sum = rightSide[i];
            for (int k = i + 1; k < n; k++)
            {
                sum -= matrix[(k * n) + i] * rightSide[k];
            }

            rightSide[i] = sum / matrix[(i * n) + i];
        }
    }

    /// <summary>Σ a[k] · b[k] over all of the first, in lanes of 256 bits on every machine, so that all add up in the same order.</summary>
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref double first = ref MemoryMarshal.GetReference(a);
        ref double second = ref MemoryMarshal.GetReference(b[..a.Length]);
        int lanes = Vector256<double>.Count;
        Vector256<double> even = default;
        Vector256<double> odd = default;
        int k = 0;
        for (; k <= a.Length - (2 * lanes); k += 2 * lanes)
        {
            even += Vector256.LoadUnsafe(ref first, (nuint)k) * Vector256.LoadUnsafe(ref second, (nuint)k);
            odd += Vector256.LoadUnsafe(ref first, (nuint)(k + lanes)) * Vector256.LoadUnsafe(ref second, (nuint)(k + lanes));
        }

        double sum = Vector256.Sum(even + odd);
        for (; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }
}
