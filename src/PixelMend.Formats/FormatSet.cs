using PixelMend.Formats.Dng;
using PixelMend.Formats.Fits;
using PixelMend.Formats.Maps;
using PixelMend.Formats.Otp;
using PixelMend.Formats.Pgm;
using PixelMend.Formats.Png;
using PixelMend.Formats.RawDump;
using PixelMend.Formats.Ser;
using PixelMend.Formats.Tiff;

namespace PixelMend.Formats;

/// <summary>Every format, listed once, and the choice among them.</summary>
public static class FormatSet
{
    /// <summary>The first bytes of a file that <see cref="FrameFormat.Matches"/> may look at.</summary>
    public const int HeadBytes = 4096;

    private static readonly RawDumpFormat Dump = new();

    /// <summary>
    /// Frame formats in the order in which they are tried on a file. Formats of other assemblies come before all but DNG: camera RAW files
    /// look like TIFF, and DNG files like camera RAW.
    /// </summary>
    public static IReadOnlyList<FrameFormat> Frames { get; private set; } =
    [new DngFormat(), new TiffFormat(), new FitsFormat(), new GzippedFits(), new SerFormat(), new PngFormat(), new PgmFormat(), Dump];

    /// <summary>Map formats, chosen by extension; of those that share one, the first that recognises the content.</summary>
    public static IReadOnlyList<MapFormat> Maps { get; } =
    [
        new CsvMap(),
        new JsonMap(),
        new DcrawList(),
        new RawTherapeeList(),
        new SirilList(),
        new MlvAppList(),
        new Phd2List(),
        new PixInsightList(),
        ImperxList.Defective,
        ImperxList.Hot,
        new DalsaMap(),
        new DngMap(),
        new FitsMask(),
        PackedFitsMask.Gzipped,
        PackedFitsMask.Tiled,
        new ImageMask(new PngFormat()),
        new ImageMask(new TiffFormat()),
        new ImageMask(new PgmFormat()),
        new OtpMap(),
        new HiSiliconTable(),
        new TexasInstrumentsTable(),
        new PhaseOneTable(),
    ];

    /// <summary>Takes in a format of another assembly; for programs to call once, before any file is read.</summary>
    public static void Add(FrameFormat adapter) => Frames = [Frames[0], adapter, .. Frames.Skip(1)];

    /// <summary>The format to read a frame file with: a headerless dump when its geometry is given, else whichever recognises the content.</summary>
    /// <param name="head">The file's first bytes; more than <see cref="HeadBytes"/> do no harm.</param>
    /// <param name="name">The file's name or path.</param>
    /// <param name="options">What the user says about the file.</param>
    /// <exception cref="RawDataException">No format recognises it; the message says what is known and what to do.</exception>
    public static FrameFormat FrameFormatFor(ReadOnlySpan<byte> head, string name, ReadOptions options)
    {
        if (options.Raw is not null)
        {
            return Dump;
        }

        if (head.IsEmpty)
        {
            throw new RawDataException(RawDataError.Unsupported, "unknown format", "the file is empty");
        }

        ReadOnlySpan<byte> first = head[..Math.Min(head.Length, HeadBytes)];
        foreach (FrameFormat format in Frames)
        {
            if (format.Matches(first, name))
            {
                return format;
            }
        }

        throw new RawDataException(
            RawDataError.Unsupported,
            "unknown format",
            HasExtension(name, Dump.Extensions)
                ? "a headerless dump needs its geometry: give --raw width=…,height=…,depth=…,cfa=…"
                : $"the content is none of {Names(Frames.Where(f => f != Dump).Select(f => f.Name))}; a headerless dump needs --raw"
        );
    }

    /// <summary>The format of a frame file by its extension alone; null where none has it.</summary>
    public static FrameFormat? FrameFormatNamed(string name) => Frames.FirstOrDefault(f => HasExtension(name, f.Extensions));

    /// <summary>The format to write a new frame file in, by its extension.</summary>
    /// <exception cref="NotSupportedException">The extension is none of those written, which the message lists.</exception>
    public static FrameFormat FrameFormatForWriting(string name) =>
        FrameFormatNamed(name) switch
        {
            { StandInExtension: { } instead } format => throw new NotSupportedException(
                $"{Path.GetFileName(name)}: new {format.Name} files cannot be written; let the name end in {instead}"
            ),
            { } format => format.For(name),
            null => throw new NotSupportedException(
                UnknownExtension(name, "frames", Frames.Where(f => f.StandInExtension is null).SelectMany(f => f.Extensions))
            ),
        };

    /// <summary>The format to write a map in, by its extension and, where several share one, its dialect.</summary>
    /// <exception cref="NotSupportedException">The extension is none of the known ones, which the message lists, or needs a frame.</exception>
    public static MapFormat MapFormatFor(string name, string? dialect = null) => MapFormatFor(name, dialect, hasCarrier: false);

    /// <summary>The format to write a map in, where there may be a frame's file for it to stand in.</summary>
    /// <exception cref="NotSupportedException">As the other; with a frame, none is asked for.</exception>
    public static MapFormat MapFormatFor(string name, string? dialect, bool hasCarrier)
    {
        MapFormat format = MapFormatsOf(name, dialect)[0];
        if (format.IsWritten || (hasCarrier && format.StandsInFrame))
        {
            return format;
        }

        string why = format.StandsInFrame ? "are no file of their own" : "cannot be written";
        throw new NotSupportedException($"{Path.GetFileName(name)}: {format.Name} {why}; {format.Summary}");
    }

    /// <summary>The format to read a map in: by its extension, its dialect where one is given, and what it looks like.</summary>
    /// <exception cref="NotSupportedException">The extension is none of the known ones, which the message lists.</exception>
    public static MapFormat MapFormatFor(string name, ReadOnlySpan<byte> file, string? dialect = null)
    {
        MapFormat[] formats = MapFormatsOf(name, dialect);
        foreach (MapFormat format in formats)
        {
            if (format.Matches(file))
            {
                return format;
            }
        }

        return formats[0];
    }

    /// <summary>Whether a map's extension is one of a dialect's, so that the dialect can make a difference to it.</summary>
    public static bool HasDialect(string name, string dialect) => HasExtension(name, ExtensionsOf(dialect));

    /// <summary>The extensions of a dialect's files.</summary>
    public static IReadOnlyList<string> ExtensionsOf(string dialect) =>
        [.. Maps.Where(f => string.Equals(f.Dialect, dialect, StringComparison.OrdinalIgnoreCase)).SelectMany(f => f.Extensions)];

    /// <summary>The formats of an extension, at least one; a dialect chooses among those that have one.</summary>
    private static MapFormat[] MapFormatsOf(string name, string? dialect)
    {
        MapFormat[] formats = [.. Maps.Where(f => HasExtension(name, f.Extensions))];
        if (formats.Length == 0)
        {
            throw new NotSupportedException(UnknownExtension(name, "maps", Maps.SelectMany(f => f.Extensions)));
        }

        MapFormat[] chosen =
        [
            .. formats.Where(f => dialect is null || string.Equals(f.Dialect, dialect, StringComparison.OrdinalIgnoreCase)),
        ];
        return chosen.Length > 0 ? chosen : formats;
    }

    private static bool HasExtension(string name, IReadOnlyList<string> extensions) =>
        extensions.Contains(FileName.Extension(name), StringComparer.OrdinalIgnoreCase);

    private static string UnknownExtension(string name, string what, IEnumerable<string> known) =>
        $"{Path.GetFileName(name)}: {what} are known by their extension, one of {Names(known)}";

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Distinct(StringComparer.Ordinal));
}
