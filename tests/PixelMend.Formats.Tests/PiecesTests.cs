using Xunit;

namespace PixelMend.Formats.Tests;

public class PiecesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Every_piece_is_worked_on_once(int threads)
    {
        var times = new int[1000];
        Pieces.ForEach(times.Length, threads, i => Interlocked.Increment(ref times[i]));
        Assert.All(times, n => Assert.Equal(1, n));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Of_damaged_pieces_the_first_is_complained_of(int threads)
    {
        for (int first = 0; first < 50; first++)
        {
            RawDataException error = Assert.Throws<RawDataException>(() =>
                Pieces.ForEach(
                    60,
                    threads,
                    i =>
                    {
                        if (i >= first)
                        {
                            throw new RawDataException(RawDataError.Malformed, "test", "damaged", i);
                        }
                    }
                )
            );
            Assert.Equal(first, error.Offset);
        }
    }
}
