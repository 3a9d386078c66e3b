using CsCheck;
using PixelMend.Formats.Tests.Dng;
using PixelMend.Formats.Tiff;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Tiff;

public class TiffFormatTests
{
    private static readonly TiffFormat Format = new();

    [Fact]
    public void Grey_of_either_byte_order_is_read_exactly_and_patched_in_place() =>
        Gen.Select(Gen.Bool, Gen.Int[1, 30], Gen.Int[1, 20], Gen.OneOf([8, 16]), Gen.Int[1, 7])
            .SelectMany(shape =>
                Gen.Select(Gen.Const(shape), Gen.Int[0, (1 << shape.Item4) - 1].Select(s => (ushort)s).Array[shape.Item2 * shape.Item3])
            )
            .Sample(
                (shape, samples) =>
                {
                    (bool bigEndian, int width, int height, int bits, int rows) = shape;
                    TiffSketch sketch = Grey(bigEndian, width, height, bits).Longs(278, rows);
                    byte[] file = sketch.Build([.. samples.Chunk(width).Chunk(rows).Select(strip => sketch.Pack(strip, bits))]);
                    RawFrame frame = Format.Read(file, ReadOptions.Default);
                    Assert.Equal(samples, frame.Codes!.Samples);
                    Assert.True(frame.Cfa.IsMono);
                    SampleChange[] changes = [new SampleChange(width - 1, height - 1, samples[^1], samples[^1] ^ 1, 1)];
                    byte[] rewritten = DngVariantTests.Rewritten(Format, file, frame, changes, ReadOptions.Default);
                    Assert.Equal(frame.With(changes).Codes!.Samples, Format.Read(rewritten, ReadOptions.Default).Codes!.Samples);
                    Assert.Equal(1, file.Zip(rewritten).Count(p => p.First != p.Second));
                },
                iter: 300
            );

    [Fact]
    public void What_is_written_is_read_back() =>
        DngWriteTests
            .Frames.Where(f => f.Linearization.IsEmpty)
            .Sample(
                frame =>
                {
                    using var output = new MemoryStream();
                    Format.Write(frame, output);
                    Assert.Equal(frame.Codes!.Samples, Format.Read(output.ToArray(), ReadOptions.Default).Codes!.Samples);
                },
                iter: 50
            );

    /// <summary>Codes without their table would be taken for light.</summary>
    [Fact]
    public void Samples_that_are_not_linear_are_refused()
    {
        var frame = new RawFrame(new Plane<ushort>(4, 2), 8, CfaPattern.Mono, new Levels(0, 1000))
        {
            Linearization = new ushort[] { 0, 10, 1000 },
        };
        Assert.Contains(
            "not linear",
            Assert.Throws<NotSupportedException>(() => Format.Write(frame, Stream.Null)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_mosaic_is_what_the_user_says()
    {
        byte[] file = Grey(bigEndian: false, 4, 2, 8).Build([new byte[8]]);
        var options = new ReadOptions { Cfa = CfaPattern.Parse("GBRG") };
        Assert.Equal("GBRG", Format.Read(file, options).Cfa.ToString());
    }

    [Theory]
    [InlineData(259, 5, "compressed")]
    [InlineData(277, 3, "3 samples")]
    [InlineData(262, 3, "colour model 3")]
    [InlineData(258, 12, "12-bit")]
    [InlineData(339, 2, "format 2")]
    public void Others_are_refused_with_the_reason(ushort tag, int value, string reason)
    {
        byte[] file = Grey(bigEndian: false, 4, 2, 16).Shorts(tag, value).Build([new byte[16]]);
        var exception = Assert.Throws<RawDataException>(() => Format.Read(file, ReadOptions.Default));
        Assert.Equal(RawDataError.Unsupported, exception.Error);
        Assert.Contains(reason, exception.Message);
    }

    [Fact]
    public void DNG_belongs_to_its_own_format()
    {
        byte[] file = TiffSketch.Mosaic(bigEndian: true, 4, 2, 16).Build([new byte[16]]);
        Assert.Equal("DNG", FormatSet.Frames.First(f => f.Matches(file, "picture.tif")).Name);
        Assert.Equal(RawDataError.Unsupported, Assert.Throws<RawDataException>(() => Format.Read(file, ReadOptions.Default)).Error);
    }

    [Fact]
    public void BigTIFF_is_refused()
    {
        byte[] file = [.. "II+\0"u8, 8, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal(RawDataError.Unsupported, Assert.Throws<RawDataException>(() => Format.Read(file, ReadOptions.Default)).Error);
    }

    private static TiffSketch Grey(bool bigEndian, int width, int height, int bits) =>
        new TiffSketch(bigEndian).Longs(256, width).Longs(257, height).Shorts(258, bits).Shorts(259, 1).Shorts(262, 1);
}
