using PixelMend.Frames;

namespace PixelMend.Formats.Fits;

/// <summary>
/// Uncompressed FITS images: the first image of the file. Whole numbers that fit 16 unsigned bits are codes, all else is float, with missing values as NaN.
/// Coordinates are as stored: row 0 is the first row in the file, whatever end programs display on top.
/// </summary>
public sealed class FitsFormat : FrameFormat
{
    internal const string FormatName = "FITS";

    /// <inheritdoc/>
    public override string Name => FormatName;

    /// <inheritdoc/>
    public override string Summary =>
        "The first image, uncompressed, of 8 to 64 bit integers or floats; every header card kept, checksums renewed; new files as unsigned 16-bit or 32-bit float.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".fits", ".fit", ".fts"];

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> head, string name) => head.StartsWith("SIMPLE  ="u8);

    /// <inheritdoc/>
    public override RawFrame Read(ReadOnlyMemory<byte> file, ReadOptions options)
    {
        FitsImage image = FitsImage.Find(file.Span, options.Limits);
        CfaPattern? named = FitsMosaic.Read(image.Header, image.Height);
        CfaPattern cfa = named ?? options.Cfa ?? CfaPattern.Mono;
        FrameInfo info = FitsInfo.Read(image, []);
        if (!HoldsCodes(file.Span, image))
        {
            Plane<float> values = Read<float>(file.Span, image, static value => (float)value is var f && float.IsFinite(f) ? f : float.NaN);
            return new RawFrame(values, cfa, FitsLevels.OfValues(image.Header, values.Samples)) { Info = info };
        }

        Plane<ushort> codes = Read<ushort>(file.Span, image, static value => (ushort)value);
        int depth = image.Samples.BitPix == 8 ? 8 : Math.Min(CodeDepth.Infer(codes.Samples), image.Samples.LargestCodeBits);
        return new RawFrame(codes, depth, cfa, FitsLevels.OfCodes(image.Header, depth)) { Info = info };
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
        if (changes.Count > 0)
        {
            FitsImage image = FitsImage.Find(copy, options.Limits);
            foreach (SampleChange change in changes)
            {
                image.Samples.Patch(copy.AsSpan(image.RowStart(change.Y)), change.X, change.New);
            }

            FitsChecksum.Update(copy, image);
        }

        output.Write(copy);
    }

    /// <summary>Writes unsigned 16-bit codes or 32-bit floats; of the levels only white has a keyword.</summary>
    public override void Write(RawFrame frame, Stream output) => FitsWriter.Write(frame, output);

    /// <summary>Whether every sample is a whole number from 0 to 65535 and none is missing.</summary>
    private static bool HoldsCodes(ReadOnlySpan<byte> file, FitsImage image)
    {
        if (!image.Samples.IsWhole)
        {
            return false;
        }

        var row = new double[image.Width];
        for (int y = 0; y < image.Height; y++)
        {
            image.Samples.Decode(file[image.RowStart(y)..], row);
            foreach (double value in row)
            {
                if (!(value >= 0 && value <= ushort.MaxValue))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static Plane<T> Read<T>(ReadOnlySpan<byte> file, FitsImage image, Func<double, T> convert)
        where T : unmanaged
    {
        var plane = new Plane<T>(image.Width, image.Height);
        var row = new double[image.Width];
        for (int y = 0; y < image.Height; y++)
        {
            image.Samples.Decode(file[image.RowStart(y)..], row);
            Span<T> target = plane.Row(y);
            for (int x = 0; x < target.Length; x++)
            {
                target[x] = convert(row[x]);
            }
        }

        return plane;
    }
}
