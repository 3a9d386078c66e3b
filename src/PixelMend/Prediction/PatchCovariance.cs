namespace PixelMend.Prediction;

/// <summary>
/// Second moments of patches (neighbours, then the centre) about the neighbours' mean. They answer every question of the form
/// "what does the centre read, given these good neighbours?" by one small linear solve: single defects, clusters, whole columns, borders are the same formula.
/// Predictions are weighted means of the good neighbours: the weights sum to one (kriging with an unknown mean).
/// </summary>
internal sealed class PatchCovariance
{
    /// <summary>Makes the weights sum to one: the variance of the unknown mean, far above that of anything in a patch.</summary>
    private const double MeanVariance = 1e4;

    /// <summary>Keeps the solve regular, as a part of the mean variance of a neighbour.</summary>
    private const double Ridge = 1e-5;

    private readonly double[] moments;

    private PatchCovariance(int neighbors, double[] moments)
    {
        Neighbors = neighbors;
        this.moments = moments;
    }

    public int Neighbors { get; }

    private int Stride => Neighbors + 1;

    private double this[int i, int j] => moments[(i * Stride) + j];

    /// <summary>Weighted mean of the outer products of the samples' rows.</summary>
    /// <param name="samples">Rows to learn from.</param>
    /// <param name="chosen">Indices of the rows to use.</param>
    /// <param name="weights">One weight per chosen row.</param>
    public static PatchCovariance Of(PatchSamples samples, ReadOnlySpan<int> chosen, ReadOnlySpan<float> weights)
    {
        int stride = samples.Stride;
        var mean = new double[stride * stride];
        var block = new float[stride * stride];
        double total = 0;
        for (int k = 0; k < chosen.Length; k++)
        {
            AddOuterProduct(samples.Row(chosen[k]), weights[k], block);
            total += weights[k];
            if (k % 256 == 255 || k == chosen.Length - 1)
            {
                Flush(block, mean);
            }
        }

        for (int i = 0; i < stride; i++)
        {
            for (int j = i; j < stride; j++)
            {
                double moment = total > 0 ? mean[(i * stride) + j] / total : 0;
                mean[(i * stride) + j] = moment;
                mean[(j * stride) + i] = moment;
            }
        }

        return new PatchCovariance(samples.Neighbors, mean);
    }

    /// <summary>share · this + (1 − share) · other.</summary>
    public PatchCovariance Mix(PatchCovariance other, double share)
    {
        var mixed = new double[moments.Length];
        for (int i = 0; i < mixed.Length; i++)
        {
            mixed[i] = (share * moments[i]) + ((1 - share) * other.moments[i]);
        }

        return new PatchCovariance(Neighbors, mixed);
    }

    /// <summary>
    /// The best weights for the good neighbours, and the variance of what they leave unexplained (in units of the patch's spread squared).
    /// </summary>
    /// <param name="good">Indices of the good neighbours; at least one.</param>
    /// <param name="weights">Receives one weight per good neighbour.</param>
    public double Solve(ReadOnlySpan<int> good, Span<double> weights)
    {
        int n = good.Length;
        int centre = Neighbors;
        double trace = 0;
        foreach (int i in good)
        {
            trace += this[i, i];
        }

        double ridge = (Ridge * trace / n) + 1e-12;
        var matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                matrix[(i * n) + j] = this[good[i], good[j]] + MeanVariance + (i == j ? ridge : 0);
            }

            weights[i] = this[good[i], centre] + MeanVariance;
        }

        Cholesky.Solve(matrix, n, weights);
        double variance = this[centre, centre];
        for (int i = 0; i < n; i++)
        {
            variance -= 2 * weights[i] * this[good[i], centre];
            for (int j = 0; j < n; j++)
            {
                variance += weights[i] * weights[j] * this[good[i], good[j]];
            }
        }

        return Math.Max(variance, 0);
    }

    private static void AddOuterProduct(ReadOnlySpan<float> row, float weight, Span<float> block)
    {
        int stride = row.Length;
        for (int i = 0; i < stride; i++)
        {
            Kernels.AddScaled.Run(row[i..], weight * row[i], block.Slice((i * stride) + i, stride - i));
        }
    }

    /// <summary>Floats add up in short blocks only, so that thousands of samples lose nothing to rounding.</summary>
    private static void Flush(Span<float> block, Span<double> sums)
    {
        for (int i = 0; i < block.Length; i++)
        {
            sums[i] += block[i];
        }

        block.Clear();
    }
}
