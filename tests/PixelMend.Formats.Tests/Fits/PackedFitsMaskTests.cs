using System.IO.Compression;
using PixelMend.Defects;
using PixelMend.Formats.Fits;
using Xunit;

namespace PixelMend.Formats.Tests.Fits;

/// <summary>Masks as archives pack them, which astropy writes and reads too.</summary>
public class PackedFitsMaskTests
{
    private const int Width = 30;
    private const int Height = 20;

    [Theory]
    [InlineData("uint32", ".fits.gz")]
    [InlineData("uint8", ".fit.gz")]
    [InlineData("uint32", ".fits.fz", "GZIP_2")]
    [InlineData("int32", ".fits.fz", "RICE_1")]
    [InlineData("uint8", ".fts.fz", "RICE_1")]
    [InlineData("int16", ".fits.fz", "PLIO_1")]
    public void Masks_of_astropy_are_read(string type, string extension, params string[] tiles)
    {
        using var file = new Dng.TemporaryFile([], extension);
        Python.Run("write_mask.py", [file.Path, string.Join(':', [type, .. tiles]), $"{Width}", $"{Height}", "29,19,2049", "0,0,1025"]);
        byte[] mask = File.ReadAllBytes(file.Path);
        DefectMap map = FormatSet.MapFormatFor(file.Path, mask).Read(mask, Width, Height, ReadLimits.Default);
        bool hasKinds = type.EndsWith("32", StringComparison.Ordinal);
        Assert.Equal(
            [(0, 0, hasKinds ? DefectKind.Dead : DefectKind.Unknown), (29, 19, hasKinds ? DefectKind.Hot : DefectKind.Unknown)],
            map.Points.Select(p => (p.X, p.Y, p.Kind))
        );
    }

    [Fact]
    public void Astropy_reads_a_packed_mask_of_ours()
    {
        var map = new DefectMap.Builder(Width, Height);
        map.Add(new Defect(29, 19, DefectKind.Hot));
        map.Add(new Defect(3, 4));
        using var file = new Dng.TemporaryFile(Files.Made(o => FormatSet.MapFormatFor("m.fits.gz").Write(map.Build(), o)), ".fits.gz");
        Assert.Equal(["3 4 1", "29 19 2049"], Python.Run("read_mask.py", file.Path));
    }

    [Fact]
    public void Masks_are_not_written_in_tiles()
    {
        var refusal = Assert.Throws<NotSupportedException>(() => PackedFitsMask.Tiled.Write(DefectMap.Empty(3, 2), Stream.Null));
        Assert.EndsWith("let the name end in .fits.gz", refusal.Message, StringComparison.Ordinal);
        refusal = Assert.Throws<NotSupportedException>(() => FormatSet.MapFormatFor("m.fits.fz"));
        Assert.StartsWith("m.fits.fz: FITS masks in tiles cannot be written; ", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>The content decides: names get lost on the way.</summary>
    [Fact]
    public void A_packed_mask_is_known_under_a_plain_name_and_limited()
    {
        byte[] plain = Files.Made(o => new FitsMask().Write(DefectMap.Empty(3, 2), o));
        byte[] packed = Files.Made(o =>
        {
            using var gzip = new GZipStream(o, CompressionLevel.Fastest, leaveOpen: true);
            gzip.Write(plain);
        });
        Assert.True(new FitsMask().Read(packed, 3, 2, ReadLimits.Default).IsEmpty);
        var limits = new ReadLimits { MaxFileBytes = plain.Length - 1 };
        var refusal = Assert.Throws<RawDataException>(() => new FitsMask().Read(packed, 3, 2, limits));
        Assert.Equal(RawDataError.LimitExceeded, refusal.Error);
        Assert.Throws<RawDataException>(() => new FitsMask().Read(packed.AsMemory(0, 40), 3, 2, ReadLimits.Default));
    }
}
