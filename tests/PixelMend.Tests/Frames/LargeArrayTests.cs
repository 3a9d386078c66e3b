using PixelMend.Frames;
using Xunit;

namespace PixelMend.Tests.Frames;

public class LargeArrayTests
{
    private const int Length = 10_000_001;

    /// <summary>Also where the memory was another array's before.</summary>
    [Fact]
    public void Zeros_are_zeros()
    {
        for (int i = 0; i < 5; i++)
        {
            LargeArray.Unfilled<ushort>(Length).AsSpan().Fill(ushort.MaxValue);
            GC.Collect();
            ushort[] zeros = LargeArray.Zeros<ushort>(Length);
            Assert.Equal(Length, zeros.Length);
            Assert.False(zeros.AsSpan().ContainsAnyExcept((ushort)0));
        }
    }

    [Fact]
    public void A_vacated_array_stays_an_array_and_its_neighbours_stay_as_they_are()
    {
        byte[][] arrays = [.. Enumerable.Range(1, 3).Select(Filled)];
        bool vacated = LargeArray.Vacate(arrays[1]);
        Assert.Equal(OperatingSystem.IsLinux(), vacated);
        Assert.All(arrays, a => Assert.Equal(Length, a.Length));
        Assert.False(arrays[0].AsSpan().ContainsAnyExcept((byte)1));
        Assert.False(arrays[2].AsSpan().ContainsAnyExcept((byte)3));

        arrays[1].AsSpan().Fill(7);
        GC.Collect();
        Assert.False(arrays[1].AsSpan().ContainsAnyExcept((byte)7));

        static byte[] Filled(int value)
        {
            byte[] array = LargeArray.Unfilled<byte>(Length);
            array.AsSpan().Fill((byte)value);
            return array;
        }
    }

    [Fact]
    public void Memory_of_a_vacated_array_is_the_systems()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("only Linux is asked to take memory back");
        }

        byte[] array = LargeArray.Unfilled<byte>(Length);
        array.AsSpan().Fill(1);
        Assert.True(LargeArray.Vacate(array));
        // Pages that the system gives anew are zero; those at both ends are shared with others and stay.
        Assert.False(array.AsSpan()[Environment.SystemPageSize..^Environment.SystemPageSize].ContainsAnyExcept((byte)0));
    }
}
