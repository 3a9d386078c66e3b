using System.IO.Compression;
using PixelMend.Defects;

namespace PixelMend.Formats.Fits;

/// <summary>Masks under the names of packed FITS files. What is in the file decides how it is read; the name decides how a new one is written.</summary>
public sealed class PackedFitsMask : MapFormat
{
    private readonly FitsMask inner = new();

    private PackedFitsMask(string name, string summary, string packing, bool isWritten)
    {
        Name = name;
        Summary = summary;
        Extensions = [.. inner.Extensions.Select(extension => extension + packing)];
        IsWritten = isWritten;
    }

    /// <summary>A whole file packed by gzip.</summary>
    public static PackedFitsMask Gzipped { get; } = new("FITS mask in gzip", "Read and written: a FITS mask, packed whole.", ".gz", true);

    /// <summary>Images compressed in tiles, as fpack makes them.</summary>
    public static PackedFitsMask Tiled { get; } =
        new(
            "FITS masks in tiles",
            "Read through cfitsio: FITS masks whose images are tile-compressed; .fits.gz is written instead.",
            ".fz",
            false
        );

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Summary { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; }

    /// <inheritdoc/>
    public override bool IsWritten { get; }

    /// <inheritdoc/>
    public override bool OriginIsFixed => inner.OriginIsFixed;

    /// <inheritdoc/>
    public override MapReading Read(ReadOnlyMemory<byte> file, MapContext context) => inner.Read(file, context);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Write(DefectMap map, MapContext context, Stream output)
    {
        if (!IsWritten)
        {
            throw new NotSupportedException($"{Name} cannot be written; let the name end in {inner.Extensions[0]}.gz");
        }

        using GZipStream packed = Gzip.Pack(output);
        return inner.Write(map, context, packed);
    }
}
