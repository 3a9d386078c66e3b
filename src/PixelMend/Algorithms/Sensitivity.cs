namespace PixelMend.Algorithms;

/// <summary>How readily a detector flags: a trade of false alarms against misses.</summary>
public enum Sensitivity
{
    /// <summary>Flags only what is beyond doubt.</summary>
    Low,

    /// <summary>The default.</summary>
    Normal,

    /// <summary>Flags also what is doubtful.</summary>
    High,
}
