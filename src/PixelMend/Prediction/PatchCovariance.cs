using System.Buffers;
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

    /// <summary>Samples that are added up as floats before they go into a double, so that thousands lose nothing to rounding.</summary>
    private const int BlockSamples = 256;

    /// <summary>From a value's samples to the next value's: a little more than a block, for lines of the cache that are whole powers of two apart share a place.</summary>
    private const int BlockStride = BlockSamples + SecondMoments.Lanes;

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
        int padded = SecondMoments.Padded(samples.Stride);
        var sums = new double[padded * padded];
        using var block = new RentedFloats(padded * BlockStride);
        block.Span.Clear();
        double total = 0;
        for (int from = 0; from < chosen.Length; from += BlockSamples)
        {
            int count = Math.Min(BlockSamples, chosen.Length - from);
            int whole = (count + SecondMoments.Lanes - 1) / SecondMoments.Lanes * SecondMoments.Lanes;
            for (int k = 0; k < whole; k++)
            {
                // Past the end the last sample stands in, with no weight.
                float weight = k < count ? weights[from + k] : 0;
                total += weight;
                samples.CopyTo(chosen[from + Math.Min(k, count - 1)], MathF.Sqrt(weight), block.Span[k..], BlockStride);
            }

            SecondMoments.Add(block.Span, BlockStride, whole, padded, sums);
        }

        return Mean(sums, padded, total, Nothing(samples.Neighbors), total > 0 ? 0 : 1);
    }

    /// <summary>From sums of weighted products of values, together with moments that count as much as some samples.</summary>
    /// <param name="sums">Raster order; only what lies on and right of the diagonal is read.</param>
    /// <param name="padded">Values of a row of the sums.</param>
    /// <param name="total">Sum of the weights.</param>
    /// <param name="prior">What else is known.</param>
    /// <param name="priorWeight">Its weight in samples; above zero where there are none.</param>
    public static PatchCovariance Mean(ReadOnlySpan<double> sums, int padded, double total, PatchCovariance prior, double priorWeight)
    {
        int stride = prior.Stride;
        var mean = new double[stride * stride];
        double scale = 1 / (total + priorWeight);
        for (int i = 0; i < stride; i++)
        {
            for (int j = i; j < stride; j++)
            {
                double moment = (sums[(i * padded) + j] + (priorWeight * prior.moments[(i * stride) + j])) * scale;
                mean[(i * stride) + j] = moment;
                mean[(j * stride) + i] = moment;
            }
        }

        return new PatchCovariance(prior.Neighbors, mean);
    }

    /// <summary>Moments of which nothing is known.</summary>
    private static PatchCovariance Nothing(int neighbors) => new(neighbors, new double[(neighbors + 1) * (neighbors + 1)]);

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

    /// <summary>The best weights for the good neighbours.</summary>
    /// <param name="good">Indices of the good neighbours; at least one.</param>
    /// <param name="weights">Receives one weight per good neighbour.</param>
    /// <param name="alien">
    /// For each neighbour, good or not, whether it is of another colour than the centre, whose mean is then unknown for itself: weights of all those sum
    /// to zero, so that the colour of the light does not matter. Empty to let all share one mean.
    /// </param>
    public void Solve(ReadOnlySpan<int> good, Span<double> weights, ReadOnlySpan<bool> alien = default)
    {
        int n = good.Length;
        int centre = Neighbors;
        double trace = 0;
        foreach (int i in good)
        {
            trace += this[i, i];
        }

        double ridge = (Ridge * trace / n) + 1e-12;
        double[] matrix = ArrayPool<double>.Shared.Rent(n * n);
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = moments.AsSpan(good[i] * Stride, Stride);
            bool isAlien = !alien.IsEmpty && alien[good[i]];
            Span<double> target = matrix.AsSpan(i * n, n);
            for (int j = i; j < n; j++)
            {
                target[j] = row[good[j]] + (alien.IsEmpty || alien[good[j]] == isAlien ? MeanVariance : 0);
            }

            target[i] += ridge;
            weights[i] = row[centre] + (isAlien ? 0 : MeanVariance);
        }

        Cholesky.Solve(matrix, n, weights);
        ArrayPool<double>.Shared.Return(matrix);
    }

    /// <summary>The variance of what weights leave unexplained, in units of the patch's spread squared.</summary>
    /// <param name="good">Indices of the good neighbours.</param>
    /// <param name="weights">One weight per good neighbour.</param>
    public double Unexplained(ReadOnlySpan<int> good, ReadOnlySpan<double> weights)
    {
        double variance = this[Neighbors, Neighbors];
        for (int i = 0; i < good.Length; i++)
        {
            ReadOnlySpan<double> row = moments.AsSpan(good[i] * Stride, Stride);
            double others = 0;
            for (int j = 0; j < i; j++)
            {
                others += weights[j] * row[good[j]];
            }

            variance += weights[i] * ((2 * (others - row[Neighbors])) + (weights[i] * row[good[i]]));
        }

        return Math.Max(variance, 0);
    }
}
