using PixelMend.Frames;

namespace PixelMend.Formats.RawDump;

/// <summary>
/// Samples and nothing else, described by a <see cref="RawSpec"/>. A dump has no mark to be recognised by, so it is read only when
/// its geometry is given, and only when its size fits that geometry exactly: a wrong width shows there first.
/// Samples above the declared depth stay as stored; the depth bounds only what a repair may store.
/// </summary>
public sealed class RawDumpFormat : FrameFormat
{
    private const string FormatName = "raw dump";

    /// <summary>Extensions that ask for MIPI's packing, with its depth.</summary>
    private static readonly Dictionary<string, int> MipiExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        [".raw10"] = 10,
        [".raw12"] = 12,
        [".raw14"] = 14,
    };

    /// <inheritdoc/>
    public override string Name => FormatName;

    /// <inheritdoc/>
    public override string Summary =>
        "Read and rewritten in place: headerless samples described by --raw: one or two bytes a sample, either byte order, MIPI RAW10/12/14 packing, offset, stride; written plain, or packed as .raw10, .raw12 and .raw14.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".raw", ".bin", ".dat", .. MipiExtensions.Keys];

    /// <summary>How new files are packed: MIPI's depth; null: one or two bytes a sample.</summary>
    internal int? MipiDepth { get; private init; }

    /// <inheritdoc/>
    public override FrameFormat For(string name) =>
        MipiExtensions.TryGetValue(FileName.Extension(name), out int depth) ? new RawDumpFormat { MipiDepth = depth } : this;

    /// <summary>Never by content: <see cref="FormatSet.FrameFormatFor"/> chooses this format when <see cref="ReadOptions.Raw"/> is given.</summary>
    public override bool Matches(ReadOnlySpan<byte> head, string name) => false;

    /// <inheritdoc/>
    public override RawFrame Read(ReadOnlyMemory<byte> file, ReadOptions options)
    {
        RawSpec spec = Checked(options);
        options.Limits.CheckSize(FormatName, spec.Width, spec.Height);
        CheckLength(spec, file.Length);

        var codes = Plane<ushort>.Unfilled(spec.Width, spec.Height);
        new DumpRows(spec).Decode(file.Span, codes);
        return new RawFrame(codes, spec.Depth, spec.Cfa, new Levels(spec.Black, spec.EffectiveWhite));
    }

    /// <inheritdoc/>
    public override void Rewrite(
        ReadOnlyMemory<byte> original,
        RawFrame frame,
        IReadOnlyList<SampleChange> changes,
        ReadOptions options,
        Stream output
    )
    {
        byte[] copy = original.ToArray();
        new DumpRows(Checked(options)).Patch(copy, changes);
        output.Write(copy);
    }

    /// <summary>Writes samples without padding, plain ones low byte first; <see cref="SpecFor"/> says how to read them back.</summary>
    public override void Write(RawFrame frame, Stream output)
    {
        RawSpec spec = SpecFor(frame);
        var rows = new DumpRows(spec);
        var row = new byte[spec.RowBytes];
        for (int y = 0; y < frame.Height; y++)
        {
            rows.Encode(frame.Codes!.Row(y), row);
            output.Write(row);
        }
    }

    /// <summary>The <c>--raw</c> text's content for what <see cref="Write"/> makes of a frame.</summary>
    /// <exception cref="NotSupportedException">The frame is float, its samples are not linear, or they do not fit the packing.</exception>
    public RawSpec SpecFor(RawFrame frame)
    {
        RawSpec spec = Describe(frame);
        return MipiDepth is not int depth ? spec
            : spec.Depth <= depth ? spec with { Depth = depth, White = spec.EffectiveWhite, Packing = RawPacking.Mipi }
            : throw new NotSupportedException(
                $"MIPI RAW{depth} holds {depth} bits a sample, the frame has {spec.Depth}; let the name end in .raw, or a deeper one"
            );
    }

    /// <summary>
    /// Video without a header, such as a pipe brings it: frames of the given geometry one after the other until the input ends, each with the
    /// geometry's offset before it.
    /// </summary>
    /// <param name="video">The input; closed with the sequence.</param>
    /// <param name="options">With the geometry.</param>
    /// <exception cref="RawDataException">There is no geometry, it contradicts itself, or it is beyond the limits.</exception>
    public static FrameSequence OpenVideo(Stream video, ReadOptions options)
    {
        RawSpec spec = Checked(options);
        return new DumpVideo(video, spec, FormatName, options.Limits);
    }

    /// <summary>The <c>--raw</c> text's content for plain samples of a frame.</summary>
    /// <exception cref="NotSupportedException">The frame is float, or its samples are not linear.</exception>
    public static RawSpec Describe(RawFrame frame)
    {
        (_, int bits) = CodeDepth.ForWriting(frame, FormatName);
        int depth = bits <= 8 == frame.BitDepth <= 8 ? frame.BitDepth : bits;
        return new RawSpec
        {
            Width = frame.Width,
            Height = frame.Height,
            Depth = depth,
            Cfa = frame.Cfa,
            Black = frame.Levels.Black(0, 0),
            White = MathF.Min(frame.Levels.White(0, 0), (1 << depth) - 1), // what is stated may be beyond what can be stored
        };
    }

    private static RawSpec Checked(ReadOptions options)
    {
        RawSpec spec =
            options.Raw
            ?? throw new RawDataException(
                RawDataError.Unsupported,
                FormatName,
                "a headerless dump needs its geometry: give --raw width=…,height=…,depth=…,cfa=…"
            );
        try
        {
            spec.Check();
            return spec;
        }
        catch (FormatException contradiction)
        {
            throw new RawDataException(RawDataError.Malformed, FormatName, contradiction.Message);
        }
    }

    private static void CheckLength(RawSpec spec, long actual)
    {
        long stride = spec.Stride ?? spec.RowBytes;
        long whole = spec.Offset + (stride * spec.Height);
        long unpadded = whole - stride + spec.RowBytes;
        if (actual != whole && actual != unpadded)
        {
            string hint =
                actual > whole && (actual - spec.Offset) % stride == 0 ? $"; it holds {(actual - spec.Offset) / stride} such rows" : "";
            throw new RawDataException(
                RawDataError.Malformed,
                FormatName,
                $"the file has {actual} bytes, the geometry {spec} needs {whole}{hint}: check width, height, depth, packing, stride and offset"
            );
        }
    }
}
