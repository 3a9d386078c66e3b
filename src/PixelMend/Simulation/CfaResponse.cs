using PixelMend.Frames;

namespace PixelMend.Simulation;

/// <summary>What a photosite sees through its filter, as shares of the three bands of light.</summary>
/// <remarks>
/// The responses are balanced: grey light reads the same under every filter, so pictures need no white balance to look right.
/// Primary filters let some of their neighbours through, as real dyes do.
/// </remarks>
internal static class CfaResponse
{
    /// <summary>The shares; they add up to 1. Filters without a response of their own (infrared, polarisers) see all bands alike.</summary>
    public static Rgb Of(CfaColor color) =>
        color switch
        {
            CfaColor.Red => new(0.94, 0.05, 0.01),
            CfaColor.Green => new(0.05, 0.90, 0.05),
            CfaColor.Blue => new(0.01, 0.05, 0.94),
            CfaColor.Cyan => new(0.04, 0.48, 0.48),
            CfaColor.Magenta => new(0.48, 0.04, 0.48),
            CfaColor.Yellow => new(0.48, 0.48, 0.04),
            _ => new(1.0 / 3, 1.0 / 3, 1.0 / 3),
        };
}
