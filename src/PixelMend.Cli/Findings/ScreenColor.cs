using PixelMend.Frames;

namespace PixelMend.Cli.Findings;

/// <summary>How filters are shown: red, green and blue as themselves; a mosaic of other filters in grey.</summary>
internal static class ScreenColor
{
    private static readonly CfaColor[] Channels = [CfaColor.Red, CfaColor.Green, CfaColor.Blue];

    /// <summary>Whether pictures of this mosaic have colours.</summary>
    public static bool IsColored(CfaPattern cfa) =>
        Channels.All(channel => Enumerable.Range(0, cfa.PhaseCount).Any(i => cfa[i % cfa.Width, i / cfa.Width] == channel));

    /// <summary>0, 1 or 2 for red, green and blue; -1 for a filter without a channel.</summary>
    public static int ChannelOf(CfaColor color) => Array.IndexOf(Channels, color);
}
