using PixelMend.Correction;
using PixelMend.Frames;

namespace PixelMend.Evaluation;

/// <summary>How well the photosites of a stratum were restored.</summary>
/// <param name="Stratum">The sort of defect.</param>
/// <param name="Sites">How many there were.</param>
/// <param name="SquaredError">Sum of their squared errors, as signals.</param>
public readonly record struct StratumError(Stratum Stratum, int Sites, double SquaredError);

/// <summary>How near a repair comes to the frame before it was given defects. Errors are signals: parts of the range from black to white.</summary>
public sealed class RepairScore
{
    private const double LastPercentile = 0.99;

    private RepairScore(InjectedFrame frame, CorrectionReport correction)
    {
        RawFrame mended = frame.Broken.With(correction.Changes);
        double[] errors = [.. frame.Sites.Select(s => Math.Abs(mended.Signal(s.X, s.Y) - (double)frame.Original.Signal(s.X, s.Y)))];
        Sites = errors.Length;
        Unreachable = correction.Unreachable.Count;
        Psnr = Decibels.OfError(errors.Sum(e => e * e), errors.Length);
        Strata =
        [
            .. frame
                .Sites.Zip(errors)
                .GroupBy(p => p.First.Stratum)
                .Select(g => new StratumError(g.Key, g.Count(), g.Sum(p => p.Second * p.Second)))
                .OrderBy(s => s.Stratum, Stratum.Order),
        ];
        Array.Sort(errors);
        Percentile99 = errors.Length == 0 ? 0 : errors[(int)Math.Ceiling(LastPercentile * errors.Length) - 1];
        Damage = Damage.Of(frame, correction);
    }

    /// <summary>Photosites that were given a defect, visible or not: a map that names them has them repaired.</summary>
    public int Sites { get; }

    /// <summary>Photosites of the map that were left alone; their error is that of the defect.</summary>
    public int Unreachable { get; }

    /// <summary>Peak signal-to-noise ratio over the sites, dB: the range against the root mean square error; see <see cref="Decibels"/>.</summary>
    public double Psnr { get; }

    /// <summary>Error that 99 % of the sites do not exceed, as a part of the range.</summary>
    public double Percentile99 { get; }

    /// <summary>Errors of each sort of defect.</summary>
    public IReadOnlyList<StratumError> Strata { get; }

    /// <summary>What was done to good photosites.</summary>
    public Damage Damage { get; }

    /// <summary>Scores a repair of the broken frame.</summary>
    public static RepairScore Of(InjectedFrame frame, CorrectionReport correction) => new(frame, correction);
}
