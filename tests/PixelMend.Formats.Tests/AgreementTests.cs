using PixelMend.Defects;
using PixelMend.Formats.Fits;
using PixelMend.Formats.Maps;
using PixelMend.Formats.Png;
using PixelMend.Formats.Tests.Contract;
using PixelMend.Formats.Tests.Fits;
using PixelMend.Frames;
using PixelMend.TestKit;
using Xunit;

namespace PixelMend.Formats.Tests;

/// <summary>Independent readers see the same samples in files of others, and in ours: astropy for FITS, a decoder of its own in Python for PNG, Python's csv module for maps.</summary>
public class AgreementTests
{
    private static readonly string[] Real =
    [
        "astro_stargate/StarGateCluster_030_sec_1x1_0003.hdce227.fit",
        "astro_huntsman/science_0.fits",
        "fits_misc/gmos.fits",
        "fits_misc/a8280271.fits",
        "derived/kissx4_bayer_RGGB.fits",
        "fuzz/astropy-fits/blank.fits",
        "fuzz/astropy-fits/comp.fits",
        "fuzz/astropy-fits/compressed_image.fits",
        "fuzz/astropy-fits/double_ext.fits",
        "fuzz/astropy-fits/o4sp040b0_raw.fits",
        "fuzz/astropy-fits/test0.fits",
        "fuzz/pillow/m13.fits",
        "rawdump/halide_bayer_small.png",
    ];

    [Fact]
    public void Real_files_are_read_alike()
    {
        string?[] paths = [.. Real.Select(RealData.Path)];
        Assert.SkipWhen(paths.Contains(null), $"real file {Real[Math.Max(Array.IndexOf(paths, null), 0)]} missing");
        string[] lines = Python.Run("read_samples.py", paths.OfType<string>());
        string[] ours = [.. paths.OfType<string>().Select(p => Files.Fingerprint(Files.Read(File.ReadAllBytes(p), p)))];
        Assert.Equal(lines.Select(l => l.Split(' ')[0]), ours);
    }

    [Fact]
    public void Written_files_are_read_alike()
    {
        RawFrame codes = SampleFrames.Gradient(61, 43, CfaPattern.Parse("GBRG"));
        var values = new RawFrame(
            new Plane<float>(5, 3, [1, -2, 3.5f, float.NaN, 1e30f, .. new float[10]]),
            CfaPattern.Mono,
            new Levels(0, 1)
        );
        var eight = new RawFrame(new Plane<ushort>(3, 2, [0, 255, 1, 2, 3, 128]), 8, CfaPattern.Mono, new Levels(0, 255));
        (string Name, byte[] File)[] files =
        [
            ("codes.fits", Files.Made(output => new FitsFormat().Write(codes, output))),
            ("values.fits", Files.Made(output => new FitsFormat().Write(values, output))),
            ("rewritten.fits", RewrittenWithChecksums()),
            ("codes.png", Files.Made(output => new PngFormat().Write(codes, output))),
            ("eight.png", Files.Made(output => new PngFormat().Write(eight, output))),
            ("interlaced.png", Interlaced(codes.Codes!)),
        ];
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pixelmend-agreement-");
        try
        {
            string[] paths = [.. files.Select(f => Path.Combine(folder.FullName, f.Name))];
            foreach ((string path, (_, byte[] file)) in paths.Zip(files))
            {
                File.WriteAllBytes(path, file);
            }

            string[] lines = Python.Run("read_samples.py", paths);
            Assert.Equal(files.Select(f => $"{Files.Fingerprint(Files.Read(f.File, f.Name))} holds"), lines);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Csv_maps_are_read_alike()
    {
        var builder = new DefectMap.Builder(30, 20);
        builder.Add(new Defect(29, 19, DefectKind.Hot | DefectKind.Noisy, 1.5e-7f, 0.5f));
        builder.Add(new DefectRegion(new Area(4, 0, 1, 20), DefectKind.Dead));
        DefectMap map = builder.Build();
        string path = Path.Combine(Path.GetTempPath(), $"pixelmend-{Guid.NewGuid():N}.csv");
        try
        {
            File.WriteAllBytes(path, Files.Made(output => new CsvMap().Write(map, output)));
            Assert.Equal(map.AllPhotosites().Select(d => $"{d.X} {d.Y}"), Python.Run("read_map.py", path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>astropy sees the quality bits of a FITS mask, tifffile the marks of a TIFF one.</summary>
    [Fact]
    public void Written_masks_are_read_alike()
    {
        var builder = new DefectMap.Builder(30, 20);
        builder.Add(new Defect(29, 19, DefectKind.Hot | DefectKind.NonLinear));
        builder.Add(new Defect(3, 4));
        builder.Add(new DefectRegion(new Area(7, 0, 1, 20), DefectKind.Dead));
        DefectMap map = builder.Build();
        using var fits = new Dng.TemporaryFile(Files.Made(output => new FitsMask().Write(map, output)), ".fits");
        using var tiff = new Dng.TemporaryFile(
            Files.Made(output => new ImageMask(new Formats.Tiff.TiffFormat()).Write(map, output)),
            ".tif"
        );
        Assert.Equal(map.AllPhotosites().Select(d => $"{d.X} {d.Y} {QualityOf(d.Kind)}"), Python.Run("read_mask.py", fits.Path));
        Assert.Equal(map.AllPhotosites().Select(d => $"{d.X} {d.Y} 255"), Python.Run("read_mask.py", tiff.Path));

        static int QualityOf(DefectKind kind) =>
            1
            | (kind.HasFlag(DefectKind.Dead) ? 1 << 10 : 0)
            | (kind.HasFlag(DefectKind.Hot) ? 1 << 11 : 0)
            | (kind.HasFlag(DefectKind.NonLinear) ? 1 << 16 : 0);
    }

    /// <summary>Masks that astropy writes: any value marks in small integers, quality bits are kinds in 32 bits, signed or not.</summary>
    [Theory]
    [InlineData("uint8")]
    [InlineData("int16")]
    [InlineData("int32")]
    [InlineData("uint32")]
    public void Masks_of_astropy_are_read_alike(string type)
    {
        bool isQuality = type.EndsWith("32", StringComparison.Ordinal);
        string path = Path.Combine(Path.GetTempPath(), $"pixelmend-{Guid.NewGuid():N}.fits");
        try
        {
            int hot = isQuality ? 1 << 11 : 1;
            Python.Run("write_mask.py", path, type, "30", "20", $"3,4,{hot}", "29,0,1", "0,19,1");
            DefectMap map = new FitsMask().Read(File.ReadAllBytes(path), 30, 20, ReadLimits.Default);
            Assert.Equal(
                [(29, 0, DefectKind.Unknown), (3, 4, isQuality ? DefectKind.Hot : DefectKind.Unknown), (0, 19, DefectKind.Unknown)],
                map.Points.Select(p => (p.X, p.Y, p.Kind))
            );
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A file whose checksums hold after a sample changed only because they were renewed.</summary>
    private static byte[] RewrittenWithChecksums()
    {
        byte[] file = FitsFile.Make(16, 4, 3, new byte[24], "DATASUM = '0       '           / of old", "CHECKSUM= 'AAAAAAAAAAAAAAAA'");
        var format = new FitsFormat();
        RawFrame frame = format.Read(file, ReadOptions.Default);
        return Files.Made(output => format.Rewrite(file, frame, [new SampleChange(2, 1, 0, 1234, 1)], ReadOptions.Default, output));
    }

    private static byte[] Interlaced(Plane<ushort> codes)
    {
        var header = new PngHeader(codes.Width, codes.Height, 16, Interlaced: true);
        return Files.Made(output =>
        {
            output.Write(PngChunks.Signature);
            PngChunks.WriteChunk(output, PngChunks.Header, header.ToBytes());
            PngChunks.WriteChunk(output, PngChunks.Data, PngImage.Encode(header, codes));
            PngChunks.WriteChunk(output, PngChunks.End, []);
        });
    }
}
