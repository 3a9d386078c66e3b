using CsCheck;
using PixelMend.Formats.Tiff;
using Xunit;

namespace PixelMend.Formats.Tests.Tiff;

/// <summary>Room for new content where old content stood.</summary>
public class FreedPlacesTests
{
    /// <summary>Content lies at even offsets, within what was freed or a byte that evened it out, and no two of them meet.</summary>
    [Fact]
    public void Nothing_is_given_twice_or_outside() =>
        Gen.Select(Gen.Select(Gen.Int[0, 400], Gen.Int[1, 20]).List[0, 12], Gen.Int[1, 30].List[0, 20])
            .Sample(
                (freed, wanted) =>
                {
                    (long Start, long Length)[] apart = [.. Apart(freed)];
                    var room = new FreedPlaces(apart);
                    bool[] free = new bool[500];
                    foreach ((long start, long length) in apart)
                    {
                        free.AsSpan((int)start, (int)(length + ((start + length) & 1))).Fill(true);
                    }

                    foreach (int length in wanted)
                    {
                        if (room.Take(length) is { } at)
                        {
                            Assert.Equal(0, at % 2);
                            Assert.All(Enumerable.Range((int)at, length), i => Assert.True(free[i], $"byte {i}"));
                            free.AsSpan((int)at, length).Clear();
                        }
                    }
                }
            );

    [Fact]
    public void Neighbours_are_joined_over_the_byte_that_evens_them_out()
    {
        var room = new FreedPlaces([(10, 5), (16, 4), (30, 6)]);
        Assert.Equal(10, room.Take(9));
        Assert.Null(room.Take(7));
        Assert.Equal(30, room.Take(6));
        Assert.Null(room.Take(1));
    }

    private static IEnumerable<(long Start, long Length)> Apart(IEnumerable<(int Start, int Length)> ranges)
    {
        long end = 0;
        foreach ((int start, int length) in ranges.OrderBy(r => r.Start))
        {
            if (start >= end)
            {
                yield return (start, length);
                end = start + length;
            }
        }
    }
}
