using CsCheck;
using PixelMend.Formats.RawDump;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.RawDump;

public class RawDumpTests
{
    private static readonly RawDumpFormat Format = new();

    /// <summary>A geometry, a file of random bytes that has it, and one photosite of it.</summary>
    private static readonly Gen<(RawSpec Spec, byte[] File, int X, int Y, ushort Code)> Cases =
        from spec in Dumps.Specs
        from file in Gen.Byte.Array[(int)(spec.Offset + ((spec.Stride ?? spec.RowBytes) * spec.Height))]
        from x in Gen.Int[0, spec.Width - 1]
        from y in Gen.Int[0, spec.Height - 1]
        from code in Gen.Int[0, (1 << spec.Depth) - 1]
        select (spec, file, x, y, (ushort)code);

    [Fact]
    public void Samples_are_where_the_geometry_says() =>
        Cases.Sample(
            (spec, file, x, y, _) => Format.Read(file, new ReadOptions { Raw = spec }).Codes![x, y] == Independent(spec, file, x, y)
        );

    [Fact]
    public void Rewrite_changes_the_given_sample_and_nothing_else() =>
        Cases.Sample(
            (spec, file, x, y, code) =>
            {
                var options = new ReadOptions { Raw = spec };
                RawFrame before = Format.Read(file, options);
                SampleChange[] changes = [new(x, y, before.Codes![x, y], code, 1)];
                byte[] rewritten = Files.Made(output => Format.Rewrite(file, before, changes, options, output));

                Assert.Equal(before.With(changes).Codes!.Samples, Format.Read(rewritten, options).Codes!.Samples);
                Assert.Equal(
                    file,
                    Files.Made(output => Format.Rewrite(rewritten, before, [changes[0] with { New = before.Codes[x, y] }], options, output))
                );
            }
        );

    [Fact]
    public void Written_dumps_read_back() =>
        Cases.Sample(
            (spec, file, _, _, _) =>
            {
                RawFrame frame = Format.Read(file, new ReadOptions { Raw = spec });
                byte[] written = Files.Made(output => Format.Write(frame, output));
                RawFrame again = Format.Read(written, new ReadOptions { Raw = RawDumpFormat.Describe(frame) });
                Assert.Equal(frame.Codes!.Samples, again.Codes!.Samples);
                Assert.Equal(frame.Cfa, again.Cfa);
                Assert.True(again.BitDepth >= frame.BitDepth); // samples beyond the declared depth may need a larger container
            }
        );

    [Theory]
    [InlineData(
        "width=4,height=3,depth=8,offset=2",
        13,
        "the file has 13 bytes, the geometry width=4,height=3,depth=8,cfa=MONO,black=0,white=255,offset=2 needs 14"
    )]
    [InlineData("width=4,height=3,depth=8", 16, "needs 12; it holds 4 such rows")]
    [InlineData("width=4,height=3,depth=12", 12, "needs 24")]
    [InlineData("width=4,height=3,depth=8,stride=6", 17, "needs 18")]
    public void Wrong_geometry_is_refused_with_both_sizes(string spec, int bytes, string message)
    {
        var options = new ReadOptions { Raw = RawSpec.Parse(spec) };
        RawDataException error = Assert.Throws<RawDataException>(() => Format.Read(new byte[bytes], options));
        Assert.Equal(RawDataError.Malformed, error.Error);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Padding_after_the_last_row_is_optional()
    {
        var options = new ReadOptions { Raw = RawSpec.Parse("width=4,height=3,depth=8,stride=6") };
        Assert.Equal(3, Format.Read(new byte[16], options).Height);
        Assert.Equal(3, Format.Read(new byte[18], options).Height);
    }

    [Theory]
    [InlineData("derived/openisp_1920x1080_raw10_mipi.raw", "depth=10", "rawdump/openisp_test_1920x1080.RAW")]
    [InlineData("derived/blackimage_1920x1080_raw12_mipi.raw", "depth=12", "rawdump/BlackImage_1920x1080_12bits_BGGR.raw")]
    public void Mipi_files_hold_what_their_plain_counterparts_hold(string packed, string depth, string plain)
    {
        RawSpec spec = RawSpec.Parse($"width=1920,height=1080,{depth}");
        RawFrame expected = Format.Read(Files.Real(plain), new ReadOptions { Raw = spec });
        RawFrame actual = Format.Read(Files.Real(packed), new ReadOptions { Raw = spec with { Packing = RawPacking.Mipi } });
        Assert.Equal(expected.Codes!.Samples, actual.Codes!.Samples);
    }

    /// <summary>One sample by the bit, written anew from the specification.</summary>
    private static int Independent(RawSpec spec, byte[] file, int x, int y)
    {
        int row = (int)(spec.Offset + (y * (spec.Stride ?? spec.RowBytes)));
        if (spec.Packing == RawPacking.Plain)
        {
            return spec.Depth <= 8 ? file[row + x]
                : spec.BigEndian ? (file[row + (2 * x)] << 8) + file[row + (2 * x) + 1]
                : file[row + (2 * x)] + (file[row + (2 * x) + 1] << 8);
        }

        (int group, int i) = spec.Depth == 12 ? (row + (x / 2 * 3), x % 2) : (row + (x / 4 * spec.Depth / 2), x % 4);
        int high = file[group + i];
        byte[] low = file[(group + (spec.Depth == 12 ? 2 : 4))..];
        return spec.Depth switch
        {
            10 => (high << 2) + ((low[0] >> (2 * i)) & 3),
            12 => (high << 4) + ((low[0] >> (4 * i)) & 15),
            _ => (high << 6)
                + i switch
                {
                    0 => low[0] & 63,
                    1 => (low[0] >> 6) + ((low[1] & 15) << 2),
                    2 => (low[1] >> 4) + ((low[2] & 3) << 4),
                    _ => low[2] >> 2,
                },
        };
    }

    /// <summary>The name's extension asks for MIPI's packing, which the same words read back.</summary>
    [Theory]
    [InlineData(".raw10", 10)]
    [InlineData(".raw12", 12)]
    [InlineData(".RAW14", 14)]
    public void Names_of_mipi_dumps_pack(string extension, int depth) =>
        Contract.SampleFrames.Codes.Sample(frame =>
        {
            var format = (RawDumpFormat)FormatSet.FrameFormatForWriting($"frame{extension}");
            if (frame.BitDepth > depth || !frame.Linearization.IsEmpty)
            {
                NotSupportedException refused = Assert.Throws<NotSupportedException>(() => format.Write(frame, Stream.Null));
                Assert.True(!frame.Linearization.IsEmpty || refused.Message.Contains($"{depth} bits", StringComparison.Ordinal));
                return;
            }

            RawSpec spec = format.SpecFor(frame);
            Assert.Equal((RawPacking.Mipi, depth), (spec.Packing, spec.Depth));
            byte[] file = Files.Made(output => format.Write(frame, output));
            Assert.Equal(spec.RowBytes * frame.Height, file.Length);
            RawFrame again = format.Read(file, new ReadOptions { Raw = RawSpec.Parse(spec.ToString()) });
            Assert.Equal(frame.Codes!.Samples, again.Codes!.Samples);
            Assert.Equal(frame.Cfa, again.Cfa);
        });

    /// <summary>Two samples of RAW12 in three bytes, as the specification draws them.</summary>
    [Fact]
    public void Mipi_bytes_are_those_of_the_specification()
    {
        var frame = new RawFrame(new Plane<ushort>(2, 1, [0xABC, 0x123]), 12, CfaPattern.Mono, new Levels(0, 4095));
        byte[] file = Files.Made(output => FormatSet.FrameFormatForWriting("a.raw12").Write(frame, output));
        Assert.Equal([0xAB, 0x12, 0x3C], file);
    }
}
