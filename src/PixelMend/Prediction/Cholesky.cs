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
            for (int i = j; i < n; i++)
            {
                double sum = matrix[(i * n) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= matrix[(i * n) + k] * matrix[(j * n) + k];
                }

                // A pivot lost to rounding means a redundant neighbour: give it no weight rather than an absurd one.
                matrix[(i * n) + j] = i == j ? Math.Sqrt(sum > 0 ? sum : double.MaxValue) : sum / matrix[(j * n) + j];
            }
        }

        for (int i = 0; i < n; i++)
        {
            double sum = rightSide[i];
            for (int k = 0; k < i; k++)
            {
                sum -= matrix[(i * n) + k] * rightSide[k];
            }

            rightSide[i] = sum / matrix[(i * n) + i];
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
}
