using System.IO.Compression;
using CsCheck;
using PixelMend.Formats.Png;
using PixelMend.Formats.Tests.Contract;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Png;

public class PngTests
{
    private static readonly PngFormat Format = new();

    [Fact]
    public void Every_size_survives_interlacing() =>
        Gen.Select(SampleFrames.Codes, Gen.Bool)
            .Sample(
                (frame, interlaced) =>
                {
                    var header = new PngHeader(frame.Width, frame.Height, 16, interlaced);
                    Plane<ushort> again = PngImage.Decode(header, PngImage.Encode(header, frame.Codes!));
                    Assert.Equal(frame.Codes!.Samples, again.Samples);
                }
            );

    [Fact]
    public void Every_filter_undoes_itself() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[1, 2], Gen.Byte.Array[24], Gen.Byte.Array[24])
            .Sample(
                (filter, step, row, above) =>
                {
                    var residuals = new byte[row.Length];
                    PngFilter.Apply(filter, row, above, step, residuals);
                    PngFilter.Undo(filter, residuals, above, step);
                    Assert.Equal(row, residuals);
                }
            );

    [Fact]
    public void Rewrite_keeps_every_other_chunk_in_place()
    {
        var header = new PngHeader(3, 2, 16, Interlaced: true);
        RawFrame frame = SampleFrames.Gradient(3, 2, CfaPattern.Mono);
        byte[] data = PngImage.Encode(header, frame.Codes!);
        (uint Type, byte[] Content)[] chunks =
        [
            (PngChunks.Header, header.ToBytes()),
            (Type("tEXt"), "Comment\0kept"u8.ToArray()),
            (PngChunks.Data, data[..9]),
            (PngChunks.Data, data[9..]),
            (Type("prVt"), [1, 2, 3]),
            (PngChunks.End, []),
        ];
        byte[] file = [.. Made(chunks), .. "trailer"u8];
        RawFrame before = Format.Read(file, ReadOptions.Default);
        SampleChange[] changes = [new(1, 1, before.Stored(1, 1), 42, 1)];
        byte[] rewritten = Files.Made(output => Format.Rewrite(file, before, changes, ReadOptions.Default, output));

        Assert.Equal(before.With(changes).Codes!.Samples, Format.Read(rewritten, ReadOptions.Default).Codes!.Samples);
        PngChunks kept = PngChunks.Read(rewritten);
        Assert.Equal(chunks.Where((_, i) => i != 3).Select(c => c.Type), kept.List.Select(c => c.Type));
        Assert.Equal(chunks[1].Content, kept.Content(kept.List[1]));
        Assert.Equal(chunks[4].Content, kept.Content(kept.List[3]));
        Assert.True(rewritten.AsSpan().EndsWith("trailer"u8));
        Assert.Equal(file, Files.Made(output => Format.Rewrite(file, before, [], ReadOptions.Default, output)));
    }

    [Theory]
    [InlineData(12, 4095, 12)]
    [InlineData(12, 900, 12)]
    [InlineData(8, 900, 10)]
    [InlineData(12, 5000, 14)]
    [InlineData(0, 900, 10)]
    [InlineData(255, 900, 10)]
    public void Stated_significant_bits_count_unless_samples_exceed_them(byte stated, ushort largest, int depth)
    {
        var header = new PngHeader(2, 1, 16, Interlaced: false);
        byte[] data = PngImage.Encode(header, new Plane<ushort>(2, 1, [0, largest]));
        byte[] file = Made((PngChunks.Header, header.ToBytes()), (Type("sBIT"), [stated]), (PngChunks.Data, data), (PngChunks.End, []));
        Assert.Equal(depth, Format.Read(file, ReadOptions.Default).BitDepth);
    }

    [Fact]
    public void A_huge_size_in_a_tiny_file_allocates_nothing_much()
    {
        var header = new PngHeader(20_000, 20_000, 16, Interlaced: false);
        byte[] file = Made((PngChunks.Header, header.ToBytes()), (PngChunks.Data, Deflated(new byte[1000])), (PngChunks.End, []));
        long before = GC.GetAllocatedBytesForCurrentThread();
        RawDataException error = Assert.Throws<RawDataException>(() => Format.Read(file, ReadOptions.Default));
        Assert.Contains("cannot hold 20000 × 20000 samples", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(10, "the image data ends early")]
    [InlineData(200, null)]
    public void Data_must_last_for_all_rows(int bytes, string? reason)
    {
        var header = new PngHeader(5, 4, 16, Interlaced: false);
        byte[] file = Made((PngChunks.Header, header.ToBytes()), (PngChunks.Data, Deflated(new byte[bytes])), (PngChunks.End, []));
        if (reason is null)
        {
            Assert.Equal(new ushort[20], Format.Read(file, ReadOptions.Default).Codes!.Samples);
        }
        else
        {
            RawDataException error = Assert.Throws<RawDataException>(() => Format.Read(file, ReadOptions.Default));
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(8, 2, "only grey images of 8 and 16 bits are read, this has colour type 2 and 8 bits")]
    [InlineData(4, 0, "this has colour type 0 and 4 bits")]
    [InlineData(8, 3, "this has colour type 3 and 8 bits")]
    public void Colour_is_refused_with_the_reason(byte depth, byte color, string reason)
    {
        byte[] header = new PngHeader(1, 1, 8, Interlaced: false).ToBytes();
        (header[8], header[9]) = (depth, color);
        byte[] file = Made((PngChunks.Header, header), (PngChunks.Data, []), (PngChunks.End, []));
        RawDataException error = Assert.Throws<RawDataException>(() => Format.Read(file, ReadOptions.Default));
        Assert.Equal(RawDataError.Unsupported, error.Error);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static byte[] Made(params (uint Type, byte[] Content)[] chunks) =>
        Files.Made(output =>
        {
            output.Write(PngChunks.Signature);
            foreach ((uint type, byte[] content) in chunks)
            {
                PngChunks.WriteChunk(output, type, content);
            }
        });

    private static byte[] Deflated(byte[] rows) =>
        Files.Made(output =>
        {
            using var deflate = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true);
            deflate.Write(rows);
        });

    private static uint Type(string name) => name.Aggregate(0u, (type, letter) => (type << 8) | letter);
}
