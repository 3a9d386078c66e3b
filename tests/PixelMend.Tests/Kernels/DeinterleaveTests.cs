using PixelMend.Kernels;
using Xunit;

namespace PixelMend.Tests.Kernels;

public sealed class DeinterleaveTests
{
    [Fact]
    public void Even_and_odd_places_part_at_every_length()
    {
        for (int length = 0; length < 70; length++)
        {
            float[] row = [.. Enumerable.Range(1, length).Select(i => i * 0.37f)];
            var even = new float[(length + 1) / 2];
            var odd = new float[length / 2];
            Deinterleave.Run(row, even, odd);
            Assert.Equal(row.Where((_, i) => i % 2 == 0), even);
            Assert.Equal(row.Where((_, i) => i % 2 == 1), odd);
        }
    }

    [Fact]
    public void So_do_codes()
    {
        for (int length = 0; length < 70; length++)
        {
            ushort[] row = [.. Enumerable.Range(1, length).Select(i => (ushort)(i * 40503))];
            var even = new float[(length + 1) / 2];
            var odd = new float[length / 2];
            Deinterleave.Run(row, even, odd);
            Assert.Equal(row.Where((_, i) => i % 2 == 0).Select(c => (float)c), even);
            Assert.Equal(row.Where((_, i) => i % 2 == 1).Select(c => (float)c), odd);
        }
    }
}
