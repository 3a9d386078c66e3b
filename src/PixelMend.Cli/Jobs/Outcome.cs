using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Jobs;

/// <summary>A finished repair with all that writing it needs.</summary>
/// <param name="File">The input, as the user named it.</param>
/// <param name="Original">Its bytes.</param>
/// <param name="Format">Its format.</param>
/// <param name="Frame">What it holds.</param>
/// <param name="Report">What was found and inferred.</param>
internal sealed record Outcome(string File, ReadOnlyMemory<byte> Original, FrameFormat Format, RawFrame Frame, RepairReport Report)
{
    /// <summary>The buffer that <see cref="Original"/> lies in, for whoever needs it last: the output is read back there. Null: it must stay as it is.</summary>
    public byte[]? Spare { get; init; }

    /// <summary>Most threads that serve this file.</summary>
    public int Threads { get; init; } = 1;
}
