using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests;

/// <summary>Samples of real files: fingerprints as numpy, astropy and Pillow decode them.</summary>
public class RealFileTests
{
    private const string Nikon = "width=768,height=512,depth=14";
    private const string Infinite = "width=2592,height=1536,depth=8,cfa=GRBG";

    public static TheoryData<string, string?, string> Golden =>
        new()
        {
            {
                "astro_stargate/StarGateCluster_030_sec_1x1_0001.hd7d7dc.fit",
                null,
                "e5bb82e49e54b5172d452913813ed79b16eb614d189acbd2f19edb7db54b87c6"
            },
            {
                "astro_stargate/StarGateCluster_030_sec_1x1_0002.h773f9b.fit",
                null,
                "65caad0b5c68f816117762bfe4c851a7c7f2a6e9d6821b519b2f6a83314d1f7c"
            },
            {
                "astro_stargate/StarGateCluster_030_sec_1x1_0003.hdce227.fit",
                null,
                "be8356528aa7553a7c7d9f9ebde4866c1c9920a6a5ebeef455df0871c16e819d"
            },
            {
                "astro_stargate/StarGateCluster_030_sec_1x1_0004.h14ecb2.fit",
                null,
                "3776506f65f2a5e9cc655838ef25fa2fdef82b781c7f84b97bd635c595bf7c4c"
            },
            {
                "astro_stargate/StarGateCluster_030_sec_1x1_0005.hc048e4.fit",
                null,
                "a7a0b646bf4ce67a571718b8be12a78cb03ecd3925fddfae540e1c3d86588f8d"
            },
            {
                "astro_stargate/StarGateCluster_030_sec_1x1_0006.h163892.fit",
                null,
                "ce119e46798c6f4561232d25434fa62f2aba482e4d9b285ea76e20de83bfd4d4"
            },
            {
                "astro_stargate/StarGateCluster_030_sec_1x1_0007.h84974a.fit",
                null,
                "4e6bf8d57283de5e40f41892af8f028e741ab085a129a61f5454e4212975ce38"
            },
            {
                "astro_stargate/StarGateCluster_030_sec_1x1_0008.h4c1150.fit",
                null,
                "cf55265b2da208d450097a6f12bd053b4feb6ddac88fbffb3016ec657892033d"
            },
            {
                "astro_stargate/StarGateCluster_030_sec_1x1_0009.hbce85b.fit",
                null,
                "1cfe658f0b0a559bfee0eca018f0d79f27e8abd7f31b500dd37b48bd1cc94e86"
            },
            {
                "astro_stargate/StarGateCluster_030_sec_1x1_0010.he1919e.fit",
                null,
                "5b5ac252547c389ce8ff7282c609e6048bf58980f1957de303e69211c05299e4"
            },
            { "astro_huntsman/science_0.fits", null, "e6b6c1e8734b1af9d9051ed6875a6c716727ec0fedf5efe6450c51adcb5a8e37" },
            { "astro_huntsman/dark_0.fits", null, "15e6ce8cb723a034991ec8de2aad7bc5e903ec6ae5d778ed97261f31092114b4" },
            { "astro_huntsman/flat_0.fits", null, "1ec25c8300f93cd1918a5a826206352cca1f553d7526a3cbf989f52ba22e1e4a" },
            { "fits_misc/gmos.fits", null, "74f45552d8afa6b07dc598aee013008feb84a8b9ffee84eb45f10080e8ab788d" },
            { "fits_misc/a8280271.fits", null, "b3e58d912ef6dbd870e9edb5464f0b532419444369b995aed9b04fdf8d0d073e" },
            { "derived/kissx4_bayer_RGGB.fits", null, "f085dcc4e11398810dcf31a302f1e3bfa9bfea6dcaf666a703d48bc451972aa1" },
            { "rawdump/halide_bayer_10bit_1344x1968.png", null, "24341ba3110703923746d11e4ad7372ccd7a71912bf37b3154131ec89e1797cc" },
            { "rawdump/halide_bayer_small.png", null, "5b18c51de8a986f7c5e33417761feae48c8771709d7ff01ea33619f8adfbd5d8" },
            { "rawdump/nikon_DSC_1339_768x512_bggr.raw", Nikon, "a2c22f3c61f621a84642b9ddc6b5ce0de78cc81aa0e7eac9182fd6a26e5a732b" },
            { "rawdump/nikon_DSC_1339_768x512_gbrg.raw", Nikon, "65d5541a9e4739b6340e4ef980bbdd658c949558c9f3bac7fbd8592c23857d8f" },
            { "rawdump/nikon_DSC_1339_768x512_grbg.raw", Nikon, "b6cc112089fc543773b03a66b3caa94c82a7b04230e42325d6b11bdf19d30eb0" },
            { "rawdump/nikon_DSC_1339_768x512_rggb.raw", Nikon, "eb50777212e9535a60504a481e551679ace97cc6600638376cb935319ed63093" },
            {
                "rawdump/nikon_DSC_1339_768x512_rggb_bpc_test.raw",
                Nikon,
                "df46093d481df601c45bc53f41ffadbeff1ed579387a2445c1559daac4d7651f"
            },
            {
                "rawdump/infinite_Indoor1_2592x1536_8bit_GRBG.raw",
                Infinite,
                "7a2ad3b6472b94f2b4c6992f6380a43019b39f04c10921615604b6f2724607c1"
            },
            {
                "rawdump/infinite_Outdoor1_2592x1536_8bit_GRBG.raw",
                Infinite,
                "12f1ab6e68eae2abfe9a1ffd11baeb2a27f5adea4cad31df4c96a49639214fa3"
            },
            {
                "rawdump/infinite_Outdoor3_2592x1536_8bit_GRBG.raw",
                Infinite,
                "d6d1a0ee38841971d8e7bb19e117b84249fa29bffd088234c24e3cfa37f9301b"
            },
            {
                "rawdump/openisp_test_1920x1080.RAW",
                "width=1920,height=1080,depth=10",
                "3dedf63075d681cb08c5f9710955bc037bfe6e4ea215480d111cc60f3190df0f"
            },
            {
                "rawdump/BlackImage_1920x1080_12bits_BGGR.raw",
                "width=1920,height=1080,depth=12",
                "0e39a7a95f0ef66155f8e61cb0d2d2b27cbed3adfe12b4fefa81c18a531635c9"
            },
            {
                "derived/hero6_quadbayer_1500x1200_u16le.raw",
                "width=1500,height=1200,depth=14,cfa=QUAD-RGGB",
                "9eca7001873e5869d0eec2fa5beb9a590cf96197691e6f02f08e375229823118"
            },
            {
                "derived/openisp_1920x1080_raw10_mipi.raw",
                "width=1920,height=1080,depth=10,packing=mipi",
                "3dedf63075d681cb08c5f9710955bc037bfe6e4ea215480d111cc60f3190df0f"
            },
            {
                "derived/blackimage_1920x1080_raw12_mipi.raw",
                "width=1920,height=1080,depth=12,packing=mipi",
                "0e39a7a95f0ef66155f8e61cb0d2d2b27cbed3adfe12b4fefa81c18a531635c9"
            },
        };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Samples_are_those_of_independent_readers(string file, string? raw, string fingerprint) =>
        Assert.Equal(fingerprint, Files.Fingerprint(Files.Read(Files.Real(file), file, raw)));

    /// <summary>Every file is rewritten with its corner samples changed; read back, exactly they differ.</summary>
    [Theory]
    [MemberData(nameof(Golden))]
    public void Rewritten_files_differ_in_the_changed_samples_only(string name, string? raw, string fingerprint)
    {
        byte[] file = Files.Real(name);
        var options = new ReadOptions { Raw = raw is null ? null : RawSpec.Parse(raw) };
        FrameFormat format = FormatSet.FrameFormatFor(file, name, options);
        RawFrame frame = format.Read(file, options);
        (int right, int bottom) = (frame.Width - 1, frame.Height - 1);
        SampleChange[] changes = [Change(0, 0), Change(right, 0), Change(0, bottom), Change(right, bottom)];
        byte[] rewritten = Files.Made(output => format.Rewrite(file, frame, changes, options, output));
        RawFrame again = format.Read(rewritten, options);
        Assert.Equal(Files.Fingerprint(frame.With(changes)), Files.Fingerprint(again));
        Assert.NotEqual(fingerprint, Files.Fingerprint(again));

        SampleChange Change(int x, int y) => new(x, y, frame.Stored(x, y), frame.Stored(x, y) == 7 ? 8 : 7, 1);
    }

    [Fact]
    public void Cameras_and_exposures_are_read()
    {
        FrameInfo stars = Read("astro_stargate/StarGateCluster_030_sec_1x1_0001.hd7d7dc.fit").Info;
        Assert.Equal(("Orion SSDSI-2", 30.0), (stars.Model, stars.ExposureSeconds));
        Assert.Equal(new DateTimeOffset(2013, 7, 13, 5, 0, 10, TimeSpan.Zero), stars.CaptureTime);

        FrameInfo huntsman = Read("astro_huntsman/science_0.fits").Info;
        Assert.Equal((300.0, 0.5), (huntsman.ExposureSeconds, huntsman.TemperatureCelsius));

        FrameInfo extension = Read("fits_misc/gmos.fits").Info;
        Assert.Equal(("GMOS-S", 90.0), (extension.Model, extension.ExposureSeconds));

        Assert.Equal(CfaPattern.Parse("RGGB"), Read("derived/kissx4_bayer_RGGB.fits").Cfa);
    }

    [Theory]
    [InlineData("astro_huntsman/science_0.fits", 12)]
    [InlineData("derived/kissx4_bayer_RGGB.fits", 14)]
    [InlineData("rawdump/halide_bayer_10bit_1344x1968.png", 10)]
    public void Depth_is_inferred_from_the_largest_sample(string name, int depth) => Assert.Equal(depth, Read(name).BitDepth);

    [Theory]
    [InlineData("fits_misc/WFPC2u5780205r_c0fx.fits", "the image is a cube of 200 × 200 × 4 samples")]
    [InlineData("nef/nikon_d1.nef", "this is a camera's own RAW format: give it the extension that the camera gave it (.nef, .arw, …)")]
    [InlineData("fuzz/astropy-fits/table.fits", "the file holds no image")]
    public void What_is_not_read_is_refused_with_the_reason(string name, string reason)
    {
        RawDataException error = Assert.Throws<RawDataException>(() => Read(name));
        Assert.Equal(RawDataError.Unsupported, error.Error);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static RawFrame Read(string name) => Files.Read(Files.Real(name), name);
}
