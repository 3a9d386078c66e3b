using CsCheck;
using PixelMend.Formats.Dng;
using PixelMend.Formats.Tests.Tiff;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Dng;

/// <summary>DNG files of every shape: byte order, depth, strips and tiles, coding. Read exactly; rewritten with nothing else touched.</summary>
public class DngVariantTests
{
    private enum Coding
    {
        Plain,
        LosslessJpeg,
    }

    private sealed record Variant(
        bool BigEndian,
        int Width,
        int Height,
        int Bits,
        int SegmentWidth,
        int SegmentHeight,
        bool Tiled,
        Coding Coding,
        int Predictor,
        int Components,
        bool Restart,
        bool ShortOffsets,
        ushort[] Samples
    )
    {
        public ushort[] this[int y] => Samples[(y * Width)..((y + 1) * Width)];
    }

    private static readonly Gen<Variant> Variants =
        from bigEndian in Gen.Bool
        from width in Gen.Int[1, 41]
        from height in Gen.Int[1, 23]
        from bits in Gen.Int[8, 16]
        from tiled in Gen.Bool
        from segmentWidth in Gen.Int[1, 5].Select(n => 4 * n)
        from segmentHeight in Gen.Int[1, 24]
        from coding in Gen.Enum<Coding>()
        from predictor in Gen.Int[1, 7]
        from components in Gen.Int[1, 4]
        from restart in Gen.Bool
        from shortOffsets in Gen.Bool
        from samples in Gen.Int[0, (1 << bits) - 1].Select(s => (ushort)s).Array[width * height]
        select new Variant(
            bigEndian,
            width,
            height,
            bits,
            tiled ? segmentWidth : width,
            segmentHeight,
            tiled,
            coding,
            predictor,
            components,
            restart,
            shortOffsets,
            samples
        );

    [Fact]
    public void Every_variant_is_read_exactly() =>
        Variants.Sample(
            variant =>
            {
                RawFrame frame = new DngFormat().Read(Build(variant), ReadOptions.Default);
                Assert.Equal((variant.Width, variant.Height, variant.Bits), (frame.Width, frame.Height, frame.BitDepth));
                Assert.Equal("RGGB", frame.Cfa.ToString());
                Assert.Equal(variant.Samples, frame.Codes!.Samples);
            },
            iter: 500
        );

    [Fact]
    public void Rewriting_changes_the_samples_asked_for_and_nothing_else() =>
        Variants
            .SelectMany(v => Gen.Select(Gen.Const(v), Changes(v)))
            .Sample(
                (variant, changes) =>
                {
                    byte[] original = Build(variant);
                    var format = new DngFormat();
                    RawFrame frame = format.Read(original, ReadOptions.Default);
                    byte[] rewritten = Rewritten(format, original, frame, changes, ReadOptions.Default);
                    RawFrame again = format.Read(rewritten, ReadOptions.Default);
                    Assert.Equal(frame.With(changes).Codes!.Samples, again.Codes!.Samples);
                    if (changes.Length == 0)
                    {
                        Assert.Equal(original, rewritten);
                    }
                    else if (variant.Coding == Coding.Plain)
                    {
                        AssertOnlySampleBitsDiffer(variant, original, rewritten, changes);
                    }
                },
                iter: 500
            );

    [Fact]
    public void Segments_without_changes_keep_their_bytes_and_places()
    {
        var random = new Random(3);
        ushort[] samples = [.. Enumerable.Range(0, 64 * 64).Select(_ => (ushort)random.Next(1 << 14))];
        var variant = new Variant(false, 64, 64, 14, 32, 32, true, Coding.LosslessJpeg, 1, 2, false, false, samples);
        byte[] original = Build(variant);
        var format = new DngFormat();
        RawFrame frame = format.Read(original, ReadOptions.Default);
        byte[] rewritten = Rewritten(format, original, frame, [new SampleChange(40, 40, frame.Stored(40, 40), 1, 1)], ReadOptions.Default);
        (long offset, long length)[] before = Segments(original);
        (long offset, long length)[] after = Segments(rewritten);
        Assert.Equal(before[..3], after[..3]);
        foreach ((long offset, long length) in before[..3])
        {
            Assert.Equal(original.AsSpan((int)offset, (int)length), rewritten.AsSpan((int)offset, (int)length));
        }
    }

    internal static byte[] Rewritten(FrameFormat format, byte[] original, RawFrame frame, SampleChange[] changes, ReadOptions options)
    {
        using var output = new MemoryStream();
        format.Rewrite(original, frame, changes, options, output);
        return output.ToArray();
    }

    private static Gen<SampleChange[]> Changes(Variant variant) =>
        Gen.Select(Gen.Int[0, variant.Samples.Length - 1], Gen.Int[0, (1 << variant.Bits) - 1])
            .Array[0, 6]
            .Select(all =>
                all.DistinctBy(c => c.Item1)
                    .OrderBy(c => c.Item1)
                    .Select(c => new SampleChange(c.Item1 % variant.Width, c.Item1 / variant.Width, variant.Samples[c.Item1], c.Item2, 1))
                    .ToArray()
            );

    private static (long Offset, long Length)[] Segments(byte[] file)
    {
        var directory = Formats.Tiff.TiffFile.Parse(file, "test").First;
        return [.. directory.Numbers(324, 99).Zip(directory.Numbers(325, 99)).Select(p => ((long)p.First, (long)p.Second))];
    }

    private static byte[] Build(Variant v)
    {
        TiffSketch sketch = TiffSketch.Mosaic(v.BigEndian, v.Width, v.Height, v.Bits).Shorts(259, v.Coding == Coding.Plain ? 1 : 7);
        _ = v.Tiled ? sketch.Shorts(322, v.SegmentWidth).Shorts(323, v.SegmentHeight) : sketch.Shorts(278, v.SegmentHeight);
        var segments = new List<byte[]>();
        for (int top = 0; top < v.Height; top += v.SegmentHeight)
        {
            int rows = v.Tiled ? v.SegmentHeight : Math.Min(v.SegmentHeight, v.Height - top);
            for (int left = 0; left < v.Width; left += v.SegmentWidth)
            {
                segments.Add(Encode(v, sketch, Cut(v, left, top, rows)));
            }
        }

        return sketch.Build(segments, v.Tiled, v.ShortOffsets);
    }

    /// <summary>A segment's rows; beyond the image a value that must never be seen.</summary>
    private static ushort[][] Cut(Variant v, int left, int top, int rows) =>
        [
            .. Enumerable
                .Range(top, rows)
                .Select(y =>
                    Enumerable
                        .Range(left, v.SegmentWidth)
                        .Select(x => x < v.Width && y < v.Height ? v.Samples[(y * v.Width) + x] : (ushort)0x55)
                        .ToArray()
                ),
        ];

    private static byte[] Encode(Variant v, TiffSketch sketch, ushort[][] rows)
    {
        if (v.Coding == Coding.Plain)
        {
            return sketch.Pack(rows, v.Bits);
        }

        int components = v.SegmentWidth % v.Components == 0 ? v.Components : 1;
        var shape = new LosslessJpegShape(v.Bits, v.SegmentWidth / components, rows.Length, components, v.Predictor, v.Restart ? 3 : 0);
        return LosslessJpegEncoder.Encode(shape, [.. rows.SelectMany(r => r)]);
    }

    private static void AssertOnlySampleBitsDiffer(Variant v, byte[] original, byte[] rewritten, SampleChange[] changes)
    {
        Assert.Equal(original.Length, rewritten.Length);
        var allowed = new byte[original.Length];
        var directory = Formats.Tiff.TiffFile.Parse(original, "test").First;
        double[] offsets = directory.Numbers((ushort)(v.Tiled ? 324 : 273), 10_000);
        int across = (v.Width + v.SegmentWidth - 1) / v.SegmentWidth;
        int stride = ((v.SegmentWidth * v.Bits) + 7) / 8;
        foreach (SampleChange change in changes)
        {
            double offset = offsets[(change.Y / v.SegmentHeight * across) + (change.X / v.SegmentWidth)];
            int row = (int)offset + (change.Y % v.SegmentHeight * stride);
            for (int bit = change.X % v.SegmentWidth * v.Bits; bit < ((change.X % v.SegmentWidth) + 1) * v.Bits; bit++)
            {
                allowed[row + (bit / 8)] |= (byte)(0x80 >> (bit % 8));
            }
        }

        for (int i = 0; i < original.Length; i++)
        {
            Assert.Equal(0, (original[i] ^ rewritten[i]) & ~allowed[i]);
        }
    }
}
