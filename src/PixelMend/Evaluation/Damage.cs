using PixelMend.Correction;
using PixelMend.Frames;

namespace PixelMend.Evaluation;

/// <summary>What a repair did to good photosites.</summary>
/// <param name="Changed">Good photosites whose sample is another now.</param>
/// <param name="Psnr">Peak signal-to-noise ratio over them, dB; null where there are none.</param>
public readonly record struct Damage(int Changed, double? Psnr)
{
    /// <summary>Measures a repair of the broken frame.</summary>
    public static Damage Of(InjectedFrame frame, CorrectionReport correction)
    {
        var given = frame.Sites.Select(s => (s.X, s.Y)).ToHashSet();
        SampleChange[] wrong =
        [
            .. correction.Changes.Where(c => !c.New.Equals(c.Old) && !given.Contains((c.X, c.Y)) && !frame.Ignored[c.X, c.Y]),
        ];
        if (wrong.Length == 0)
        {
            return new Damage(0, null);
        }

        RawFrame mended = frame.Broken.With(wrong);
        double sum = wrong.Sum(c => Math.Pow(mended.Signal(c.X, c.Y) - (double)frame.Original.Signal(c.X, c.Y), 2));
        return new Damage(wrong.Length, Decibels.OfError(sum, wrong.Length));
    }
}
