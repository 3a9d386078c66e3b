using System.Text;
using PixelMend.Formats;
using PixelMend.Formats.Dng;
using PixelMend.Formats.Fits;
using PixelMend.Formats.Pgm;
using PixelMend.Formats.Png;
using PixelMend.Formats.RawDump;
using PixelMend.Formats.Ser;
using PixelMend.Formats.Tiff;
using PixelMend.Frames;

namespace PixelMend.Fuzz;

/// <summary>
/// Frame formats: read, the same frame by frame where a file holds several, and rewritten with one sample changed, which has to come back.
/// </summary>
internal static class FrameTargets
{
    private static readonly ReadOptions Options = new() { Limits = Bounds.Limits };

    /// <summary>One for each parser. Tile-compressed FITS is checked as far as managed code goes; native cfitsio, which could take the process along, stays out.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        Of("dng", new DngFormat()),
        Of("tiff", new TiffFormat()),
        new("fits", FitsTarget, () => Seeds.Frames(new FitsFormat())),
        new("fits-gzip", GzipTarget, () => Seeds.Frames(new GzippedFits())),
        new("fits-tiles", TilesTarget, Seeds.Tiles),
        Of("ser", new SerFormat()),
        new("png", PngTarget, () => Seeds.Frames(new PngFormat())),
        Of("pgm", new PgmFormat()),
        new("dump", input => DumpTarget(input, RawPacking.Plain), () => Seeds.Dumps(RawPacking.Plain)),
        new("mipi", input => DumpTarget(input, RawPacking.Mipi), () => Seeds.Dumps(RawPacking.Mipi)),
    ];

    private static FuzzTarget Of(string name, FrameFormat format) =>
        new(name, input => Read(format, input, Options), () => Seeds.Frames(format));

    private static void FitsTarget(byte[] input)
    {
        if (FitsUnit.ReadAll(input).Any(unit => unit.IsCompressed))
        {
            return;
        }

        var format = new FitsFormat();
        Read(format, input, Options);
        Read(format, input, Options with { Hdu = "all" });
    }

    /// <summary>What gzip packed, as far as it is FITS.</summary>
    private static void GzipTarget(byte[] input)
    {
        var format = new GzippedFits();
        if (format.Matches(input, "night.fits.gz"))
        {
            FitsTarget(Gzip.Unpack(input, Bounds.Limits, format.Name));
        }
    }

    /// <summary>What is checked and copied before cfitsio sees a compressed image.</summary>
    private static void TilesTarget(byte[] input)
    {
        foreach (FitsUnit unit in FitsUnit.ReadAll(input).Where(unit => unit.IsCompressed))
        {
            TileHeader.Check(unit, Bounds.Limits);
            TileTable.Check(unit);
            FitsUnit.ReadAt(TileHeader.ToPlain(unit.File.Span, unit.Header), 0, unit.Number);
            TileHeader.Canonical(unit);
        }
    }

    /// <summary>Checksums would stop nearly every mutation at the door: they are put right first.</summary>
    private static void PngTarget(byte[] input)
    {
        PngChecksums.PutRight(input);
        Read(new PngFormat(), input, Options);
    }

    /// <summary>The first line is what stands after <c>--raw</c>, the rest is the file.</summary>
    private static void DumpTarget(byte[] input, RawPacking packing)
    {
        int end = input.AsSpan().IndexOf((byte)'\n');
        if (end < 0)
        {
            return;
        }

        RawSpec spec;
        try
        {
            spec = RawSpec.Parse(Encoding.UTF8.GetString(input, 0, end)) with { Packing = packing };
        }
        catch (FormatException)
        {
            // A mistake on the command line, told as one.
            return;
        }

        ReadOptions options = Options with { Raw = spec };
        byte[] file = input[(end + 1)..];
        using (FrameSequence video = RawDumpFormat.OpenVideo(new MemoryStream(file), options))
        {
            Drain(video);
        }

        Read(new RawDumpFormat(), file, options);
    }

    private static void Read(FrameFormat format, byte[] input, ReadOptions options)
    {
        FrameSequence? frames = format.OpenSequence(new MemoryStream(input), options);
        if (frames is not null)
        {
            using (frames)
            {
                Drain(frames);
            }
        }

        RawFrame? passing = format.ReadPassing(new MemoryStream(input), options);
        RawFrame frame = format.Read(input, options);
        if (passing is not null && !Same(frame, passing))
        {
            throw new InvalidOperationException($"{format.Name}: read as its bytes come by the file holds something else");
        }

        (int x, int y) = (frame.Width - 1, frame.Height - 1);
        float value = frame.Codes is null ? frame.Grid?.Nearest(1) ?? 1 : 1;
        var change = new SampleChange(x, y, frame.Stored(x, y), value, 1);
        using var output = new MemoryStream();
        format.Rewrite(input, frame, [change], options, output);
        RawFrame again = format.Read(output.ToArray(), options with { Limits = ReadLimits.Default });
        if (!Same(frame.With([change]), again))
        {
            throw new InvalidOperationException($"{format.Name}: the rewritten file reads back otherwise");
        }
    }

    private static void Drain(FrameSequence frames)
    {
        using var output = new MemoryStream();
        while (frames.Next() is not null)
        {
            frames.Write([], null, output);
        }

        frames.Finish(output);
    }

    private static bool Same(RawFrame expected, RawFrame actual) =>
        (expected.Width, expected.Height) == (actual.Width, actual.Height)
        && (
            expected.Codes is null
                ? actual.Values is not null && expected.Values!.Samples.AsSpan().SequenceEqual(actual.Values.Samples)
                : actual.Codes is not null && expected.Codes.Samples.AsSpan().SequenceEqual(actual.Codes.Samples)
        );
}
