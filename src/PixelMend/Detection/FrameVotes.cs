using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>Turns the residuals of one frame into votes on its photosites.</summary>
internal sealed class FrameVotes(MosaicView view, Suspects suspects, ScorePass pass, DefectScale scale)
{
    /// <summary>Photosites that are enough to teach what residuals mean.</summary>
    private const long Lesson = 1_000_000;

    /// <summary>
    /// A photosite deviates by no more than so many times its score, which allows for edges and for light that spreads: what either explains says no
    /// more, though it may be unusual for the residuals around. Where there is neither, a defect's score is a good half of its deviation.
    /// </summary>
    private const float ScoreToDeviation = 3;

    /// <summary>Deviations that good photosites often have stay as they are: their spread tells chance from repetition.</summary>
    private const float Unremarkable = 2;

    /// <summary>Photosites at the border have neighbours on one side only, and what they lack is guessed worse: they have a scale of their own.</summary>
    private const int Border = 2;

    public void AddTo(StaticEvidence sums, Fills fills, ParallelOptions options)
    {
        sums.AddFrame(view.Frame);
        (DetailScale inside, DetailScale border) = Learn(fills, options);
        pass.ForEachRow(fills, every: 1, row => Add(row, inside, border, sums), options);
    }

    private (DetailScale Inside, DetailScale Border) Learn(Fills fills, ParallelOptions options)
    {
        var inside = new List<(float Activity, float Residual)>();
        var border = new List<(float Activity, float Residual)>();
        pass.ForEachRow(
            fills,
            every: (int)Math.Max(1, (long)view.Width * view.Height / Lesson),
            row =>
            {
                var own = new (float Activity, float Residual)[row.Signal.Length];
                for (int i = 0; i < own.Length; i++)
                {
                    float sigma = scale.Sigma(row.Predicted[i]);
                    own[i] = (row.Activity[i] / sigma, MathF.Abs(row.Signal[i] - row.Predicted[i]) / sigma);
                }

                lock (inside)
                {
                    for (int i = 0; i < own.Length; i++)
                    {
                        (AtBorder(row, i) ? border : inside).Add(own[i]);
                    }
                }
            },
            options
        );
        return (
            new DetailScale(inside.Where(s => float.IsFinite(s.Residual))),
            new DetailScale(border.Where(s => float.IsFinite(s.Residual)))
        );
    }

    private void Add(ScoredRow row, DetailScale inside, DetailScale border, StaticEvidence sums)
    {
        var votes = new Vote[row.Signal.Length];
        for (int i = 0; i < votes.Length; i++)
        {
            if (suspects.Contains(ColumnOf(row, i), row.Y))
            {
                continue; // known already, or no number
            }

            float sigma = scale.Sigma(row.Predicted[i]);
            float deviation = (AtBorder(row, i) ? border : inside).At(row.Activity[i] / sigma);
            float residual = row.Signal[i] - row.Predicted[i];
            float z = MathF.Min(MathF.Abs(residual) / (sigma * deviation), MathF.Max(Unremarkable, ScoreToDeviation * row.Score[i]));
            votes[i] = new Vote(
                MathF.CopySign(MathF.Min(z, StaticEvidence.Bound), residual),
                Math.Clamp(1 / deviation, StaticEvidence.LeastWeight, 1)
            );
        }

        sums.Add(view.Left + row.PhaseX, view.Top + row.Y, view.Cfa.Width, votes);
    }

    private int ColumnOf(ScoredRow row, int i) => row.PhaseX + (i * view.Cfa.Width);

    private bool AtBorder(ScoredRow row, int i)
    {
        int x = ColumnOf(row, i);
        return x < Border || x >= view.Width - Border || row.Y < Border || row.Y >= view.Height - Border;
    }
}
