using CsCheck;
using PixelMend.Formats.Dng;
using PixelMend.Formats.Tests.Dng;
using PixelMend.Formats.Tiff;
using PixelMend.Frames;
using PixelMend.TestKit;
using Xunit;

namespace PixelMend.Formats.Tests.Tiff;

/// <summary>Damaged and hostile files: a frame or a <see cref="RawDataException"/>, within a bound of memory that grows with the file alone.</summary>
public class HostileTiffTests
{
    private static readonly FrameFormat[] Formats = [new DngFormat(), new TiffFormat()];

    /// <summary>A sample takes at least one bit of lossless JPEG and sixteen in memory, decoded once more beside, and everything is read and rewritten twice.</summary>
    private const long BytesPerByte = 128;

    private const long BytesAtLeast = 4 << 20;

    [Fact]
    public void Every_file_that_broke_other_readers_is_survived()
    {
        Assert.SkipWhen(RealData.Folder is null, "real files missing");
        int seen = 0;
        foreach (string path in Directory.EnumerateFiles(Path.Combine(RealData.Folder!, "fuzz"), "*", SearchOption.AllDirectories))
        {
            byte[] file = File.ReadAllBytes(path);
            seen += TiffFile.HasMagic(file) ? 1 : 0;
            AssertSurvives(file, path);
        }

        Assert.True(seen > 200, $"only {seen} TIFF files found");
    }

    public static TheoryData<string> Small => [.. SmallFiles.Keys];

    [Theory]
    [MemberData(nameof(Small))]
    public void Truncation_at_every_byte_is_survived(string name)
    {
        byte[] file = SmallFiles[name];
        for (int length = 0; length < file.Length; length++)
        {
            AssertSurvives(file[..length], $"{name} cut to {length}");
        }
    }

    [Theory]
    [MemberData(nameof(Small))]
    public void Flipped_bytes_are_survived(string name) =>
        Gen.Select(Gen.Int[0, SmallFiles[name].Length - 1], Gen.Byte)
            .Array[1, 4]
            .Sample(
                flips =>
                {
                    byte[] file = [.. SmallFiles[name]];
                    foreach ((int place, byte value) in flips)
                    {
                        file[place] = value;
                    }

                    AssertSurvives(file, name);
                },
                iter: 3000
            );

    [Theory]
    [InlineData(65_536, 65_536)]
    [InlineData(65_536, 7_000)]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(4_000_000_000, 2)]
    public void Impossible_sizes_cost_no_memory(long width, long height)
    {
        byte[] file = TiffSketch.Mosaic(bigEndian: true, 4, 4, 16).Longs(256, width).Longs(257, height).Longs(278, 1).Build([new byte[32]]);
        AssertSurvives(file, "size");
        Assert.Throws<RawDataException>(() => new DngFormat().Read(file, ReadOptions.Default));
    }

    [Theory]
    [InlineData(9, "VC-5")]
    [InlineData(34892, "lossy JPEG")]
    [InlineData(52546, "JPEG XL")]
    [InlineData(5, "LZW")]
    public void Other_codings_are_refused_by_name(int compression, string name)
    {
        byte[] file = TiffSketch.Mosaic(bigEndian: false, 4, 4, 16).Shorts(259, compression).Build([new byte[32]]);
        var exception = Assert.Throws<RawDataException>(() => new DngFormat().Read(file, ReadOptions.Default));
        Assert.Equal(RawDataError.Unsupported, exception.Error);
        Assert.Contains(name, exception.Message);
    }

    /// <summary>Found by chance bytes that made the sides rationals below one.</summary>
    [Fact]
    public void An_active_area_without_a_whole_photosite_is_replaced_with_a_note()
    {
        byte[] file = TiffSketch.Mosaic(bigEndian: true, 12, 9, 16).Thousandths(50829, 0.1, 0.1, 0.8, 0.9).Build([new byte[216]]);
        RawFrame frame = new DngFormat().Read(file, ReadOptions.Default);
        Assert.Equal(new Area(0, 0, 12, 9), frame.ActiveArea);
        Assert.Single(frame.Info.Notes);
    }

    /// <summary>Found by fuzzing: the changed sample overwrote the directory that says where it is, or the new directory the samples.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(100)]
    public void Samples_that_lie_in_the_tables_are_read_but_not_rewritten(int offset)
    {
        byte[] file = WithSamplesAt(offset, TiffSketch.Mosaic(bigEndian: false, 4, 4, 16));
        RawFrame frame = new DngFormat().Read(file, ReadOptions.Default);
        RawDataException refused = Assert.Throws<RawDataException>(() => Rewritten(file, frame));
        Assert.Contains("the samples of segment 0 lie in the file's own tables", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The values of a field stay as they are, whatever else lies there: the samples move.</summary>
    [Fact]
    public void Samples_that_lie_in_a_field_are_written_elsewhere()
    {
        byte[] note = [.. Enumerable.Range(1, 40).Select(i => (byte)i)];
        byte[] sketch = TiffSketch.Mosaic(bigEndian: false, 4, 4, 16).Undefined(37500, note).Build([new byte[32]]);
        byte[] file = WithSamplesAt(
            sketch.AsSpan().IndexOf(note) + 4,
            TiffSketch.Mosaic(bigEndian: false, 4, 4, 16).Undefined(37500, note)
        );
        RawFrame frame = new DngFormat().Read(file, ReadOptions.Default);
        byte[] rewritten = Rewritten(file, frame);
        Assert.Equal(
            Enumerable.Range(0, 16).Select(i => (ushort)(65535 - i)),
            new DngFormat().Read(rewritten, ReadOptions.Default).Codes!.Samples
        );
        Assert.True(rewritten.AsSpan().IndexOf(note) > 0);
    }

    private static byte[] WithSamplesAt(int offset, TiffSketch sketch)
    {
        byte[] file = sketch.Build([new byte[32]]);
        // Where the directory's entry of StripOffsets (tag 273, one LONG) has its value.
        BitConverter.TryWriteBytes(file.AsSpan(file.AsSpan().IndexOf<byte>([17, 1, 4, 0]) + 8), offset);
        return file;
    }

    /// <summary>The 4 × 4 frame with every sample changed.</summary>
    private static byte[] Rewritten(byte[] file, RawFrame frame)
    {
        SampleChange[] changes =
        [
            .. Enumerable.Range(0, 16).Select(i => new SampleChange(i % 4, i / 4, frame.Stored(i % 4, i / 4), 65535 - i, 1)),
        ];
        return Files.Made(output => new DngFormat().Rewrite(file, frame, changes, ReadOptions.Default, output));
    }

    [Fact]
    public void Degenerate_levels_are_replaced_with_a_note()
    {
        byte[] file = TiffSketch.Mosaic(bigEndian: false, 4, 4, 12).Shorts(50714, 5000).Build([new byte[24]]);
        RawFrame frame = new DngFormat().Read(file, ReadOptions.Default);
        Assert.Equal((0, 4095), (frame.Levels.Black(0, 0), frame.Levels.White(0, 0)));
        Assert.Single(frame.Info.Notes);
    }

    private static Dictionary<string, byte[]> SmallFiles { get; } = MakeSmallFiles();

    private static Dictionary<string, byte[]> MakeSmallFiles()
    {
        var frame = new RawFrame(
            new Plane<ushort>(12, 9, [.. Enumerable.Range(0, 108).Select(i => (ushort)(i * 37 % 4096))]),
            12,
            CfaPattern.Parse("RGGB"),
            new Levels(64, 4095)
        )
        {
            Linearization = new ushort[] { 0, 64, 4095 },
            Info = new FrameInfo
            {
                Make = "M",
                Model = "N",
                ExposureSeconds = 1,
                Noise = [new NoiseProfile(1, 0)],
            },
        };
        var values = new RawFrame(new Plane<float>(12, 9), CfaPattern.Mono, new Levels(0, 1));
        byte[] list =
        [
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            5,
            1,
            3,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            20,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            2,
            0,
            0,
            0,
            3,
        ];
        byte[] deflated = Deflated(new byte[16 * 9 * 4]);
        return new Dictionary<string, byte[]>
        {
            ["packed"] = Written(new DngFormat(), frame),
            ["lossless JPEG"] = Written(
                new DngFormat
                {
                    WriteOptions = new DngWriteOptions { LosslessJpeg = true, TileSide = 16 },
                },
                frame
            ),
            ["float"] = Written(new DngFormat(), values),
            ["TIFF"] = Written(new TiffFormat(), new RawFrame(frame.Codes!, frame.BitDepth, frame.Cfa, frame.Levels)),
            ["big-endian with opcodes"] = TiffSketch
                .Mosaic(bigEndian: true, 12, 9, 16)
                .Undefined(51008, list)
                .Longs(50829, 1, 2, 9, 12)
                .Build([new byte[216]]),
            ["deflated"] = TiffSketch
                .Mosaic(bigEndian: false, 12, 9, 32)
                .Shorts(259, 8)
                .Shorts(339, 3)
                .Shorts(317, 34894)
                .Shorts(322, 16)
                .Shorts(323, 9)
                .Build([deflated], tiled: true),
        };
    }

    private static byte[] Written(FrameFormat format, RawFrame frame)
    {
        using var output = new MemoryStream();
        format.Write(frame, output);
        return output.ToArray();
    }

    private static byte[] Deflated(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var deflate = new System.IO.Compression.ZLibStream(output, System.IO.Compression.CompressionMode.Compress))
        {
            deflate.Write(bytes);
        }

        return output.ToArray();
    }

    private static void AssertSurvives(byte[] file, string name)
    {
        foreach (FrameFormat format in Formats)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                RawFrame frame = format.Read(file, ReadOptions.Default);
                var keep = new ReadOptions { IgnoreEmbedded = true };
                Assert.Equal(file, DngVariantTests.Rewritten(format, file, frame, [], keep));
                SampleChange[] changes = [new SampleChange(frame.Width - 1, 0, frame.Stored(frame.Width - 1, 0), 1, 1)];
                byte[] rewritten = DngVariantTests.Rewritten(format, file, frame, changes, ReadOptions.Default);

                // Samples that overlap a crafted file's own directory cannot be told apart from it: whatever comes is read or refused.
                _ = format.Read(rewritten, keep);
            }
            catch (RawDataException exception)
            {
                Assert.Equal(format.Name, exception.Format);
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"{name}: {exception}");
            }

            long used = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(used < BytesAtLeast + (BytesPerByte * file.Length), $"{name}: {used} bytes allocated for a file of {file.Length}");
        }
    }
}
