using System.Text;
using PixelMend.Formats.Pgm;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Pgm;

public class PgmTests
{
    private static readonly PgmFormat Format = new();

    [Theory]
    [InlineData("P5 2 1 255\n", new byte[] { 7, 200 }, new ushort[] { 7, 200 }, 8)]
    [InlineData("P5#made by\n# hand\r2#wide\n\t1\n 100 ", new byte[] { 7, 200 }, new ushort[] { 7, 200 }, 7)]
    [InlineData("P5 2 1 256\n", new byte[] { 1, 0, 0, 9 }, new ushort[] { 256, 9 }, 9)]
    [InlineData("P5\n2\n1\n16383\n", new byte[] { 0x3F, 0xFF, 0xFF, 0xFF }, new ushort[] { 16383, 65535 }, 14)]
    [InlineData("P5 2 1 255\n", new byte[] { 7, 200, (byte)'P', (byte)'5' }, new ushort[] { 7, 200 }, 8)]
    public void Headers_may_hold_comments_and_any_maximum(string header, byte[] data, ushort[] codes, int depth)
    {
        byte[] file = [.. Encoding.ASCII.GetBytes(header), .. data];
        RawFrame frame = Format.Read(file, ReadOptions.Default);
        Assert.Equal(codes, frame.Codes!.Samples);
        Assert.Equal(depth, frame.BitDepth);

        byte[] rewritten = Files.Made(output =>
            Format.Rewrite(file, frame, [new SampleChange(1, 0, codes[1], 3, 1)], ReadOptions.Default, output)
        );
        int sample = depth > 8 ? 2 : 1;
        Assert.Equal(file.Length, rewritten.Length);
        Assert.Equal(file[..(header.Length + sample)], rewritten[..(header.Length + sample)]);
        Assert.Equal([codes[0], 3], Format.Read(rewritten, ReadOptions.Default).Codes!.Samples);
    }

    [Theory]
    [InlineData("P5 1 1 255\n\aP5 1 1 255\n\a", true)]
    [InlineData("P5 1 1 255\n\aP", false)]
    public void A_second_image_is_told_of(string file, bool told)
    {
        IReadOnlyList<string> notes = Format.Read(Encoding.ASCII.GetBytes(file), ReadOptions.Default).Info.Notes;
        Assert.Equal(told ? ["The file has further images: only the first is read."] : [], notes);
    }

    [Theory]
    [InlineData("P2 1 1 255\n7", RawDataError.Unsupported, "only binary greymaps (P5) are read, this is kind P2")]
    [InlineData("P6 1 1 255\nrgb", RawDataError.Unsupported, "this is kind P6")]
    [InlineData("P5 0 1 255\n", RawDataError.Malformed, "width is not a whole number from 1")]
    [InlineData("P5 1 99999999999 255\n", RawDataError.Malformed, "height is not a whole number")]
    [InlineData("P5 1 1 65536\n", RawDataError.Malformed, "maximum is not a whole number from 1 to 65535")]
    [InlineData("P5 1 1 255", RawDataError.Malformed, "one blank must end the header")]
    [InlineData("P5 2 2 255\nabc", RawDataError.Malformed, "the file ends after 14 of 15 bytes")]
    [InlineData("P5 70000 2 255\nabc", RawDataError.LimitExceeded, "exceeds the limit")]
    public void What_is_wrong_is_named(string text, RawDataError kind, string reason)
    {
        byte[] file = Encoding.ASCII.GetBytes(text);
        Assert.True(Format.Matches(file, "x.pgm"));
        RawDataException error = Assert.Throws<RawDataException>(() => Format.Read(file, ReadOptions.Default));
        Assert.Equal(kind, error.Error);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
