using PixelMend.Kernels;

namespace PixelMend.Detection;

/// <summary>
/// What the nearest of its colour leave unexplained of one photosite's residual, and their range without the highest and lowest; with the same arithmetic
/// as <see cref="DefectScore"/>.
/// </summary>
internal static class OwnColor
{
    /// <param name="clean">Signals as they are believed.</param>
    /// <param name="center">The photosite among them.</param>
    /// <param name="pairs">Offsets to opposite ones of its colour, side by side.</param>
    /// <param name="measured">What it reads.</param>
    /// <param name="residual">By how much it is off what was predicted.</param>
    public static (float Unexplained, float Texture) Compare(
        ReadOnlySpan<float> clean,
        int center,
        ReadOnlySpan<int> pairs,
        float measured,
        float residual
    )
    {
        float sign = float.IsNegative(residual) ? -1 : 1;
        float closest = float.NegativeInfinity;
        float first = closest;
        float second = closest;
        float last = float.PositiveInfinity;
        float lastButOne = last;
        for (int t = 0; t < pairs.Length; t += 2)
        {
            float one = sign * clean[center + pairs[t]];
            float other = sign * clean[center + pairs[t + 1]];
            closest = MathF.Max(closest, (one + other) * 0.5f);
            float high = MathF.Max(one, other);
            float low = MathF.Min(one, other);
            second = MathF.Max(MathF.Max(second, low), MathF.Min(first, high));
            first = MathF.Max(first, high);
            lastButOne = MathF.Min(MathF.Min(lastButOne, high), MathF.Max(last, low));
            last = MathF.Min(last, low);
        }

        float far = sign * measured;
        float unexplained = MathF.Min(MathF.Abs(residual), MathF.Min(far - closest, (far - second) * DefectScore.SecondWeight));
        return (unexplained, MathF.Max(0, second - lastButOne));
    }
}
