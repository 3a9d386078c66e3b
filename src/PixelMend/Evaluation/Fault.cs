using PixelMend.Defects;
using PixelMend.Simulation;

namespace PixelMend.Evaluation;

/// <summary>A good photosite about to fail, in ADU of linear samples.</summary>
/// <param name="Value">What it reads.</param>
/// <param name="Black">Its black level.</param>
/// <param name="White">Its white level.</param>
/// <param name="Sigma">Its noise at that value.</param>
internal readonly record struct Photosite(double Value, double Black, double White, double Sigma)
{
    public double Range => White - Black;

    /// <summary>Where it saturates; some files hold samples beyond their white level.</summary>
    public double Most => Math.Max(White, Value);
}

/// <summary>One way to fail, all its numbers drawn.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Reading">What a photosite that fails so reads, before it is clipped and quantised.</param>
internal sealed record Fault(DefectKind Kind, Func<Photosite, double> Reading);

/// <summary>Draws a fault.</summary>
internal delegate Fault FaultDraw(ref Random64 random);

/// <summary>The ways to fail that presets draw from.</summary>
internal static class Faults
{
    private static readonly FaultDraw[] Physical =
    [
        (ref random) => Leak(DefectKind.Hot, new Bounds(0.2, 1.2), s => s.Range, ref random),
        Warm(3, 5),
        Warm(5, 8),
        Warm(8, 12),
        Warm(12, 20),
        Warm(20, 60),
        (ref random) => Response(DefectKind.Dead, new Bounds(0, 0.1), ref random),
        (ref random) => Response(DefectKind.LowResponse, new Bounds(0.5, 0.8), ref random),
        Stuck,
        Telegraph,
    ];

    private static readonly FaultDraw[] OfLines = [Warm(1, 3), .. Physical.Where(f => f != Telegraph)];

    /// <summary>Hot, dead, stuck, warm and weak ones alike, by parts of the range.</summary>
    public static Fault Mixed(ref Random64 random)
    {
        double part = random.Uniform();
        return random.Below(5) switch
        {
            0 => new Fault(DefectKind.Hot, s => s.Most),
            1 => new Fault(DefectKind.Dead, s => NearBlack(s, part)),
            2 => new Fault(DefectKind.Stuck, s => s.Black + (part * s.Range)),
            3 => new Fault(DefectKind.Warm, s => s.Value + ((0.06 + (0.29 * part)) * s.Range)),
            _ => new Fault(DefectKind.LowResponse, s => s.Black + (0.6 * part * (s.Value - s.Black))),
        };
    }

    /// <summary>FixPix (arXiv 2310.11637) with δ = 0.7: outside 0.3 to 1.7 times the raw value, black level included.</summary>
    public static Fault FixPix(ref Random64 random)
    {
        double part = random.Uniform();
        return random.Below(2) == 0
            ? new Fault(DefectKind.Dead, s => 0.3 * part * s.Value)
            : new Fault(DefectKind.Hot, s => (1.7 * s.Value) + (part * Math.Max(0, s.White - (1.7 * s.Value))));
    }

    /// <summary>Every kind that shows in one frame, warm ones by their strength.</summary>
    public static Fault Any(ref Random64 random) => Physical[random.Below(Physical.Length)](ref random);

    /// <summary>As lines fail: weaker ones too, since many photosites tell of them.</summary>
    public static Fault OfLine(ref Random64 random) => OfLines[random.Below(OfLines.Length)](ref random);

    private static FaultDraw Warm(double least, double most) =>
        (ref random) => Leak(DefectKind.Warm, new Bounds(least, most), s => s.Sigma, ref random);

    private static Fault Leak(DefectKind kind, Bounds amount, Func<Photosite, double> unit, ref Random64 random)
    {
        double units = amount.DrawLogarithmic(ref random);
        return new Fault(kind, s => s.Value + (units * unit(s)));
    }

    private static Fault Response(DefectKind kind, Bounds response, ref Random64 random)
    {
        double part = response.Draw(ref random);
        return new Fault(kind, s => s.Black + (part * (s.Value - s.Black)));
    }

    private static Fault Stuck(ref Random64 random)
    {
        double part = random.Uniform();
        return new Fault(DefectKind.Stuck, s => s.Black + (part * s.Range));
    }

    /// <summary>Caught in a raised level: at rest there is nothing to see. A third has three levels and may be in the middle one.</summary>
    private static Fault Telegraph(ref Random64 random)
    {
        double sigmas = new Bounds(10, 100).DrawLogarithmic(ref random) / (random.Below(6) == 0 ? 2 : 1);
        return new Fault(DefectKind.Telegraph, s => s.Value + (sigmas * s.Sigma));
    }

    private static double NearBlack(Photosite site, double part)
    {
        double least = site.Black > 8 ? -site.Black / 8 : 0;
        double most = site.Range / 50;
        return site.Black + least + (part * (most - least));
    }
}
