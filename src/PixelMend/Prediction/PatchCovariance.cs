using System.Numerics;
using PixelMend.Kernels;

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

    /// <summary>Samples that are added up as floats before they go into a double.</summary>
    private const int BlockSamples = 256;

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
        int padded = samples.PaddedStride;
        var sums = new double[padded * padded];
        var block = new float[padded * padded];
        double total = 0;
        for (int k = 0; k < chosen.Length; k += 4)
        {
            // Past the end the last row stands in, with no weight.
            int last = chosen.Length - 1;
            var rows = new FourRows
            {
                A = samples.PaddedRow(chosen[k]),
                B = samples.PaddedRow(chosen[Math.Min(k + 1, last)]),
                C = samples.PaddedRow(chosen[Math.Min(k + 2, last)]),
                D = samples.PaddedRow(chosen[Math.Min(k + 3, last)]),
                WeightA = weights[k],
                WeightB = k + 1 <= last ? weights[k + 1] : 0,
                WeightC = k + 2 <= last ? weights[k + 2] : 0,
                WeightD = k + 3 <= last ? weights[k + 3] : 0,
            };
            OuterProduct.Add(rows, samples.Stride, block);
            total += (double)rows.WeightA + rows.WeightB + rows.WeightC + rows.WeightD;
            if (k % BlockSamples == BlockSamples - 4 || k + 4 > last)
            {
                Flush(block, sums);
            }
        }

        return Mean<double>(sums, padded, samples.Neighbors, total);
    }

    /// <summary>From sums of weighted outer products.</summary>
    /// <param name="sums">Raster order; only what lies on and right of the diagonal is read.</param>
    /// <param name="padded">Values of a row of the sums.</param>
    /// <param name="neighbors">Neighbours of a patch.</param>
    /// <param name="total">Sum of the weights.</param>
    public static PatchCovariance Mean<T>(ReadOnlySpan<T> sums, int padded, int neighbors, double total)
        where T : INumberBase<T>
    {
        int stride = neighbors + 1;
        var mean = new double[stride * stride];
        for (int i = 0; i < stride; i++)
        {
            for (int j = i; j < stride; j++)
            {
                double moment = total > 0 ? double.CreateTruncating(sums[(i * padded) + j]) / total : 0;
                mean[(i * stride) + j] = moment;
                mean[(j * stride) + i] = moment;
            }
        }

        return new PatchCovariance(neighbors, mean);
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
    /// <param name="alien">
    /// For each neighbour, good or not, whether it is of another colour than the centre, whose mean is then unknown for itself: weights of all those sum
    /// to zero, so that the colour of the light does not matter. Empty to let all share one mean.
    /// </param>
    public double Solve(ReadOnlySpan<int> good, Span<double> weights, ReadOnlySpan<bool> alien = default)
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
            ReadOnlySpan<double> row = moments.AsSpan(good[i] * Stride, Stride);
            bool isAlien = !alien.IsEmpty && alien[good[i]];
            for (int j = 0; j < i; j++)
            {
                matrix[(i * n) + j] = row[good[j]] + (alien.IsEmpty || alien[good[j]] == isAlien ? MeanVariance : 0);
            }

            matrix[(i * n) + i] = row[good[i]] + MeanVariance + ridge;
            weights[i] = row[centre] + (isAlien ? 0 : MeanVariance);
        }

        Cholesky.Solve(matrix, n, weights);
        double variance = this[centre, centre];
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = moments.AsSpan(good[i] * Stride, Stride);
            double others = 0;
            for (int j = 0; j < i; j++)
            {
                others += weights[j] * row[good[j]];
            }

            variance += weights[i] * ((2 * (others - row[centre])) + (weights[i] * row[good[i]]));
        }

        return Math.Max(variance, 0);
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
