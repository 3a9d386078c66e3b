using PixelMend.Formats.Ser;
using PixelMend.Formats.Tests.Contract;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Ser;

public class SerTests
{
    private static readonly SerFormat Format = new();

    [Theory]
    [InlineData(0, "MONO")]
    [InlineData(8, "RGGB")]
    [InlineData(9, "GRBG")]
    [InlineData(10, "GBRG")]
    [InlineData(11, "BGGR")]
    [InlineData(16, "CYYM")]
    [InlineData(19, "MYYC")]
    public void Colour_numbers_are_mosaics(int colorId, string cfa)
    {
        RawFrame frame = Read(SerFile.Make(colorId, 0, 3, 2, 8, 1, [1, 2, 3, 4, 5, 6]));
        Assert.Equal(CfaPattern.Parse(cfa), frame.Cfa);
        Assert.Equal<ushort>([1, 2, 3, 4, 5, 6], frame.Codes!.Samples);
        Assert.Equal((8, 255f, "camera"), (frame.BitDepth, frame.Levels.White(0, 0), frame.Info.Model));
    }

    [Theory]
    [InlineData(100, "in colour")]
    [InlineData(101, "in colour")]
    [InlineData(7, "the colour number 7 is not defined")]
    public void Pictures_in_colour_are_refused(int colorId, string reason)
    {
        RawDataException error = Assert.Throws<RawDataException>(() => Read(SerFile.Make(colorId, 0, 1, 1, 8, 1, [1, 2, 3])));
        Assert.Equal(RawDataError.Unsupported, error.Error);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Programs set the mark in both meanings; the samples tell.</summary>
    [Theory]
    [InlineData(0, false, false)]
    [InlineData(1, false, true)]
    [InlineData(0, true, true)]
    [InlineData(1, true, false)]
    public void Either_byte_order_is_read_whatever_the_mark_says(int mark, bool bigEndian, bool noted)
    {
        RawFrame frame = Read(SerFile.Make(0, mark, 60, 40, 16, 1, SerFile.Smooth(60, 40, bigEndian)));
        Assert.Equal((300f, 320f, 307f), (frame.Stored(0, 0), frame.Stored(1, 0), frame.Stored(0, 1)));
        Assert.Equal(noted, frame.Info.Notes.Any(n => n.Contains("--endian", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0, null, 0x0201)]
    [InlineData(1, null, 0x0102)]
    [InlineData(1, false, 0x0201)]
    [InlineData(0, true, 0x0102)]
    public void Where_samples_do_not_tell_the_mark_counts_unless_the_user_knows_better(int mark, bool? told, int expected)
    {
        byte[] file = SerFile.Make(0, mark, 1, 1, 16, 1, [1, 2]);
        Assert.Equal(expected, Format.Read(file, new ReadOptions { BigEndian = told }).Stored(0, 0));
    }

    [Fact]
    public void Frames_come_one_by_one_and_header_and_stamps_stay()
    {
        long[] stamps = [.. Enumerable.Range(1, 3).Select(s => new DateTime(2026, 5, 6, 7, 8, s).Ticks)];
        byte[] frames = [.. Enumerable.Range(0, 18).Select(i => (byte)i)];
        byte[] file = [.. SerFile.Make(8, 0, 3, 2, 8, 3, frames, stamps), .. "after"u8];
        using FrameSequence sequence = Format.OpenSequence(new MemoryStream(file), ReadOptions.Default)!;
        Assert.Equal(3, sequence.Count);
        byte[] written = Files.Made(output =>
        {
            for (int i = 0; sequence.Next() is { } frame; i++)
            {
                Assert.Equal((6f * i, stamps[i]), (frame.Stored(0, 0), frame.Info.CaptureTime!.Value.Ticks));
                sequence.Write([new SampleChange(i, 1, frame.Stored(i, 1), 99, 1)], null, output);
            }

            sequence.Finish(output);
        });
        byte[] expected = [.. file];
        foreach (int at in (int[])[3, 10, 17])
        {
            expected[SerFile.HeaderBytes + at] = 99;
        }

        Assert.Equal(expected, written);
    }

    [Fact]
    public void A_recording_that_was_cut_short_has_its_whole_frames()
    {
        byte[] file = SerFile.Make(0, 0, 3, 2, 8, 0, new byte[6 + 6 + 5]);
        using FrameSequence sequence = Format.OpenSequence(new MemoryStream(file), ReadOptions.Default)!;
        Assert.NotNull(sequence.Next());
        Assert.NotNull(sequence.Next());
        Assert.Null(sequence.Next());
    }

    [Fact]
    public void Frames_that_are_missing_are_malformed()
    {
        byte[] file = SerFile.Make(0, 0, 3, 2, 8, 4, new byte[6 + 6 + 5]);
        using FrameSequence sequence = Format.OpenSequence(new MemoryStream(file), ReadOptions.Default)!;
        Assert.NotNull(sequence.Next());
        Assert.NotNull(sequence.Next());
        RawDataException error = Assert.Throws<RawDataException>(sequence.Next);
        Assert.Contains("the input ends within frame 3, after 5 of its 6 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_refused_or_read_frame_by_frame()
    {
        byte[] file = SerFile.Make(9, 0, 7, 5, 12, 2, SerFile.Smooth(7, 10, bigEndian: false), 5, 6);
        for (int length = 0; length < file.Length; length++)
        {
            Drain(file[..length]);
        }

        for (int place = 0; place < file.Length; place++)
        {
            foreach (byte flip in Hostility.Flips)
            {
                byte[] damaged = [.. file];
                damaged[place] ^= flip;
                Drain(damaged);
            }
        }
    }

    /// <summary>A thousand frames take the memory of one, besides a little for each.</summary>
    [Fact]
    public void Memory_does_not_grow_with_the_number_of_frames()
    {
        const int Frames = 1000;
        const int FrameBytes = 200 * 100;
        byte[] file = SerFile.Make(0, 0, 200, 100, 8, Frames, new byte[Frames * FrameBytes]);
        using FrameSequence sequence = Format.OpenSequence(new MemoryStream(file), ReadOptions.Default)!;
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (sequence.Next() is not null)
        {
            sequence.Write([], null, Stream.Null);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Frames * 2000);
    }

    [Theory]
    [InlineData("XTRANS")]
    [InlineData("QUAD-RGGB")]
    public void Mosaics_without_a_number_are_not_written(string cfa) =>
        Assert.Throws<NotSupportedException>(() =>
            Files.Made(output => Format.Write(SampleFrames.Gradient(6, 6, CfaPattern.Parse(cfa)), output))
        );

    private static void Drain(byte[] file) =>
        Hostility.AssertBounded(
            file.Length,
            () =>
            {
                using FrameSequence? sequence = Format.OpenSequence(new MemoryStream(file), ReadOptions.Default);
                while (sequence?.Next() is { } frame)
                {
                    sequence.Write([], null, Stream.Null);
                }

                sequence?.Finish(Stream.Null);
            }
        );

    private static RawFrame Read(byte[] file) => Format.Read(file, ReadOptions.Default);
}
