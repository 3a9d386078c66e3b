using CsCheck;
using PixelMend.Formats.RawDump;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Contract;

/// <summary>What every frame format promises, tried on each one listed.</summary>
public class FrameFormatContract
{
    public static TheoryData<string> Names => [.. FormatSet.Frames.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Codes_read_back_as_written(string name) => SampleFrames.Codes.Sample(frame => AssertReadsBack(Format(name), frame));

    [Theory]
    [MemberData(nameof(Names))]
    public void Floats_read_back_as_written(string name) => SampleFrames.Values.Sample(frame => AssertReadsBack(Format(name), frame));

    /// <summary>The tests above pass over what a format cannot hold: that is no more than this.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_format_cannot_hold_is_known(string name) =>
        Gen.OneOf(SampleFrames.Codes, SampleFrames.Values)
            .Sample(frame =>
            {
                bool holds = name switch
                {
                    "DNG" or "TIFF" => true,
                    "FITS" or "FITS in gzip" => 6 % frame.Cfa.Width == 0 && 6 % frame.Cfa.Height == 0,
                    "SER" => frame.Codes is not null && frame.Cfa.Width <= 2 && frame.Cfa.Height <= 2,
                    _ => frame.Codes is not null,
                };
                return holds == Write(Format(name), frame) is not null;
            });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_that_is_not_as_meant_is_found_and_nothing_else(string name) =>
        (
            from frame in Gen.OneOf(SampleFrames.Codes, SampleFrames.Values)
            from changes in SampleFrames.Changes(frame)
            from threads in Gen.Int[1, 2]
            select (frame, changes, threads)
        ).Sample(
            (frame, changes, threads) =>
            {
                FrameFormat format = Format(name);
                if (Write(format, frame) is not byte[] file)
                {
                    return;
                }

                ReadOptions options = OptionsFor(format, frame) with { Threads = threads };
                RawFrame before = format.Read(file, options);
                byte[] rewritten = Files.Made(output => format.Rewrite(file, before, changes, options, output));
                Assert.Null(format.FirstDifference(rewritten, before, changes, options));
                foreach (SampleChange change in changes)
                {
                    bool changesNothing =
                        BitConverter.SingleToInt32Bits(change.New) == BitConverter.SingleToInt32Bits(before.Stored(change.X, change.Y));
                    Assert.Equal(
                        changesNothing ? null : (change.X, change.Y),
                        format.FirstDifference(rewritten, before, [.. changes.Where(c => c != change)], options)
                    );
                }
            }
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Rewrite_changes_the_given_samples_and_no_other(string name) =>
        (
            from frame in Gen.OneOf(SampleFrames.Codes, SampleFrames.Values)
            from changes in SampleFrames.Changes(frame)
            select (frame, changes)
        ).Sample(
            (frame, changes) =>
            {
                FrameFormat format = Format(name);
                if (Write(format, frame) is not byte[] file)
                {
                    return;
                }

                ReadOptions options = OptionsFor(format, frame);
                RawFrame before = format.Read(file, options);
                byte[] rewritten = Files.Made(output => format.Rewrite(file, before, changes, options, output));
                AssertSameSamples(frame.With(changes), format.Read(rewritten, options));
            }
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_format_holds_a_plain_frame_and_is_recognised_by_its_content(string name)
    {
        FrameFormat format = Format(name);
        byte[]? file = Write(format, SampleFrames.Small);
        Assert.NotNull(file);
        ReadOptions options = OptionsFor(format, SampleFrames.Small);
        Assert.Same(format, FormatSet.FrameFormatFor(file, "name.unknown", options));
        Assert.Equal(file, Write(format, SampleFrames.Small));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Extensions_choose_the_format_for_writing(string name)
    {
        FrameFormat format = Format(name);
        Assert.All(format.Extensions, e => Assert.Equal(e.ToLowerInvariant(), e));
        Assert.Same(format, FormatSet.FrameFormatForWriting("frame" + format.Extensions[0].ToUpperInvariant()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Truncated_files_are_refused_or_read(string name)
    {
        FrameFormat format = Format(name);
        byte[] file = Write(format, SampleFrames.Small)!;
        ReadOptions options = OptionsFor(format, SampleFrames.Small);
        foreach (int length in Hostility.Places(file.Length))
        {
            Hostility.AssertRefusedOrRead(format, file[..length], options);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Files_with_flipped_bytes_are_refused_or_read(string name)
    {
        FrameFormat format = Format(name);
        byte[] file = Write(format, SampleFrames.Small)!;
        ReadOptions options = OptionsFor(format, SampleFrames.Small);
        foreach (int place in Hostility.Places(file.Length))
        {
            foreach (byte flip in Hostility.Flips)
            {
                byte[] damaged = [.. file];
                damaged[place] ^= flip;
                Hostility.AssertRefusedOrRead(format, damaged, options);
            }
        }
    }

    private static FrameFormat Format(string name) => FormatSet.Frames.Single(f => f.Name == name);

    /// <summary>What a user has to say about a file so that nothing of the frame is lost.</summary>
    private static ReadOptions OptionsFor(FrameFormat format, RawFrame frame) =>
        new() { Raw = format is RawDumpFormat ? RawDumpFormat.Describe(frame) : null, Cfa = frame.Cfa };

    /// <summary>The written file, or null where the format says that it cannot hold the frame.</summary>
    private static byte[]? Write(FrameFormat format, RawFrame frame)
    {
        try
        {
            return Files.Made(output => format.Write(frame, output));
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static void AssertReadsBack(FrameFormat format, RawFrame frame)
    {
        if (Write(format, frame) is not byte[] file)
        {
            return;
        }

        RawFrame again = format.Read(file, OptionsFor(format, frame));
        AssertSameSamples(frame, again);
        Assert.Equal(frame.Cfa, again.Cfa);
    }

    private static void AssertSameSamples(RawFrame expected, RawFrame actual)
    {
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        Assert.Equal(expected.Codes?.Samples, actual.Codes?.Samples);
        Assert.Equal(expected.Values?.Samples, actual.Values?.Samples);
    }
}
