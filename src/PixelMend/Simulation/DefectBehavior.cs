using PixelMend.Defects;

namespace PixelMend.Simulation;

/// <summary>What one defective photosite does otherwise than a good one.</summary>
/// <param name="Kind">Its kind.</param>
internal sealed record DefectBehavior(DefectKind Kind)
{
    /// <summary>Leakage, e⁻/s at the reference temperature.</summary>
    public double Leakage { get; init; }

    /// <summary>Multiplies the light.</summary>
    public double Response { get; init; } = 1;

    /// <summary>Exponent of the response.</summary>
    public double Exponent { get; init; } = 1;

    /// <summary>Multiplies the read noise.</summary>
    public double NoiseFactor { get; init; } = 1;

    /// <summary>Value it always reads, as a part of the range from black to white.</summary>
    public double? StuckAt { get; init; }

    /// <summary>Height of the raised levels, e⁻, and half of it where there are three.</summary>
    public double Jump { get; init; }

    /// <summary>Part of the time in a raised level.</summary>
    public double Duty { get; init; }

    /// <summary>Frames that it stays in a level at least.</summary>
    public int Dwell { get; init; } = 1;

    /// <summary>Chooses its history.</summary>
    public ulong Seed { get; init; }

    /// <summary>Draws a behaviour of a kind between the bounds of a model.</summary>
    public static DefectBehavior Draw(DefectKind kind, DefectModel model, SensorModel sensor, ref Random64 random)
    {
        var plain = new DefectBehavior(kind);
        double seconds = model.Reference.DarkSeconds;
        return kind switch
        {
            DefectKind.Hot => plain with { Leakage = model.Hot.DrawLogarithmic(ref random) * sensor.ElectronsAtWhite / seconds },
            DefectKind.Warm => plain with { Leakage = model.Warm.DrawLogarithmic(ref random) * sensor.ReadNoise / seconds },
            DefectKind.Dead => plain with { Response = model.Dead.Draw(ref random) },
            DefectKind.Stuck => plain with { StuckAt = model.Stuck.Draw(ref random) },
            DefectKind.LowResponse => plain with { Response = model.LowResponse.Draw(ref random) },
            DefectKind.OverResponse => plain with { Response = model.OverResponse.Draw(ref random) },
            DefectKind.Noisy => plain with { NoiseFactor = model.Noisy.DrawLogarithmic(ref random) },
            DefectKind.NonLinear => plain with { Exponent = model.NonLinear.Draw(ref random) },
            DefectKind.Telegraph => plain with
            {
                Jump = model.Telegraph.DrawLogarithmic(ref random) * sensor.ReadNoise,
                Duty = model.TelegraphDuty.Draw(ref random),
                Dwell = 1 + random.Below(8),
                Seed = random.Next(),
            },
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A simulated defect has exactly one kind."),
        };
    }

    /// <summary>Electrons that a telegraph photosite adds in a frame; a third of them has three levels, the others two.</summary>
    public double JumpIn(long frame)
    {
        if (Jump == 0)
        {
            return 0;
        }

        // History in blocks of frames, not step by step, so that any frame can be asked for by itself.
        double chance = Texture.Hash(Math.DivRem(frame, Dwell).Quotient, 0, Seed);
        bool half = Seed % 3 == 0 && chance < Duty / 2;
        return chance >= Duty ? 0
            : half ? Jump / 2
            : Jump;
    }
}
