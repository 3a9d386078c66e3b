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

        string? camera = Summary.CameraOf(frame.Info);
        string? expected = Summary.CameraOf(like.Info);
        if (camera is not null && expected is not null && camera != expected)
        {
            return $"it is of another camera, {camera}, not {expected}";
        }

        return frame.Info.Serial is { } serial && like.Info.Serial is { } other && serial != other
            ? $"it is of another {camera ?? "camera"}, with the serial number {serial}, not {other}"
            : null;
    }
}
