using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>A frame as peers see it: linear ADU, black level included.</summary>
internal static class LinearSamples
{
    public static Plane<float> Of(RawFrame frame)
    {
        var samples = new Plane<float>(frame.Width, frame.Height);
        for (int y = 0; y < frame.Height; y++)
        {
            frame.ReadLinear(0, y, samples.Row(y));
        }

        return samples;
    }

    /// <summary>The signal (black 0, white 1) of a linear sample.</summary>
    public static float ToSignal(RawFrame frame, int x, int y, float linear) =>
        (linear - frame.Levels.Black(x, y)) / frame.Levels.Span(x, y);
}
