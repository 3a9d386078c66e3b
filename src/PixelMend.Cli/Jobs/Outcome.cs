using PixelMend.Cli.Files;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Jobs;

/// <summary>A finished repair with all that writing it needs.</summary>
/// <param name="File">The input, as the user named it.</param>
/// <param name="Original">Its bytes, over which the output is read back.</param>
/// <param name="Format">Its format.</param>
/// <param name="Frame">What it holds.</param>
/// <param name="Report">What was found and inferred.</param>
internal sealed record Outcome(string File, OriginalFile Original, FrameFormat Format, RawFrame Frame, RepairReport Report)
{
    /// <summary>Most threads that serve this file.</summary>
    public int Threads { get; init; } = 1;
}
