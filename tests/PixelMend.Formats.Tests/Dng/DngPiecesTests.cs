using PixelMend.Formats.Dng;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Dng;

/// <summary>Images of many bands or tiles, read and compared by one thread and by several.</summary>
public class DngPiecesTests
{
    private const int Width = 700;
    private const int Height = 530;
    private const int Bits = 14;

    private static readonly RawFrame Frame = Noise();

    public static TheoryData<bool, int> Ways =>
        new()
        {
            { false, 1 },
            { false, 4 },
            { true, 1 },
            { true, 4 },
        };

    [Theory]
    [MemberData(nameof(Ways))]
    public void All_pieces_are_read(bool losslessJpeg, int threads)
    {
        var options = new ReadOptions { Threads = threads };
        RawFrame read = new DngFormat().Read(Written(losslessJpeg), options);
        Assert.Equal(Frame.Codes!.Samples, read.Codes!.Samples);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_difference_is_found_in_any_piece(bool losslessJpeg, int threads)
    {
        byte[] file = Written(losslessJpeg);
        var format = new DngFormat();
        var options = new ReadOptions { Threads = threads };
        Assert.Null(format.FirstDifference(file, Frame, [], options));
        for (int y = 0; y < Height; y += 37)
        {
            int x = y * 31 % Width;
            RawFrame other = Frame.With([new SampleChange(x, y, Frame.Stored(x, y), (ushort)Frame.Stored(x, y) ^ 1, 1)]);
            Assert.Equal((x, y), format.FirstDifference(file, other, [], options));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Damage_is_told_alike_by_any_number_of_threads(bool losslessJpeg)
    {
        byte[] file = Written(losslessJpeg);

        // Ends of coded data gone, and within several tiles bits that no code begins with.
        file.AsSpan(file.Length / 3).Fill(0xFF);
        var format = new DngFormat();
        string one = Outcome(1);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(one, Outcome(4));
        }

        string Outcome(int threads)
        {
            try
            {
                return string.Join(' ', format.Read(file, new ReadOptions { Threads = threads }).Codes!.Samples.Take(5));
            }
            catch (RawDataException damage)
            {
                return damage.Message;
            }
        }
    }

    private static byte[] Written(bool losslessJpeg)
    {
        var format = new DngFormat { WriteOptions = new DngWriteOptions { LosslessJpeg = losslessJpeg } };
        return Files.Made(output => format.Write(Frame, output));
    }

    private static RawFrame Noise()
    {
        var random = new Random(1);
        var codes = new Plane<ushort>(Width, Height);
        for (int i = 0; i < codes.Samples.Length; i++)
        {
            codes.Samples[i] = (ushort)random.Next(1 << Bits);
        }

        return new RawFrame(codes, Bits, CfaPattern.Parse("RGGB"), new Levels(0, (1 << Bits) - 1));
    }
}
