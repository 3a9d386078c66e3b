using System.Globalization;
using System.Text;
using PixelMend.Frames;

namespace PixelMend.Formats.Pgm;

/// <summary>
/// Binary portable greymaps (P5), one byte a sample up to a maximum of 255, else two, high byte first. The maximum is the white level.
/// Whatever follows the first image is kept.
/// </summary>
public sealed class PgmFormat : FrameFormat
{
    private const string FormatName = "PGM";

    /// <inheritdoc/>
    public override string Name => FormatName;

    /// <inheritdoc/>
    public override string Summary =>
        "Read, rewritten in place and written: binary greymaps (P5) of 8 and 16 bits; mono unless a mosaic is given.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".pgm"];

    /// <summary>Any of the family is recognised, so that the other kinds are refused by name.</summary>
    public override bool Matches(ReadOnlySpan<byte> head, string name) =>
        head.Length >= 3 && head[0] == 'P' && head[1] is >= (byte)'1' and <= (byte)'7' && (PgmHeader.IsSpace(head[2]) || head[2] == '#');

    /// <inheritdoc/>
    public override RawFrame Read(ReadOnlyMemory<byte> file, ReadOptions options)
    {
        PgmHeader header = PgmHeader.Read(file.Span, FormatName);
        options.Limits.CheckSize(FormatName, header.Width, header.Height);
        long needed = header.DataOffset + header.DataBytes;
        if (file.Length < needed)
        {
            throw new RawDataException(
                RawDataError.Malformed,
                FormatName,
                $"the file ends after {file.Length} of {needed} bytes",
                file.Length
            );
        }

        var codes = Plane<ushort>.Unfilled(header.Width, header.Height);
        for (int y = 0; y < header.Height; y++)
        {
            header.Coding.Decode(file.Span[header.RowStart(y)..], codes.Row(y));
        }

        int depth = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)header.Maximum);
        return new RawFrame(codes, depth, options.Cfa ?? CfaPattern.Mono, new Levels(0, header.Maximum))
        {
            Info = new FrameInfo { Notes = Notes(file.Span[(int)needed..]) },
        };
    }

    private static string[] Notes(ReadOnlySpan<byte> rest) =>
        rest.StartsWith("P5"u8) ? ["The file has further images: only the first is read."] : [];

    /// <inheritdoc/>
    public override void Rewrite(
        ReadOnlyMemory<byte> original,
        RawFrame frame,
        IReadOnlyList<SampleChange> changes,
        ReadOptions options,
        Stream output
    )
    {
        PgmHeader header = PgmHeader.Read(original.Span, FormatName);
        byte[] copy = original.ToArray();
        foreach (SampleChange change in changes)
        {
            header.Coding.Patch(copy.AsSpan(header.RowStart(change.Y)), change.X, (ushort)change.New);
        }

        output.Write(copy);
    }

    /// <summary>Writes the samples with the largest code as maximum; levels and mosaic have no place in the format.</summary>
    public override void Write(RawFrame frame, Stream output)
    {
        (Plane<ushort> codes, int bits) = CodeDepth.ForWriting(frame, FormatName);
        int maximum = (1 << bits) - 1;
        output.Write(
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5\n{frame.Width} {frame.Height}\n{maximum}\n"))
        );
        SampleCoding coding = PgmHeader.CodingFor(maximum);
        var row = new byte[frame.Width * coding.Bytes];
        for (int y = 0; y < frame.Height; y++)
        {
            coding.Encode(codes.Row(y), row);
            output.Write(row);
        }
    }
}
