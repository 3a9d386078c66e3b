using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>By how much a stretch of a line is off: a multiple of a template, fitted robustly (Huber, 1964), quiet places counting most.</summary>
/// <param name="Offset">The multiple, a signal.</param>
/// <param name="Error">Its standard error, from how much short blocks of the line disagree.</param>
internal readonly record struct LineFit(float Offset, float Error)
{
    /// <summary>Residuals beyond this many spreads count less.</summary>
    public const float Bound = 2;

    private const int Rounds = 4;

    /// <summary>Photosites that may err alike, because they see the same detail.</summary>
    private const int BlockLength = 16;

    public float Significance => MathF.Abs(Offset) / Error;

    /// <summary>Fits residuals.</summary>
    /// <param name="residuals">How the photosites differ from what they should read.</param>
    /// <param name="spreads">How much each may differ by noise and detail.</param>
    /// <param name="template">The shape of the defect.</param>
    public static LineFit Of(ReadOnlySpan<float> residuals, ReadOnlySpan<float> spreads, ReadOnlySpan<float> template)
    {
        double offset = 0;
        double information = 0;
        for (int round = 0; round < Rounds; round++)
        {
            double sum = 0;
            information = 1e-30;
            for (int i = 0; i < residuals.Length; i++)
            {
                double trust = 1 / ((double)spreads[i] * spreads[i]);
                if (round > 0)
                {
                    trust /= Math.Max(1, Math.Abs(residuals[i] - (offset * template[i])) / (Bound * spreads[i]));
                }

                sum += trust * template[i] * residuals[i];
                information += trust * template[i] * template[i];
            }

            offset = sum / information;
        }

        double variance = 0;
        for (int start = 0; start < residuals.Length; start += BlockLength)
        {
            double block = 0;
            for (int i = start; i < Math.Min(residuals.Length, start + BlockLength); i++)
            {
                double error = (residuals[i] - (offset * template[i])) / spreads[i];
                block += Math.Clamp(error, -Bound, Bound) * template[i] / spreads[i];
            }

            variance += block * block;
        }

        return new LineFit((float)offset, (float)(Math.Sqrt(variance) / information) + float.Epsilon);
    }
}
