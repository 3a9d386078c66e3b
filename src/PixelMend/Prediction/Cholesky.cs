using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Prediction;

/// <summary>Solves symmetric positive definite systems of a few dozen unknowns. Vectors have 256 bits on every machine, so that all add up in the same order.</summary>
internal static class Cholesky
{
    private static readonly int Lanes = Vector256<double>.Count;

    /// <summary>Solves A x = b.</summary>
    /// <param name="matrix">A, n × n in raster order; only its upper triangle is read, and overwritten by the factor, all else by anything.</param>
    /// <param name="n">Unknowns.</param>
    /// <param name="rightSide">b, replaced by x.</param>
    public static void Solve(Span<double> matrix, int n, Span<double> rightSide)
    {
        matrix = matrix[..(n * n)];
        rightSide = rightSide[..n];
        for (int k = 0; k < n; k++)
        {
            Reduce(matrix, n, k);
            Span<double> row = matrix.Slice((k * n) + k, n - k);

            // A pivot lost to rounding means a redundant neighbour: give it no weight rather than an absurd one.
            row[0] = Math.Sqrt(row[0] > 0 ? row[0] : double.MaxValue);
            double inverse = 1 / row[0];
            double known = rightSide[k] * inverse;
            rightSide[k] = known;
            for (int j = 1; j < row.Length; j++)
            {
                row[j] *= inverse;
                rightSide[k + j] -= known * row[j];
            }
        }

        for (int i = n - 1; i >= 0; i--)
        {
            Span<double> row = matrix.Slice((i * n) + i, n - i);
            rightSide[i] = (rightSide[i] - Dot(row[1..], rightSide[(i + 1)..])) / row[0];
        }
    }

    /// <summary>Takes from row <paramref name="k"/> what the factor's rows before it explain; whole vectors, so that some places left of the diagonal change too.</summary>
    private static void Reduce(Span<double> matrix, int n, int k)
    {
        ref double start = ref MemoryMarshal.GetReference(matrix);
        ref double factors = ref Unsafe.Add(ref start, k);
        int j = k / Lanes * Lanes;
        for (; j <= n - (4 * Lanes); j += 4 * Lanes)
        {
            ref double target = ref Unsafe.Add(ref start, (k * n) + j);
            var a = Vector256.LoadUnsafe(ref target);
            var b = Vector256.LoadUnsafe(ref target, (nuint)Lanes);
            var c = Vector256.LoadUnsafe(ref target, (nuint)(2 * Lanes));
            var d = Vector256.LoadUnsafe(ref target, (nuint)(3 * Lanes));
            for (int p = 0; p < k; p++)
            {
                var factor = Vector256.Create(Unsafe.Add(ref factors, p * n));
                ref double source = ref Unsafe.Add(ref start, (p * n) + j);
                a -= factor * Vector256.LoadUnsafe(ref source);
                b -= factor * Vector256.LoadUnsafe(ref source, (nuint)Lanes);
                c -= factor * Vector256.LoadUnsafe(ref source, (nuint)(2 * Lanes));
                d -= factor * Vector256.LoadUnsafe(ref source, (nuint)(3 * Lanes));
            }

            a.StoreUnsafe(ref target);
            b.StoreUnsafe(ref target, (nuint)Lanes);
            c.StoreUnsafe(ref target, (nuint)(2 * Lanes));
            d.StoreUnsafe(ref target, (nuint)(3 * Lanes));
        }

        for (; j <= n - Lanes; j += Lanes)
        {
            ref double target = ref Unsafe.Add(ref start, (k * n) + j);
            var a = Vector256.LoadUnsafe(ref target);
            for (int p = 0; p < k; p++)
            {
                a -= Vector256.Create(Unsafe.Add(ref factors, p * n)) * Vector256.LoadUnsafe(ref start, (nuint)((p * n) + j));
            }

            a.StoreUnsafe(ref target);
        }

        for (; j < n; j++)
        {
            for (int p = 0; p < k; p++)
            {
                matrix[(k * n) + j] -= matrix[(p * n) + k] * matrix[(p * n) + j];
            }
        }
    }

    /// <summary>Σ a[k] · b[k] over all of the first.</summary>
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector256<double> sums = default;
        int k = 0;
        for (; k <= a.Length - Lanes; k += Lanes)
        {
            sums += Vector256.Create(a[k..]) * Vector256.Create(b[k..]);
        }

        double sum = Vector256.Sum(sums);
        for (; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }
}
