using CsCheck;
using PixelMend.Formats.Dng;
using PixelMend.Formats.Tests.Tiff;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Dng;

public class LosslessJpegTests
{
    private static readonly Gen<(LosslessJpegShape Shape, ushort[] Samples)> Images =
        from precision in Gen.Int[2, 16]
        from columns in Gen.Int[1, 33]
        from rows in Gen.Int[1, 17]
        from components in Gen.Int[1, 4]
        from predictor in Gen.Int[1, 7]
        from restart in Gen.Int[0, 5]
        from smooth in Gen.Bool
        from samples in Gen.Int[0, (1 << precision) - 1].Array[columns * rows * components]
        select (
            new LosslessJpegShape(precision, columns, rows, components, predictor, restart),
            samples.Select(s => (ushort)(smooth ? s & 7 & ((1 << precision) - 1) : s)).ToArray()
        );

    [Fact]
    public void What_is_encoded_is_decoded() =>
        Images.Sample(
            (shape, samples) =>
            {
                byte[] coded = LosslessJpegEncoder.Encode(shape, samples);
                var header = LosslessJpegHeader.Parse(coded, 0);
                Assert.Equal(
                    (shape.Precision, shape.Columns, shape.Rows, shape.Components, shape.Predictor, shape.RestartRows),
                    (header.Precision, header.Columns, header.Rows, header.Components, header.Predictor, header.RestartRows)
                );
                Assert.Equal(samples, Decoded(header, coded));
            },
            iter: 2000
        );

    /// <summary>Every predictor and component count, and 16-bit differences of 32768, against a decoder that shares nothing with ours.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(4, 4)]
    [InlineData(5, 2)]
    [InlineData(6, 2)]
    [InlineData(7, 1)]
    public void Dcraw_decodes_what_is_encoded(int predictor, int components)
    {
        const int Width = 96;
        const int Height = 64;
        var random = new Random((10 * predictor) + components);
        ushort[] samples =
        [
            .. Enumerable
                .Range(0, Width * Height)
                .Select(i => (ushort)(i % 50 == 0 ? (i % 100 == 0 ? 32768 : 0) : (i * 7) + random.Next(900))),
        ];
        byte[] coded = LosslessJpegEncoder.Encode(new LosslessJpegShape(16, Width / components, Height, components, predictor), samples);
        byte[] file = TiffSketch.Mosaic(bigEndian: false, Width, Height, 16).Shorts(259, 7).Shorts(278, Height).Build([coded]);
        using var temporary = new TemporaryFile(file, ".dng");
        Assert.Equal(samples, new DngFormat().Read(file, ReadOptions.Default).Codes!.Samples);
        Assert.Equal((Width, Height), (Tool.Dcraw(temporary.Path).Width, Tool.Dcraw(temporary.Path).Height));
        Assert.Equal(samples, Tool.Dcraw(temporary.Path).Samples);
    }

    [Fact]
    public void Huffman_codes_are_prefix_free_within_16_bits_and_leave_all_ones_free() =>
        Gen.Long[0, 1L << 40]
            .Select(Gen.Int[0, 40], (weight, shift) => weight >> shift)
            .Array[1, 17]
            .Where(counts => counts.Any(c => c > 0))
            .Sample(
                counts =>
                {
                    var code = new HuffmanCode(counts);
                    Assert.Equal(counts.Select((c, s) => (c, s)).Where(p => p.c > 0).Select(p => (byte)p.s).Order(), code.Symbols.Order());
                    Assert.True(code.Symbols.All(s => code.Length(s) is >= 1 and <= 16 && code.Code(s) != (1 << code.Length(s)) - 1));
                    Assert.True(code.Symbols.Sum(s => 1 << (16 - code.Length(s))) < 1 << 16);
                    Assert.NotNull(HuffmanTable.Create(code.Counts, code.Symbols));
                },
                iter: 2000
            );

    /// <summary>Fibonacci weights make the deepest tree: the limit of 16 bits must hold, at the least cost.</summary>
    [Fact]
    public void Deep_trees_are_flattened()
    {
        long[] counts = [1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597];
        var code = new HuffmanCode(counts);
        Assert.Equal(16, code.Symbols.Max(s => code.Length(s)));
        Assert.Equal(1, code.Length(16));
    }

    [Fact]
    public void Damage_is_malformed_and_never_anything_else() =>
        Images
            .SelectMany(i =>
                Gen.Select(Gen.Const(LosslessJpegEncoder.Encode(i.Shape, i.Samples)), Gen.Int[0, 10_000], Gen.Byte, Gen.Int[0, 10_000])
            )
            .Sample(
                (coded, place, value, length) =>
                {
                    coded[place % coded.Length] = value;
                    try
                    {
                        byte[] cut = coded[..(length % 3 == 0 ? length % coded.Length : coded.Length)];
                        var header = LosslessJpegHeader.Parse(cut, 0);
                        ushort[] samples = Decoded(header, cut);
                        Assert.Equal(header.Count, samples.Length);
                    }
                    catch (RawDataException exception)
                    {
                        Assert.Equal("DNG", exception.Format);
                    }
                },
                iter: 5000
            );

    private static ushort[] Decoded(LosslessJpegHeader header, byte[] coded)
    {
        LosslessJpegDecoder.CheckCount(header, coded);
        var samples = new ushort[header.Count];
        LosslessJpegDecoder.Decode(header, coded, samples);
        return samples;
    }
}
