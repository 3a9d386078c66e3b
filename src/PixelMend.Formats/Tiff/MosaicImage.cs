using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Tiff;

/// <summary>
/// One directory's image of a single sample per photosite, with the tags that say what its samples mean: the part that
/// DNG and plain TIFF have in common.
/// </summary>
internal sealed class MosaicImage
{
    private readonly string format;
    private readonly SegmentedImage<ushort>? codes;
    private readonly SegmentedImage<float>? values;

    /// <summary>An image of integer codes.</summary>
    public MosaicImage(string format, TiffFile file, TiffDirectory directory, SegmentLayout layout, SegmentCodec<ushort> codec, int bits)
        : this(format, file, directory, layout, bits) => codes = new SegmentedImage<ushort>(file, directory, layout, codec);

    /// <summary>An image of floats.</summary>
    public MosaicImage(string format, TiffFile file, TiffDirectory directory, SegmentLayout layout, SegmentCodec<float> codec)
        : this(format, file, directory, layout, 32) => values = new SegmentedImage<float>(file, directory, layout, codec);

    private MosaicImage(string format, TiffFile file, TiffDirectory directory, SegmentLayout layout, int bits)
    {
        this.format = format;
        File = file;
        Directory = directory;
        Layout = layout;
        Bits = bits;
    }

    /// <summary>The file.</summary>
    public TiffFile File { get; }

    /// <summary>The image's directory.</summary>
    public TiffDirectory Directory { get; }

    /// <summary>Its size and its strips or tiles.</summary>
    public SegmentLayout Layout { get; }

    /// <summary>Bits per sample as stored.</summary>
    public int Bits { get; }

    /// <summary>Decodes the samples and interprets the tags.</summary>
    /// <param name="missingCfa">The mosaic when no tag names one.</param>
    /// <param name="findDefects">Finds the defects that the file declares, given the frame so far and a place for notes.</param>
    /// <param name="threads">Most threads.</param>
    /// <param name="same">A frame of the same samples, which need not be decoded then; null: there is none.</param>
    public RawFrame Read(CfaPattern missingCfa, Func<RawFrame, List<string>, DefectMap> findDefects, int threads = 1, RawFrame? same = null)
    {
        var notes = new List<string>();
        Area active = ReadActiveArea(notes);
        CfaPattern cfa = CfaTags.Read(File, Directory, active) ?? missingCfa;
        Func<FrameInfo, DefectMap, RawFrame> build = values is null
            ? ReadCodes(same?.Codes ?? codes!.Read(threads), cfa, active, notes)
            : ReadValues(same?.Values ?? values.Read(threads), cfa, active, notes);
        RawFrame frame = build(FrameInfo.Unknown, DefectMap.Empty(Layout.Width, Layout.Height));
        DefectMap embedded = findDefects(frame, notes);
        return build(InfoTags.Read(File, Directory, notes), embedded);
    }

    /// <summary>The integer samples alone, tags left aside.</summary>
    public Plane<ushort> ReadCodes(int threads = 1) => codes?.Read(threads) ?? throw new InvalidOperationException("The image is float.");

    /// <summary>The first photosite at which the samples are not those of a frame with changes, tags left aside; null where all are.</summary>
    public (int X, int Y)? FirstDifference(RawFrame frame, IReadOnlyList<SampleChange> changes, int threads) =>
        (frame.Width, frame.Height) != (Layout.Width, Layout.Height) || (frame.Codes is null) != (codes is null) ? (0, 0)
        : codes is not null ? codes.FirstDifference(new IntendedSamples<ushort>(frame.Codes!, changes, value => (ushort)value), threads)
        : values!.FirstDifference(new IntendedSamples<float>(frame.Values!, changes, value => value), threads);

    /// <summary>Makes changes to the samples.</summary>
    public void Change(IReadOnlyList<SampleChange> changes, TiffEditor editor)
    {
        codes?.Change(changes, editor);
        values?.Change(changes, editor);
    }

    /// <summary>An editor for the file.</summary>
    public TiffEditor Edit() => new(File, format);

    /// <summary>Photosites that see light; the whole image when the file names none or an impossible one.</summary>
    public Area ReadActiveArea(List<string> notes)
    {
        var whole = new Area(0, 0, Layout.Width, Layout.Height);
        double[] sides = Directory.Numbers(TiffTag.ActiveArea, 64);
        if (sides.Length == 0)
        {
            return whole;
        }

        if (sides.Length >= 4 && AreaOf(sides) is { } area)
        {
            return area;
        }

        notes.Add($"The active area {string.Join(' ', sides)} does not lie on the sensor: the whole image is taken as active.");
        return whole;
    }

    private Func<FrameInfo, DefectMap, RawFrame> ReadCodes(Plane<ushort> samples, CfaPattern cfa, Area active, List<string> notes)
    {
        ushort[] table = [.. Directory.Numbers(TiffTag.LinearizationTable, 65_536).Select(v => (ushort)v)];
        float white = table.Length > 0 ? Math.Max(table.Max(), (ushort)1) : (1 << Bits) - 1;
        Levels levels = LevelTags.Read(File, Directory, Layout, active, white, notes);
        Area[] masked = MaskedAreas();
        int depth = DepthOf(samples);
        return (info, embedded) =>
            new RawFrame(samples, depth, cfa, levels)
            {
                ActiveArea = active,
                MaskedAreas = masked,
                Linearization = table,
                Info = info,
                Embedded = embedded,
            };
    }

    private Func<FrameInfo, DefectMap, RawFrame> ReadValues(Plane<float> samples, CfaPattern cfa, Area active, List<string> notes)
    {
        Area[] masked = MaskedAreas();
        Levels levels = LevelTags.Read(File, Directory, Layout, active, FloatWhite(samples), notes);
        return (info, embedded) =>
            new RawFrame(samples, cfa, levels)
            {
                ActiveArea = active,
                MaskedAreas = masked,
                Info = info,
                Embedded = embedded,
            };
    }

    private Area[] MaskedAreas() =>
        [.. Directory.Numbers(TiffTag.MaskedAreas, 4 * 64).Chunk(4).Where(s => s.Length == 4).Select(s => AreaOf(s)).OfType<Area>()];

    /// <summary>Top, left, bottom, right as DNG orders them, whatever type holds them; null when no whole photosite lies between them or they reach off the sensor.</summary>
    private Area? AreaOf(ReadOnlySpan<double> sides)
    {
        (double top, double left) = (Math.Floor(sides[0]), Math.Floor(sides[1]));
        (double bottom, double right) = (Math.Floor(sides[2]), Math.Floor(sides[3]));
        return top >= 0 && left >= 0 && bottom > top && right > left && bottom <= Layout.Height && right <= Layout.Width
            ? new Area((int)left, (int)top, (int)right - (int)left, (int)bottom - (int)top)
            : null;
    }

    /// <summary>Compressed streams carry their own precision, which may exceed what the directory says.</summary>
    private int DepthOf(Plane<ushort> samples) =>
        Bits < 16 && codes!.MayExceedDepth ? Math.Max(Bits, CodeDepth.Needed(samples.Samples)) : Bits;

    /// <summary>Floats without a white level: DNG's 1, or the largest sample where that is larger.</summary>
    private static float FloatWhite(Plane<float> plane)
    {
        float white = 1;
        foreach (float sample in plane.Samples)
        {
            white = float.IsFinite(sample) && sample > white ? sample : white;
        }

        return white;
    }
}
