using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>A defective line, or part of one, in view coordinates.</summary>
/// <param name="Axis">Which way it runs.</param>
/// <param name="Line">Its column or row.</param>
/// <param name="Start">Its first photosite.</param>
/// <param name="End">The photosite after its last.</param>
/// <param name="Span">The lines that were found together with it, side by side.</param>
/// <param name="Offset">By how much it is off, a signal; 0 where it is stuck at the scene's own level.</param>
/// <param name="Score">Median score of its photosites.</param>
/// <param name="Expected">What they should read.</param>
internal sealed record FoundLine(LineAxis Axis, int Line, int Start, int End, LineSpan Span, float Offset, float Score, Fill[] Expected)
{
    /// <summary>1 where it reads high, −1 where low, 0 where it is stuck.</summary>
    public int Sign => MathF.Sign(Offset);

    /// <summary>Whether another line has photosites of this one.</summary>
    public bool Overlaps(FoundLine other) => Axis == other.Axis && Line == other.Line && Start < other.End && other.Start < End;
}
