using PixelMend.Frames;

namespace PixelMend.Cli.Findings;

/// <summary>The whole frame scaled down: each pixel averages a block of photosites, colour by colour.</summary>
internal static class Overview
{
    private const int LargestSide = 960;

    public static Picture Of(RawFrame frame)
    {
        int block = Math.Max(
            Math.Max(frame.Cfa.Width, frame.Cfa.Height),
            (Math.Max(frame.Width, frame.Height) + LargestSide - 1) / LargestSide
        );
        bool colored = ScreenColor.IsColored(frame.Cfa);
        int width = (frame.Width + block - 1) / block;
        int height = (frame.Height + block - 1) / block;
        var channels = new float[3][];
        for (int c = 0; c < 3; c++)
        {
            channels[c] = new float[width * height];
        }

        Average(frame, block, width, colored, channels);
        // Each channel by itself: a plain white balance, without which raw frames look green.
        Tone[] tones = [.. channels.Select(c => Tone.Between(c, cut: 0.005))];
        var picture = new Picture(width, height);
        for (int i = 0; i < width * height; i++)
        {
            picture.Set(i % width, i / width, tones[0].Map(channels[0][i]), tones[1].Map(channels[1][i]), tones[2].Map(channels[2][i]));
        }

        return picture;
    }

    private static void Average(RawFrame frame, int block, int width, bool colored, float[][] channels)
    {
        float[] signal = new float[frame.Width];
        float[,] sums = new float[3, width];
        int[,] counts = new int[3, width];
        for (int y = 0; y < frame.Height; y++)
        {
            frame.ReadSignal(0, y, signal);
            for (int x = 0; x < signal.Length; x++)
            {
                int channel = colored ? ScreenColor.ChannelOf(frame.Cfa[x, y]) : 0;
                if (channel >= 0 && float.IsFinite(signal[x]))
                {
                    sums[channel, x / block] += signal[x];
                    counts[channel, x / block]++;
                }
            }

            if (y % block != block - 1 && y != frame.Height - 1)
            {
                continue;
            }

            for (int i = 0; i < width; i++)
            {
                for (int c = 0; c < 3; c++)
                {
                    int from = colored ? c : 0;
                    channels[c][(y / block * width) + i] = sums[from, i] / Math.Max(1, counts[from, i]);
                }
            }

            Array.Clear(sums);
            Array.Clear(counts);
        }
    }
}
