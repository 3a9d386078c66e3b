using System.Buffers.Binary;
using PixelMend.Defects;
using PixelMend.Formats.Fits;
using Xunit;

namespace PixelMend.Formats.Tests.Fits;

public class FitsMaskTests
{
    private static readonly FitsMask Format = new();

    /// <summary>Bits as JWST's archive numbers them; those that tell of an exposure mark nothing.</summary>
    [Theory]
    [InlineData(0u, null)]
    [InlineData(1u, DefectKind.Unknown)]
    [InlineData(1u << 10, DefectKind.Dead)]
    [InlineData((1u << 11) | 1, DefectKind.Hot)]
    [InlineData(1u << 12, DefectKind.Warm)]
    [InlineData(1u << 13, DefectKind.LowResponse)]
    [InlineData(1u << 14, DefectKind.Unknown)]
    [InlineData((1u << 15) | (1u << 11), DefectKind.Telegraph | DefectKind.Hot)]
    [InlineData(1u << 16, DefectKind.NonLinear)]
    [InlineData(1u << 26, DefectKind.Unknown)]
    [InlineData(1u << 27, DefectKind.Unknown)]
    [InlineData((1u << 1) | (1u << 2), null)]
    [InlineData(1u << 31, null)]
    public void Quality_bits_are_kinds(uint bits, DefectKind? kind)
    {
        var data = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(data, (int)(bits - (1u << 31)));
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), int.MinValue);
        DefectMap map = Read(FitsFile.Make(32, 2, 1, data, "BZERO   = 2147483648"), 2, 1);
        Assert.Equal(kind is DefectKind known ? [(0, 0, known)] : [], map.Points.Select(p => (p.X, p.Y, p.Kind)));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void Whatever_is_not_zero_is_a_defect_in_small_integers(int bitPix)
    {
        var data = new byte[6 * bitPix / 8];
        data[(2 * bitPix / 8) - 1] = 255;
        data[^1] = 1;
        Assert.Equal([(1, 0), (2, 1)], Read(FitsFile.Make(bitPix, 3, 2, data), 3, 2).Points.Select(p => (p.X, p.Y)));
    }

    /// <summary>A science file brings its mask along.</summary>
    [Theory]
    [InlineData("DQ", 5)]
    [InlineData("BPM", 5)]
    [InlineData("ERR", 6)]
    public void The_mask_is_the_extension_of_that_name_else_the_first_image(string name, int defects)
    {
        byte[] file =
        [
            .. FitsFile.Make(8, 3, 2, [1, 1, 1, 1, 1, 1]),
            .. FitsFile.Extension(8, 3, 2, [0, 9, 9, 9, 9, 9], $"EXTNAME = '{name}'"),
        ];
        Assert.Equal(defects, Read(file, 3, 2).Points.Count);
    }

    [Fact]
    public void Kinds_with_a_bit_come_back()
    {
        var builder = new DefectMap.Builder(5, 4);
        builder.Add(new Defect(4, 3, DefectKind.Hot | DefectKind.NonLinear, 9, 0.5f));
        builder.Add(new Defect(0, 1, DefectKind.Stuck));
        DefectMap again = Read(Files.Made(output => Format.Write(builder.Build(), output)), 5, 4);
        Assert.Equal(
            [(0, 1, DefectKind.Unknown), (4, 3, DefectKind.Hot | DefectKind.NonLinear)],
            again.Points.Select(p => (p.X, p.Y, p.Kind))
        );
    }

    private static DefectMap Read(byte[] file, int width, int height) => Format.Read(file, width, height, ReadLimits.Default);
}
