using PixelMend.Frames;

namespace PixelMend.Formats;

/// <summary>What the user says about a file beyond what it says itself.</summary>
public sealed record ReadOptions
{
    /// <summary>Nothing beyond the file's own word.</summary>
    public static ReadOptions Default { get; } = new();

    /// <summary>Bounds on the file.</summary>
    public ReadLimits Limits { get; init; } = ReadLimits.Default;

    /// <summary>Geometry of a headerless dump; null for files with headers.</summary>
    public RawSpec? Raw { get; init; }

    /// <summary>The mosaic of files that do not name one; null: mono.</summary>
    public CfaPattern? Cfa { get; init; }

    /// <summary>Most threads that decode a file, where it can be decoded in pieces.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Leave defects that the file itself declares (DNG FixBadPixels opcodes) to others: they are not read as a map,
    /// and stay in the file when it is rewritten.
    /// </summary>
    public bool IgnoreEmbedded { get; init; }

    /// <summary>Which image of a FITS file: its number (0 is the primary), its EXTNAME, <c>all</c>; null: the first.</summary>
    public string? Hdu { get; init; }

    /// <summary>Where frames of a series get memory for their codes from, in formats that know how to; null: new memory for each.</summary>
    public FrameMemory? Memory { get; init; }

    /// <summary>Byte order of 16-bit SER video, where the file's own mark is not to be believed; null: look at mark and samples.</summary>
    public bool? BigEndian { get; init; }
}
