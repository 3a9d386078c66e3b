namespace PixelMend.Formats.Otp;

/// <summary>Severities in five bits: half octaves from a quarter to 8192; 0 is not measured.</summary>
internal static class OtpSeverity
{
    /// <summary>Bits of a code.</summary>
    public const int Bits = 5;

    private const int Most = (1 << Bits) - 1;
    private const double StepsPerOctave = 2;
    private const double LeastOctave = -2;

    /// <summary>The code whose severity is nearest by ratio.</summary>
    public static uint CodeOf(float severity) =>
        severity > 0 ? (uint)Math.Clamp(1 + Math.Round(StepsPerOctave * (Math.Log2(severity) - LeastOctave)), 1, Most) : 0;

    /// <summary>The severity of a code.</summary>
    public static float Of(uint code) => code == 0 ? 0 : (float)Math.Pow(2, ((code - 1) / StepsPerOctave) + LeastOctave);
}
