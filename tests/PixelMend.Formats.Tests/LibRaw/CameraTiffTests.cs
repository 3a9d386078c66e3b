using PixelMend.Formats.Tests.Tiff;
using PixelMend.Formats.Tiff;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.LibRaw;

/// <summary>Samples changed where they stand in a camera's file, and the reasons for which they cannot be.</summary>
public class CameraTiffTests
{
    private const int Width = 7;
    private const int Height = 5;

    private static readonly RawFrame Frame = new(Samples(), 14, CfaPattern.Parse("RGGB"), new Levels(0, 16_383));
    private static readonly SampleChange[] Changes = [new(6, 0, 0, 16_383, 1), new(0, 4, 0, 1, 1)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fourteen_bits_in_words_are_recognised_by_their_values(bool bigEndian)
    {
        byte[] file = TiffSketch.Mosaic(bigEndian, Width, Height, 14).Build([Words(Frame, bigEndian)]);
        byte[] expected = TiffSketch.Mosaic(bigEndian, Width, Height, 14).Build([Words(Frame.With(Changes), bigEndian)]);
        Assert.Equal(expected, Rewrite(file, Frame));
    }

    [Fact]
    public void Packed_bits_are_recognised_by_their_values()
    {
        byte[] file = TiffSketch.Mosaic(true, Width, Height, 14).Build([BitPacking.Pack(Frame.Codes!, 14)]);
        byte[] expected = TiffSketch.Mosaic(true, Width, Height, 14).Build([BitPacking.Pack(Frame.With(Changes).Codes!, 14)]);
        Assert.Equal(expected, Rewrite(file, Frame));
    }

    [Fact]
    public void Another_order_of_bytes_than_the_files_own_is_refused()
    {
        byte[] file = TiffSketch.Mosaic(true, Width, Height, 14).Build([Words(Frame, bigEndian: false)]);
        AssertRefused(file, "of the maker's own");
    }

    [Fact]
    public void Compressed_samples_are_refused()
    {
        byte[] file = TiffSketch.Mosaic(true, Width, Height, 14).Shorts(259, 34713).Build([new byte[40]]);
        AssertRefused(file, "compressed (TIFF compression 34713)");
    }

    [Fact]
    public void Other_sizes_are_refused() => AssertRefused(TiffSketch.Mosaic(true, 4, 4, 16).Build([new byte[32]]), "no image of 7 × 5");

    [Fact]
    public void Other_containers_are_refused() => AssertRefused("FUJIFILMCCD-RAW "u8.ToArray(), "no TIFF container");

    private static void AssertRefused(byte[] file, string reason)
    {
        RawDataException refused = Assert.Throws<RawDataException>(() => Rewrite(file, Frame));
        Assert.Equal(RawDataError.Unsupported, refused.Error);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Contains(".dng", refused.Message, StringComparison.Ordinal);
    }

    private static byte[] Rewrite(byte[] file, RawFrame frame) =>
        Files.Made(s => CameraTiff.Rewrite(file, frame, Changes, ReadLimits.Default, "camera RAW", s));

    private static Plane<ushort> Samples()
    {
        var plane = new Plane<ushort>(Width, Height);
        for (int i = 0; i < plane.Samples.Length; i++)
        {
            plane.Samples[i] = (ushort)(i * 397 % 16_384);
        }

        return plane;
    }

    private static byte[] Words(RawFrame frame, bool bigEndian) =>
        [.. frame.Codes!.Samples.SelectMany(c => bigEndian ? new[] { (byte)(c >> 8), (byte)c } : [(byte)c, (byte)(c >> 8)])];
}
