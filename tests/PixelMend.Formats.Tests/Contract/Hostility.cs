using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Contract;

/// <summary>What may come of a file that is damaged or meant to do damage.</summary>
internal static class Hostility
{
    /// <summary>Small files must not make a reader allocate more than this, whatever they claim to hold.</summary>
    private const long MostAllocated = 32 << 20;

    /// <summary>A reader may keep several copies of a file that is large itself.</summary>
    private const long PerByte = 64;

    /// <summary>Patterns that turn signs, digits, lengths and letters into others.</summary>
    public static ReadOnlySpan<byte> Flips => [0x01, 0x10, 0x80, 0xFF];

    /// <summary>Every byte of a small file, evenly spread ones of a larger.</summary>
    public static IEnumerable<int> Places(int length)
    {
        int step = Math.Max(length / 2000, 1);
        for (int i = 0; i < length; i += step)
        {
            yield return i;
        }
    }

    /// <summary>A frame whose parts fit together, or <see cref="RawDataException"/>; anything else fails, and so does unbounded memory.</summary>
    public static void AssertRefusedOrRead(FrameFormat format, byte[] file, ReadOptions options) =>
        AssertBounded(
            file.Length,
            () =>
            {
                Drain(format, file, options);
                RawFrame frame = format.Read(file, options);
                AssertSame(frame, format.ReadPassing(new MemoryStream(file), options));
                Assert.True(frame.Levels.White(0, 0) > frame.Levels.Black(0, 0));
                Assert.Equal((frame.Width, frame.Height), (frame.Embedded.Width, frame.Embedded.Height));
                Assert.Equal((frame.Codes?.Width ?? frame.Width, frame.Codes?.Height ?? frame.Height), (frame.Width, frame.Height));
            }
        );

    /// <summary>What is read as it comes by, if it is, is what is read from memory.</summary>
    public static void AssertSame(RawFrame frame, RawFrame? passing)
    {
        if (passing is not null)
        {
            Assert.Equal((frame.Width, frame.Height, frame.BitDepth), (passing.Width, passing.Height, passing.BitDepth));
            Assert.Equal(frame.Cfa, passing.Cfa);
            Assert.Equal(frame.Levels.White(0, 0), passing.Levels.White(0, 0));
            Assert.Equal(frame.Info with { Noise = [], Notes = [] }, passing.Info with { Noise = [], Notes = [] });
            Assert.Equal(frame.Codes!.Samples, passing.Codes!.Samples);
        }
    }

    /// <summary>Takes every frame of a file that holds several.</summary>
    private static void Drain(FrameFormat format, byte[] file, ReadOptions options)
    {
        using FrameSequence? frames = format.OpenSequence(new MemoryStream(file), options);
        while (frames?.Next() is { } frame)
        {
            frames.Write([], null, Stream.Null);
            Assert.Equal((frame.Width, frame.Height), (frame.Embedded.Width, frame.Embedded.Height));
        }

        frames?.Finish(Stream.Null);
    }

    /// <summary>Runs a reader that may refuse, and looks at what it allocated.</summary>
    public static void AssertBounded(long fileBytes, Action read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read();
        }
        catch (RawDataException refused)
        {
            Assert.True(Enum.IsDefined(refused.Error));
            Assert.False(string.IsNullOrWhiteSpace(refused.Message) || refused.Message.Contains('\n', StringComparison.Ordinal));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated + (fileBytes * PerByte));
    }
}
