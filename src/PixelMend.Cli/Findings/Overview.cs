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
        float[][] channels = ScreenColor.IsColored(frame.Cfa)
            ? [.. Screen.Select(c => scaled.Means[c])]
            : [.. Enumerable.Repeat(Grey(scaled), Screen.Length)];
        // Each channel by itself: a plain white balance, without which raw frames look green.
        Tone[] tones = [.. channels.Select(c => Tone.Between(c, cut: 0.005))];
        var picture = new Picture(scaled.Width, scaled.Height);
        for (int i = 0; i < scaled.Width * scaled.Height; i++)
        {
            picture.Set(
                i % scaled.Width,
                i / scaled.Width,
                tones[0].Map(channels[0][i]),
                tones[1].Map(channels[1][i]),
                tones[2].Map(channels[2][i])
            );
        }

        return picture;
    }

    private static float[] Grey(ColorMeans scaled) =>
        [.. Enumerable.Range(0, scaled.Width * scaled.Height).Select(i => scaled.Means.Values.Average(mean => mean[i]))];
}
