using PixelMend.Frames;

namespace PixelMend.Cli.Findings;

/// <summary>The surroundings of a photosite before and after a repair.</summary>
/// <param name="Area">The patch shown, in sensor coordinates.</param>
/// <param name="Mosaic">The stored samples in grey.</param>
/// <param name="Colors">In colour; null for mosaics that have none.</param>
internal sealed record PlacePictures(Area Area, (Picture Before, Picture After) Mosaic, (Picture Before, Picture After)? Colors)
{
    private const double Cut = 0.01;

    public static PlacePictures Of(RawFrame before, RawFrame after, int x, int y)
    {
        var old = new Patch(before, x, y);
        var mended = new Patch(after, x, y);
        // One stretch for both, taken after: the defect may burn out, its surroundings must not change.
        Tone grey = Tone.Between(mended.Signals(), Cut);
        Tone[]? tones = ScreenColor.IsColored(before.Cfa)
            ? [.. new[] { CfaColor.Red, CfaColor.Green, CfaColor.Blue }.Select(c => Tone.Between(mended.Signals(c), Cut))]
            : null;
        return new PlacePictures(
            old.Area,
            (old.Mosaic(grey), mended.Mosaic(grey)),
            tones is null ? null : (old.Colors(tones), mended.Colors(tones))
        );
    }
}
