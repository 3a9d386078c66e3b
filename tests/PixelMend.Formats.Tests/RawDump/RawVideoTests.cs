using CsCheck;
using PixelMend.Formats.RawDump;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.RawDump;

public class RawVideoTests
{
    private static readonly Gen<(RawSpec Spec, byte[] Video)> Videos =
        from spec in Dumps.Specs
        from count in Gen.Int[0, 4]
        let bytes = (int)(spec.Offset + ((spec.Stride ?? spec.RowBytes) * spec.Height))
        from video in Gen.Byte.Array[bytes * count]
        select (spec, video);

    /// <summary>Each frame is what the dump of its bytes is, and rewritten as that is: whatever packing, padding and offset.</summary>
    [Fact]
    public void Frames_are_dumps_one_after_the_other() =>
        Videos.Sample(
            (spec, video) =>
            {
                var format = new RawDumpFormat();
                var options = new ReadOptions { Raw = spec };
                int bytes = (int)(spec.Offset + ((spec.Stride ?? spec.RowBytes) * spec.Height));
                using FrameSequence sequence = RawDumpFormat.OpenVideo(new MemoryStream(video), options);
                byte[] written = Files.Made(output =>
                {
                    for (int at = 0; sequence.Next() is { } frame; at += bytes)
                    {
                        byte[] dump = video[at..(at + bytes)];
                        RawFrame expected = format.Read(dump, options);
                        Assert.Equal(expected.Codes!.Samples, frame.Codes!.Samples);
                        Assert.Equal((expected.Cfa, expected.BitDepth), (frame.Cfa, frame.BitDepth));
                        int last = spec.Width - 1;
                        SampleChange[] changes = [new(last, 0, frame.Stored(last, 0), 1, 1)];
                        sequence.Write(changes, null, output);
                        byte[] alone = Files.Made(o => format.Rewrite(dump, expected, changes, options, o));
                        output.Flush();
                        alone.CopyTo(video, at);
                    }

                    sequence.Finish(output);
                });
                Assert.Equal(video, written);
            }
        );

    /// <summary>A frame is on its way while the next is taken; that it did not arrive is told all the same.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_frame_that_cannot_be_written_is_told(int frames)
    {
        var options = new ReadOptions { Raw = RawSpec.Parse("width=4,height=2,depth=16") };
        using FrameSequence sequence = RawDumpFormat.OpenVideo(new MemoryStream(new byte[16 * frames]), options);
        using var full = new MemoryStream(new byte[10]);
        Assert.Throws<NotSupportedException>(() =>
        {
            while (sequence.Next() is not null)
            {
                sequence.Write([], null, full);
            }

            sequence.Finish(full);
        });
    }

    /// <summary>The next frame is asked for while one is worked on, but no further one.</summary>
    [Fact]
    public void One_frame_is_read_ahead()
    {
        var options = new ReadOptions { Raw = RawSpec.Parse("width=4,height=2,depth=16") };
        using var video = new MemoryStream(new byte[16 * 5]);
        using FrameSequence sequence = RawDumpFormat.OpenVideo(video, options);
        for (int taken = 1; taken <= 5; taken++)
        {
            Assert.NotNull(sequence.Next());
            Assert.InRange(video.Position, 16 * taken, 16 * (taken + 1));
        }

        Assert.Null(sequence.Next());
    }

    [Fact]
    public void An_incomplete_last_frame_is_malformed()
    {
        var options = new ReadOptions { Raw = RawSpec.Parse("width=4,height=2,depth=16") };
        using FrameSequence sequence = RawDumpFormat.OpenVideo(new MemoryStream(new byte[20]), options);
        Assert.NotNull(sequence.Next());
        RawDataException error = Assert.Throws<RawDataException>(sequence.Next);
        Assert.Equal(RawDataError.Malformed, error.Error);
        Assert.Contains("the input ends within frame 2, after 4 of its 16 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_geometry_beyond_the_limits_is_refused_before_anything_is_read()
    {
        var options = new ReadOptions { Raw = RawSpec.Parse("width=60000,height=60000,depth=16") };
        Assert.Equal(
            RawDataError.LimitExceeded,
            Assert.Throws<RawDataException>(() => RawDumpFormat.OpenVideo(Stream.Null, options)).Error
        );
    }
}
