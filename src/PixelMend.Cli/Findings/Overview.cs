using PixelMend.Frames;

namespace PixelMend.Cli.Findings;

/// <summary>The whole frame scaled down: each pixel averages a block of photosites, colour by colour.</summary>
internal static class Overview
{
    private const int LargestSide = 960;

    private static readonly CfaColor[] Screen = [CfaColor.Red, CfaColor.Green, CfaColor.Blue];

    public static Picture Of(RawFrame frame)
    {
        int block = Math.Max(
            Math.Max(frame.Cfa.Width, frame.Cfa.Height),
            (Math.Max(frame.Width, frame.Height) + LargestSide - 1) / LargestSide
        );
        var scaled = ColorMeans.Of(frame, new Area(0, 0, frame.Width, frame.Height), block);
        float[][] channels = ScreenColor.IsColored(frame.Cfa) ? [.. Screen.Select(c => scaled.Means[c])] : [Grey(scaled)];
        // Each channel by itself: a plain white balance, without which raw frames look green.
        byte[][] shown = [.. channels.Select(Shown)];
        var picture = new Picture(scaled.Width, scaled.Height);
        for (int i = 0; i < scaled.Width * scaled.Height; i++)
        {
            picture.Set(i % scaled.Width, i / scaled.Width, shown[0][i], shown[1 % shown.Length][i], shown[2 % shown.Length][i]);
        }

        return picture;
    }

    private static byte[] Shown(float[] channel)
    {
        var tone = Tone.Between(channel, cut: 0.005);
        return [.. channel.Select(tone.Map)];
    }

    private static float[] Grey(ColorMeans scaled) =>
        [.. Enumerable.Range(0, scaled.Width * scaled.Height).Select(i => scaled.Means.Values.Average(mean => mean[i]))];
}
