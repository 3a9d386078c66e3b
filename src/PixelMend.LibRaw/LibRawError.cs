using PixelMend.Formats;

namespace PixelMend.LibRaw;

/// <summary>LibRaw's numbers for failures, as what they mean for a file. Its own words are about its calls.</summary>
internal static class LibRawError
{
    /// <summary>Numbers from here down end the work on a file.</summary>
    private const int FirstFatal = -100_000;

    private static readonly Dictionary<int, (RawDataError Kind, string Reason)> Known = new()
    {
        [-2] = (RawDataError.Unsupported, "LibRaw knows no camera that writes such files, or the file is damaged at its head"),
        [-8] = (RawDataError.Unsupported, "LibRaw does not decode samples stored this way"),
        [-100_007] = (RawDataError.LimitExceeded, "LibRaw has not enough memory for it"),
        [-100_008] = (RawDataError.Malformed, "the samples are damaged or cut off"),
        [-100_009] = (RawDataError.Malformed, "the file is cut off: it ends before its samples do"),
        [-100_011] = (RawDataError.Malformed, "the visible area that it states is impossible"),
        [-100_012] = (RawDataError.LimitExceeded, "it is larger than LibRaw reads"),
        [-100_013] = (RawDataError.LimitExceeded, "LibRaw has not enough memory for it"),
    };

    /// <summary>What a failure means.</summary>
    public static (RawDataError Kind, string Reason) Explain(int error) =>
        Known.TryGetValue(error, out (RawDataError, string) meaning)
            ? meaning
            : (
                error <= FirstFatal ? RawDataError.Malformed : RawDataError.Unsupported,
                $"LibRaw does not read it: {LibRawLibrary.Explain(error)}"
            );
}
