using System.CommandLine;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend otp</c>: maps in a sensor's one-time-programmable memory.</summary>
internal static class OtpVerb
{
    public static Command Create() =>
        new("otp", "A sensor's one-time-programmable memory: packs a map, adds to it in the field, reads it.")
        {
            OtpPackVerb.Create(),
            OtpProgramVerb.Create(),
            OtpReadVerb.Create(),
        };
}
