using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>What is wrong with one line: the same at every photosite, or a part of the light; whichever is the surer.</summary>
/// <param name="Line">Its residuals.</param>
/// <param name="Spreads">How much each may be off by noise and detail.</param>
/// <param name="Template">The shape of the defect, about 1.</param>
/// <param name="Fit">Its size.</param>
internal sealed record MemberFit(LineResiduals Line, float[] Spreads, float[] Template, LineFit Fit)
{
    private const int Quarters = 4;

    /// <summary>All lines that a trial supposes to be bad, fitted to a stretch.</summary>
    public static MemberFit[] AllOf(LineTrial trial, int start, int end) =>
        [.. trial.Members.Select(m => Of(m, trial.Spreads(m), start, end))];

    private static MemberFit Of(LineResiduals line, float[] spreads, int start, int end)
    {
        int length = line.Residual.Length;
        var even = new float[length];
        even.AsSpan().Fill(1);
        float mean = 1e-6f;
        for (int i = start; i < end; i++)
        {
            mean += MathF.Max(0, line.Predicted[i]) / (end - start);
        }

        float[] light = [.. line.Predicted.Select(p => MathF.Max(0, p) / mean)];
        MemberFit constant = Fitted(even);
        MemberFit proportional = Fitted(light);
        return proportional.Fit.Significance > constant.Fit.Significance ? proportional : constant;

        MemberFit Fitted(float[] template) =>
            new(
                line,
                spreads,
                template,
                LineFit.Of(
                    line.Residual.AsSpan(start, end - start),
                    spreads.AsSpan(start, end - start),
                    template.AsSpan(start, end - start)
                )
            );
    }

    /// <summary>Median residual, in spreads, to the side of the offset.</summary>
    public float Score(int start, int end) =>
        MathF.Sign(Fit.Offset) * Quantiles.Median([.. Enumerable.Range(start, end - start).Select(i => Line.Residual[i] / Spreads[i])]);

    /// <summary>Median residual to the side of the offset.</summary>
    public float Median(int start, int end) => MathF.Sign(Fit.Offset) * Quantiles.Median([.. Line.Residual.AsSpan(start, end - start)]);

    /// <summary>Whether most photosites read less than half of what they should.</summary>
    public bool IsDead(int start, int end) =>
        Enumerable.Range(start, end - start).Count(i => Line.Residual[i] < -0.5f * Line.Predicted[i]) > (end - start) / 2;

    /// <summary>Standard deviation of noise at the mean level or of most photosites, whichever is less: through light and dark either may be the wrong one.</summary>
    public float Noise(int start, int end, DefectScale scale)
    {
        float[] predicted = Line.Predicted[start..end];
        return MathF.Min(scale.Sigma(predicted.Average(p => MathF.Max(0, p))), Quantiles.Median([.. predicted.Select(scale.Sigma)]));
    }

    /// <summary>Whether each quarter of a stretch, by what it tells, shows its share of the offset.</summary>
    public bool IsEven(int start, int end, float share)
    {
        double all = 0;
        for (int i = start; i < end; i++)
        {
            all += Information(i);
        }

        double sum = 0;
        int from = start;
        for (int i = start, quarter = 1; i < end; i++)
        {
            sum += Information(i);
            if (sum >= all * quarter / Quarters || i == end - 1)
            {
                int n = i + 1 - from;
                LineFit part = LineFit.Of(Line.Residual.AsSpan(from, n), Spreads.AsSpan(from, n), Template.AsSpan(from, n));
                if (MathF.Sign(Fit.Offset) * part.Offset < (share * MathF.Abs(Fit.Offset)) - part.Error)
                {
                    return false;
                }

                from = i + 1;
                quarter++;
                if (from >= end)
                {
                    break;
                }
            }
        }

        return true;
    }

    private double Information(int i) => (double)Template[i] * Template[i] / ((double)Spreads[i] * Spreads[i]);
}
