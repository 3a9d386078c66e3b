using CsCheck;
using PixelMend.Formats.Dng;
using PixelMend.Formats.Tests.Tiff;
using PixelMend.Formats.Tiff;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Dng;

public class FloatPredictorTests
{
    public static TheoryData<int, bool> Numbers =>
        [
            .. from number in new[] { 1, 2, 34892, 34893, 3, 34894, 34895 }
            from bigEndian in new[] { false, true }
            select (number, bigEndian),
        ];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Rows_come_back_bit_by_bit(int number, bool bigEndian) =>
        Gen
            .UInt.Select(BitConverter.UInt32BitsToSingle)
            .Array[1, 20]
            .Sample(samples =>
            {
                FloatPredictor predictor = FloatPredictor.Number(number, new ByteOrder(bigEndian))!;
                var row = new byte[4 * samples.Length];
                predictor.Subtract(samples, row);
                var restored = new float[samples.Length];
                predictor.Restore(row, restored);
                Assert.Equal(samples.Select(BitConverter.SingleToUInt32Bits), restored.Select(BitConverter.SingleToUInt32Bits));
            });

    /// <summary>The floating-point predictor by hand: bytes of 1.0 and 2.0 (3F800000, 40000000) in planes, then differences.</summary>
    [Fact]
    public void Byte_planes_are_those_of_the_technical_note()
    {
        var row = new byte[8];
        FloatPredictor.Number(3, new ByteOrder(BigEndian: false))!.Subtract([1f, 2f], row);
        Assert.Equal<byte>([0x3F, 0x01, 0x40, 0x80, 0x00, 0x00, 0x00, 0x00], row);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Deflated_tiles_are_read_and_rewritten(int number, bool bigEndian)
    {
        float[] samples = [.. Enumerable.Range(0, 21 * 13).Select(i => MathF.Sin(i) * i)];
        byte[] file = Build(samples, number, bigEndian);
        var format = new DngFormat();
        RawFrame frame = format.Read(file, ReadOptions.Default);
        Assert.Equal(samples, frame.Values!.Samples);
        SampleChange[] changes = [new SampleChange(20, 12, samples[^1], 0.3f, 1)];
        byte[] rewritten = DngVariantTests.Rewritten(format, file, frame, changes, ReadOptions.Default);
        Assert.Equal(frame.With(changes).Values!.Samples, format.Read(rewritten, ReadOptions.Default).Values!.Samples);
    }

    private static byte[] Build(float[] samples, int number, bool bigEndian)
    {
        const int Side = 16;
        FloatPredictor predictor = FloatPredictor.Number(number, new ByteOrder(bigEndian))!;
        var tiles = new List<byte[]>();
        foreach ((int left, int top) in new[] { (0, 0), (Side, 0) })
        {
            using var tile = new MemoryStream();
            using (var deflate = new System.IO.Compression.ZLibStream(tile, System.IO.Compression.CompressionMode.Compress))
            {
                for (int y = top; y < top + Side; y++)
                {
                    float[] row = [.. Enumerable.Range(left, Side).Select(x => x < 21 && y < 13 ? samples[(y * 21) + x] : -1)];
                    var coded = new byte[4 * Side];
                    predictor.Subtract(row, coded);
                    deflate.Write(coded);
                }
            }

            tiles.Add(tile.ToArray());
        }

        return TiffSketch
            .Mosaic(bigEndian, 21, 13, 32)
            .Shorts(259, 8)
            .Shorts(339, 3)
            .Shorts(317, number)
            .Shorts(322, Side)
            .Shorts(323, Side)
            .Longs(50717, 1000)
            .Build(tiles, tiled: true);
    }
}
