using PixelMend.Defects;
using PixelMend.Formats.Maps;
using PixelMend.Frames;

namespace PixelMend.Formats.Fits;

/// <summary>
/// Maps as FITS images. An image of 32-bit integers holds data quality bits as JWST's archive defines them: several kinds at a photosite, but
/// neither severities nor which photosites form a line. In one of another type every sample that is not 0 is a defect of unknown kind.
/// </summary>
public sealed class FitsMask : MapFormat
{
    /// <inheritdoc/>
    public override string Name => "FITS mask";

    /// <inheritdoc/>
    public override string Summary =>
        "Read and written: an image of data quality bits (JWST's), or of zeros for good photosites: the extension DQ, MASK, BPM or BADPIX, else the first image; kinds with a bit are kept.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".fits", ".fit", ".fts"];

    /// <inheritdoc/>
    public override bool OriginIsFixed => true;

    /// <inheritdoc/>
    public override MapReading Read(ReadOnlyMemory<byte> file, MapContext context)
    {
        var map = new MapAssembly(this, context);
        map.CheckFile(file.Length);
        FitsImage image = FitsContent.OpenMask(Gzip.HasMagic(file.Span) ? Gzip.Unpack(file, context.Limits, Name) : file, context.Limits);
        map.CheckGeometry(image.Width, image.Height);
        foreach ((int x, int y, DefectKind kind) in new FitsQuality(image).Marked())
        {
            map.Add(new MapEntry(x, y, 1, 1, kind, 0, 1), new EntryPlace("row", y));
        }

        return map.Build(MapProvenance.Unknown);
    }

    /// <summary>Writes an empty primary unit and the extension DQ, unsigned by the usual BZERO.</summary>
    public override IReadOnlyList<string> Write(DefectMap map, MapContext context, Stream output)
    {
        if (context.Size is null)
        {
            throw new NotSupportedException("a mask needs the sensor's size: --size or --frame tells it");
        }

        var samples = new FitsSamples(32, Math.ScaleB(1, 31), 1, null);
        FitsCards primary = new FitsCards().Add("SIMPLE", true).Add("BITPIX", 8).Add("NAXIS", 0).Add("EXTEND", true);
        output.Write(primary.ToBlocks());
        FitsCards header = new FitsCards()
            .Add("XTENSION", "IMAGE")
            .Add("BITPIX", samples.BitPix)
            .Add("NAXIS", 2)
            .Add("NAXIS1", map.Width)
            .Add("NAXIS2", map.Height)
            .Add("PCOUNT", 0)
            .Add("GCOUNT", 1)
            .Add("BZERO", samples.Zero)
            .Add("BSCALE", 1)
            .Add("EXTNAME", "DQ");
        output.Write(header.ToBlocks());

        var data = new FitsData(output);
        var row = new byte[map.Width * samples.Bytes];
        using IEnumerator<Defect> next = map.AllPhotosites().GetEnumerator();
        bool more = next.MoveNext();
        for (int y = 0; y < map.Height; y++)
        {
            for (int x = 0; x < map.Width; x++)
            {
                bool bad = more && (next.Current.X, next.Current.Y) == (x, y);
                samples.Patch(row, x, bad ? FitsQuality.BitsOf(next.Current.Kind) : 0);
                more = bad ? next.MoveNext() : more;
            }

            data.Write(row);
        }

        data.Pad();
        return [];
    }
}
