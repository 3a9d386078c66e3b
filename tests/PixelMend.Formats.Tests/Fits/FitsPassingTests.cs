using PixelMend.Formats.Fits;
using PixelMend.Formats.Tests.Contract;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Fits;

/// <summary>Frames read while the file's bytes come by.</summary>
public class FitsPassingTests
{
    private static readonly FitsFormat Format = new();

    /// <summary>Also where they are read in several parts, and where the header takes more than is looked at first.</summary>
    [Theory]
    [InlineData(16, 3, 2, 0)]
    [InlineData(8, 5, 3, 0)]
    [InlineData(16, 65_000, 5, 0)]
    [InlineData(16, 700, 500, 40)]
    [InlineData(16, 7, 5, 783)]
    [InlineData(16, 7, 5, 800)]
    [InlineData(16, 7, 5, 815)]
    public void They_are_what_is_read_from_memory(int bitPix, int width, int height, int moreCards)
    {
        byte[] data = new byte[width * height * bitPix / 8];
        new Random(width).NextBytes(data);
        string[] cards = [.. bitPix == 16 ? ["BZERO   = 32768"] : Array.Empty<string>(), .. Enumerable.Repeat("COMMENT more", moreCards)];
        byte[] file = FitsFile.Make(bitPix, width, height, data, [.. cards, "BAYERPAT= 'RGGB    '", "EXPTIME = 2.5"]);
        using var stream = new MemoryStream(file);
        RawFrame? passing = Format.ReadPassing(stream, ReadOptions.Default);
        Assert.Equal(moreCards <= 783, passing is not null);
        Hostility.AssertSame(Format.Read(file, ReadOptions.Default), passing);
        Assert.Equal(passing is null ? 0 : file.Length, stream.Position);
    }

    [Theory]
    [InlineData(-32)]
    [InlineData(16)]
    public void Numbers_that_are_no_codes_are_left_to_the_reader_from_memory(int bitPix)
    {
        byte[] file = FitsFile.Make(bitPix, 4, 3, new byte[12 * Math.Abs(bitPix) / 8]);
        Assert.Null(Format.ReadPassing(new MemoryStream(file), ReadOptions.Default));
    }

    [Fact]
    public void A_cut_file_is_refused_with_the_same_words()
    {
        byte[] file = FitsFile.Make(8, 100, 100, new byte[10_000])[..^4000];
        RawDataException whole = Assert.Throws<RawDataException>(() => Format.Read(file, ReadOptions.Default));
        RawDataException part = Assert.Throws<RawDataException>(() => Format.ReadPassing(new MemoryStream(file), ReadOptions.Default));
        Assert.Equal(whole.Message, part.Message);
    }
}
