namespace PixelMend.Algorithms;

/// <summary>
/// How readily a detector flags: a trade of false alarms against misses. The model detector continues the tail of the frame's own scores to the stated
/// number of false alarms, or in a frame full of defects to 1.5 % of what it finds, 20 per megapixel at the most.
/// </summary>
public enum Sensitivity
{
    /// <summary>Flags only what is beyond doubt: 0.08 expected false alarms per megapixel.</summary>
    Low,

    /// <summary>The default: 0.8 expected false alarms per megapixel.</summary>
    Normal,

    /// <summary>Flags also what is doubtful: 8 expected false alarms per megapixel.</summary>
    High,
}
