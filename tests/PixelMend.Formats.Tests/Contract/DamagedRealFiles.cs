using Xunit;

namespace PixelMend.Formats.Tests.Contract;

/// <summary>Real files of every format, cut short and with bytes flipped: refused or read, never anything else.</summary>
public class DamagedRealFiles
{
    private const string Mipi10 = "width=1920,height=1080,depth=10,packing=mipi";

    /// <summary>Places in the first bytes, where the tables are, and as many over the whole file.</summary>
    private const int Places = 12;

    private const int TableBytes = 6000;

    [Theory]
    [InlineData("dng/canon_kissx4_ml_colorchart.dng", null)]
    [InlineData("dng/nikon_d500_lossy_linear.dng", null)]
    [InlineData("dng/ohos_gainmap_opcodes123.dng", null)]
    [InlineData("derived/hero6_quadbayer.dng", null)]
    [InlineData("derived/kissx4_fixbadpixelsconstant0.dng", null)]
    [InlineData("derived/kissx4_fixbadpixelslist.dng", null)]
    [InlineData("derived/kissx4_float32_deflate.dng", null)]
    [InlineData("mono_micasense/IMG_0000_1.hccd567.tif", null)]
    [InlineData("cfa_odd/nzhagen_core_bldg_monopol.tif", null)]
    [InlineData("astro_huntsman/science_0.fits", null)]
    [InlineData("astro_stargate/StarGateCluster_030_sec_1x1_0001.hd7d7dc.fit", null)]
    [InlineData("fits_misc/gmos.fits", null)]
    [InlineData("fits_misc/a8280271.fits", null)]
    [InlineData("fuzz/astropy-fits/comp.fits", null)]
    [InlineData("derived/stargate_10frames_mono16.ser", null)]
    [InlineData("rawdump/halide_bayer_small.png", null)]
    [InlineData("derived/openisp_1920x1080_raw10_mipi.raw", Mipi10)]
    public void Damage_is_refused_or_read(string name, string? raw)
    {
        byte[] file = Files.Real(name);
        var options = new ReadOptions { Raw = raw is null ? null : RawSpec.Parse(raw) };
        FrameFormat format = FormatSet.FrameFormatFor(file, name, options);
        foreach (int place in Spread(Math.Min(file.Length, TableBytes)).Concat(Spread(file.Length)))
        {
            Hostility.AssertRefusedOrRead(format, file[..place], options);
            byte kept = file[place];
            file[place] ^= 0xFF;
            Hostility.AssertRefusedOrRead(format, file, options);
            file[place] = kept;
        }
    }

    private static IEnumerable<int> Spread(int length) => Enumerable.Range(0, Places).Select(i => (int)((long)length * i / Places));
}
