using CsCheck;
using PixelMend.Formats.RawDump;
using PixelMend.Formats.Tiff;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests;

/// <summary>Eight samples at a time, with vectors of every width that this machine has, against one bit after the other.</summary>
public class BitGroupsTests
{
    private static readonly Gen<byte[]> Bytes = Gen.Byte.Array[0, 400];

    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    public void Packed_samples_are_those_of_their_bits(int bits) =>
        Bytes.Sample(packed =>
        {
            BitGroups groups = BitGroups.Packed(bits)!;
            ushort[] expected = [.. Enumerable.Range(0, packed.Length * 8 / bits).Select(x => Naive(packed, x * bits, bits))];
            CheckAllWidths(groups, packed, expected);

            var row = new ushort[expected.Length];
            BitPacking.Unpack(packed, bits, row);
            Assert.Equal(expected, row);
        });

    [Theory]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(14)]
    public void Mipi_samples_are_those_of_their_bits(int depth) =>
        Bytes.Sample(packed =>
        {
            int together = depth == 12 ? 2 : 4;
            int groupBytes = together * depth / 8;
            ushort[] expected =
            [
                .. Enumerable.Range(0, packed.Length / groupBytes * together).Select(x => NaiveMipi(packed, x, depth, together)),
            ];
            CheckAllWidths(BitGroups.Mipi(depth), packed, expected);

            var row = new ushort[expected.Length];
            new MipiPacking(depth, together).Decode(packed, row);
            Assert.Equal(expected, row);
        });

    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    public void Planes_are_packed_bit_by_bit(int bits) =>
        Gen.Select(Gen.Int[1, 90], Gen.Int[1, 4], Gen.Int[0, 1000])
            .Sample(
                (width, height, seed) =>
                {
                    var random = new Random(seed);
                    var plane = new Plane<ushort>(width, height);
                    for (int i = 0; i < plane.Samples.Length; i++)
                    {
                        plane.Samples[i] = (ushort)random.Next(1 << bits);
                    }

                    byte[] packed = BitPacking.Pack(plane, bits);

                    int stride = BitPacking.RowBytes(width, bits);
                    Assert.Equal(stride * height, packed.Length);
                    var row = new ushort[width];
                    for (int y = 0; y < height; y++)
                    {
                        byte[] bytes = packed[(y * stride)..((y + 1) * stride)];
                        for (int x = 0; x < width; x++)
                        {
                            row[x] = bits == 16 ? (ushort)(bytes[2 * x] | (bytes[(2 * x) + 1] << 8)) : Naive(bytes, x * bits, bits);
                        }

                        Assert.Equal(plane.Row(y).ToArray(), row);
                        Assert.Equal(0, bits == 16 ? 0 : Naive(bytes, width * bits, (stride * 8) - (width * bits)));
                    }
                }
            );

    private static void CheckAllWidths(BitGroups groups, byte[] packed, ushort[] expected)
    {
        Check<ByteLanes16>(groups, packed, expected);
        Check<ByteLanes32>(groups, packed, expected);
        Check<ByteLanes64>(groups, packed, expected);
    }

    private static void Check<TLanes>(BitGroups groups, byte[] packed, ushort[] expected)
        where TLanes : struct, IByteLanes<TLanes>
    {
        if (!TLanes.IsSupported)
        {
            return;
        }

        for (int from = 0; from <= Math.Min(expected.Length, 2 * BitGroups.Samples); from += BitGroups.Samples)
        {
            var samples = new ushort[expected.Length];
            int end = groups.Unpack<TLanes>(packed, samples, from);
            Assert.InRange(end, from, expected.Length);
            Assert.True(expected.Length - end < (TLanes.Groups + 2) * BitGroups.Samples, "vectors stop before the row's end");
            Assert.Equal(expected[from..end], samples[from..end]);
            Assert.All(samples[..from].Concat(samples[end..]), sample => Assert.Equal(0, sample));
        }
    }

    private static ushort Naive(byte[] packed, int first, int bits)
    {
        int value = 0;
        for (int bit = first; bit < first + bits; bit++)
        {
            value = (value << 1) | ((packed[bit / 8] >> (7 - (bit % 8))) & 1);
        }

        return (ushort)value;
    }

    private static ushort NaiveMipi(byte[] packed, int x, int depth, int together)
    {
        int start = x / together * (together * depth / 8);
        int within = x % together;
        int value = packed[start + within] << (depth - 8);
        for (int bit = 0; bit < depth - 8; bit++)
        {
            int at = (within * (depth - 8)) + bit;
            value |= ((packed[start + together + (at / 8)] >> (at % 8)) & 1) << bit;
        }

        return (ushort)value;
    }
}
