using PixelMend.Frames;

namespace PixelMend.Cli.Jobs;

/// <summary>Whether two frames can be of one sensor.</summary>
internal static class SensorMatch
{
    /// <summary>Why a frame is not of the sensor that another one is of, in words; null: nothing speaks against it.</summary>
    public static string? Mismatch(RawFrame frame, RawFrame like)
    {
        if (frame.Width != like.Width || frame.Height != like.Height || !frame.Cfa.Equals(like.Cfa))
        {
            return $"{frame.Cfa} {frame.Width} × {frame.Height} does not fit the others, {like.Cfa} {like.Width} × {like.Height}";
        }

        string? camera = Identity(frame.Info);
        string? expected = Identity(like.Info);
        return camera is null || expected is null || camera == expected ? null : $"it is of another camera, {camera}, not {expected}";
    }

    private static string? Identity(FrameInfo info)
    {
        string? camera = Summary.CameraOf(info);
        return info.Serial is { } serial && camera is not null ? $"{camera} ({serial})" : camera;
    }
}
