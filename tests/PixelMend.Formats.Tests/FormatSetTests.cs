using Xunit;

namespace PixelMend.Formats.Tests;

public class FormatSetTests
{
    [Fact]
    public void A_given_geometry_chooses_the_dump_whatever_the_content()
    {
        var options = new ReadOptions { Raw = RawSpec.Parse("width=4,height=1,depth=8") };
        Assert.Equal("raw dump", FormatSet.FrameFormatFor("P5 1"u8, "x.pgm", options).Name);
    }

    [Theory]
    [InlineData("frame.raw", "a headerless dump needs its geometry: give --raw width=")]
    [InlineData("frame.DAT", "a headerless dump needs its geometry: give --raw width=")]
    [InlineData("frame.jpg", "the content is none of DNG, TIFF, FITS, FITS in gzip, SER, ")]
    [InlineData("frame", "a headerless dump needs --raw")]
    public void Unknown_content_is_refused_with_a_way_out(string name, string reason)
    {
        RawDataException error = Assert.Throws<RawDataException>(() =>
            FormatSet.FrameFormatFor([0xFF, 0xD8, 0xFF], name, ReadOptions.Default)
        );
        Assert.Equal(RawDataError.Unsupported, error.Error);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_extensions_are_refused_with_the_known_ones()
    {
        Assert.StartsWith(
            "map.xyz: maps are known by their extension, one of .csv, .json",
            Assert.Throws<NotSupportedException>(() => FormatSet.MapFormatFor("folder/map.xyz")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            ".fits",
            Assert.Throws<NotSupportedException>(() => FormatSet.FrameFormatForWriting("x")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Names_and_extensions_are_unique()
    {
        Assert.Distinct(FormatSet.Frames.Select(f => f.Name), StringComparer.Ordinal);
        Assert.Distinct(FormatSet.Frames.SelectMany(f => f.Extensions), StringComparer.Ordinal);
        Assert.Distinct(FormatSet.Maps.Select(f => f.Name), StringComparer.Ordinal);
        Assert.Distinct(FormatSet.Maps.SelectMany(f => f.Extensions.Select(e => $"{e} {f.Dialect}")), StringComparer.Ordinal);
    }
}
