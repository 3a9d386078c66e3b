using PixelMend.Formats;
using PixelMend.TestKit;

namespace PixelMend.Benchmarks.Frames;

/// <summary>The real frames that benchmarks run on where none are named: Bayer, of six cameras or test benches, none with defects that show.</summary>
internal static class DefaultFrames
{
    private static readonly (string Name, string File, string? Raw)[] Files =
    [
        ("chart_openisp", "rawdump/openisp_test_1920x1080.RAW", "width=1920,height=1080,depth=10,cfa=RGGB,black=0,white=1023"),
        ("hero6", "dng/gopro_hero6_GOPR0024.dng", null),
        ("infinite_Indoor1", "rawdump/infinite_Indoor1_2592x1536_8bit_GRBG.raw", InfiniteIsp),
        ("infinite_Outdoor1", "rawdump/infinite_Outdoor1_2592x1536_8bit_GRBG.raw", InfiniteIsp),
        ("infinite_Outdoor3", "rawdump/infinite_Outdoor3_2592x1536_8bit_GRBG.raw", InfiniteIsp),
        ("rose", "rawdump/nikon_DSC_1339_768x512_rggb.raw", "width=768,height=512,depth=14,cfa=RGGB,black=0,white=16383"),
    ];

    private const string InfiniteIsp = "width=2592,height=1536,depth=8,cfa=GRBG,black=16,white=255";

    /// <summary>The frames, read one by one as they are asked for.</summary>
    /// <exception cref="FileNotFoundException">The folder of real files is missing.</exception>
    public static IEnumerable<BenchFrame> All()
    {
        foreach ((string name, string file, string? raw) in Files)
        {
            string path =
                RealData.Path(file)
                ?? throw new FileNotFoundException($"{file} is missing: name files, or set PIXELMEND_DATA to the folder of real files");
            yield return BenchFrame.Read(name, path, new ReadOptions { Raw = raw is null ? null : RawSpec.Parse(raw) });
        }
    }
}
