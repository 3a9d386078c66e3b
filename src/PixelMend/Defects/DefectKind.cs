namespace PixelMend.Defects;

/// <summary>How a photosite fails. Formulas stand in docs/glossary.md. A photosite may fail in several ways.</summary>
[Flags]
public enum DefectKind
{
    /// <summary>Known to be defective, not how.</summary>
    Unknown = 0,

    /// <summary>Reads high without light, clearly above its neighbours.</summary>
    Hot = 1 << 0,

    /// <summary>Reads high by a modest offset.</summary>
    Warm = 1 << 1,

    /// <summary>Reads near the black level whatever the light.</summary>
    Dead = 1 << 2,

    /// <summary>Reads one constant value whatever the light.</summary>
    Stuck = 1 << 3,

    /// <summary>Responds to light clearly less than its neighbours.</summary>
    LowResponse = 1 << 4,

    /// <summary>Responds to light clearly more than its neighbours.</summary>
    OverResponse = 1 << 5,

    /// <summary>Varies from frame to frame clearly more than its neighbours.</summary>
    Noisy = 1 << 6,

    /// <summary>Jumps between two or more levels (random telegraph signal, blinking).</summary>
    Telegraph = 1 << 7,

    /// <summary>Does not follow the exposure in a straight line.</summary>
    NonLinear = 1 << 8,
}
