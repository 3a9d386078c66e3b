namespace PixelMend.LibRaw;

/// <summary>How camera RAW files begin.</summary>
internal static class CameraSignature
{
    /// <summary>Extensions that makers use for RAW files. Those of other files too (.raw, .tif) are left out.</summary>
    public static IReadOnlyList<string> Extensions { get; } =
    [
        ".nef",
        ".nrw",
        ".cr2",
        ".cr3",
        ".crw",
        ".arw",
        ".srf",
        ".sr2",
        ".raf",
        ".orf",
        ".rw2",
        ".rwl",
        ".pef",
        ".srw",
        ".3fr",
        ".fff",
        ".iiq",
        ".mef",
        ".mos",
        ".mrw",
        ".erf",
        ".kdc",
        ".dcr",
        ".x3f",
        ".gpr",
    ];

    /// <summary>Marks that no other files have, and where they stand.</summary>
    private static readonly (int Offset, byte[] Mark)[] Marks =
    [
        (0, "FUJIFILMCCD-RAW"u8.ToArray()),
        (0, "IIRO"u8.ToArray()), // Olympus
        (0, "IIRS"u8.ToArray()),
        (0, "MMOR"u8.ToArray()),
        (0, "IIU\0"u8.ToArray()), // Panasonic, Leica
        (0, "\0MRM"u8.ToArray()), // Minolta
        (0, "FOVb"u8.ToArray()), // Sigma
        (4, "ftypcrx "u8.ToArray()), // Canon CR3
        (6, "HEAPCCDR"u8.ToArray()), // Canon CRW
        (8, "CR\u0002"u8.ToArray()), // Canon CR2
    ];

    private static readonly byte[][] TiffMarks = ["II*\0"u8.ToArray(), "MM\0*"u8.ToArray()];

    /// <summary>Whether a file is a camera's: by its mark, or as a TIFF file with a camera's extension.</summary>
    public static bool IsIn(ReadOnlySpan<byte> head, string name)
    {
        foreach ((int offset, byte[] mark) in Marks)
        {
            if (head.Length >= offset + mark.Length && head[offset..].StartsWith(mark))
            {
                return true;
            }
        }

        bool isTiff = head.StartsWith(TiffMarks[0]) || head.StartsWith(TiffMarks[1]);
        return isTiff && Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);
    }
}
