using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PixelMend.Defects;
using PixelMend.Formats.Dng;
using PixelMend.Frames;
using PixelMend.TestKit;
using Xunit;

namespace PixelMend.Formats.Tests.Dng;

/// <summary>Real DNG and TIFF files: what is decoded, and what other programs make of them before and after.</summary>
public class RealDngTests
{
    private const string Canon = "dng/canon_kissx4_ml_colorchart.dng";
    private const string GoPro = "dng/gopro_hero6_GOPR0024.dng";
    private const string Ohos = "dng/ohos_gainmap_opcodes123.dng";
    private const string Quad = "derived/hero6_quadbayer.dng";
    private const string XTrans = "derived/hero6_xtrans.dng";
    private const string Constant = "derived/kissx4_fixbadpixelsconstant0.dng";
    private const string BadList = "derived/kissx4_fixbadpixelslist.dng";
    private const string Floats = "derived/kissx4_float32_deflate.dng";
    private const string Micasense1 = "mono_micasense/IMG_0000_1.hccd567.tif";
    private const string Micasense2 = "mono_micasense/IMG_0000_3.h3c37b5.tif";
    private const string Micasense3 = "mono_micasense/IMG_0001_1.h638304.tif";
    private const string Micasense4 = "mono_micasense/IMG_0001_3.haab3fd.tif";

    /// <summary>RawTherapee takes no smaller file for a raw image; with zeros appended it opens the same.</summary>
    private const int RawTherapeeAtLeast = 100_000;

    /// <summary>SHA-256 of the decoded samples, little-endian, raster order.</summary>
    [Theory]
    [InlineData(Canon, "4B858970F8131549C8728E855A7439D92E54C96C66511DDA2F48BDB517BE5FE1")]
    [InlineData(GoPro, "7C0FA7FAA996B89B68CBAFD60B69A5D6B3D6338EC63B620944EB5749400DAC43")]
    [InlineData(Ohos, "C30D10057186B1AD57CDAFE04E9659AC3613F9ABDFFD41FCC36356EC3F689641")]
    [InlineData(Quad, "9ECA7001873E5869D0EEC2FA5BEB9A590CF96197691E6F02F08E375229823118")]
    [InlineData(XTrans, "44C357EF70AAA117163051FB662C7DFF912CB19A5FDBCAC3C70F5120C8A835CD")]
    [InlineData(Constant, "08190BEC61445AE89572970952B2BD0EDC8894C6F7EF59EB54A95FDA655EE588")]
    [InlineData(BadList, "E9F518F78EDD354BA40DE29BFA495457A455679E0A21D83ECD01174F249A887B")]
    [InlineData(Floats, "F8E4A763B067FA382E245D8B6E623F3F6513AB000B9C1D43841AD67664589D85")]
    [InlineData(Micasense1, "466BD98195897A9F3129EC5C959C95F14217645C1B48F9FB26DBFF6068FFC93F")]
    [InlineData(Micasense2, "9041D93E27E8C2E10DEA873E7795A2376CF9F5D25CDB8FA4F4C6A753E9D42413")]
    [InlineData(Micasense3, "0248CAFF5C2588C558C08BE836611D8AD8CF8C5ED63BD1CC0919D1ABCC3EAB40")]
    [InlineData(Micasense4, "3A7EBFE0108543C399274808D80C11A6CADD9FB7A8BFE281AD5030F258FCFC4D")]
    public void Samples_are_the_golden_ones(string name, string sha256)
    {
        (_, _, RawFrame frame) = Read(Path(name));
        Assert.Equal(sha256, Convert.ToHexString(SHA256.HashData(Bytes(frame))));
    }

    /// <summary>dcraw misreads uncompressed tiles, floats, and periods of four (it takes them for two); tifffile lacks packed 14 bits.</summary>
    [Theory]
    [InlineData(Canon)]
    [InlineData(GoPro)]
    [InlineData(Ohos)]
    [InlineData(XTrans)]
    [InlineData(BadList)]
    public void Dcraw_reads_the_same_samples(string name)
    {
        string path = Path(name);
        (_, _, RawFrame frame) = Read(path);
        (int width, int height, ushort[] samples) = Tool.Dcraw(path);
        Assert.Equal((frame.Width, frame.Height), (width, height));
        Assert.Equal(samples, frame.Codes!.Samples.Select(c => Linear(frame, c)));
    }

    /// <summary>LibRaw shares dcraw's blind spots.</summary>
    [Theory]
    [InlineData(Canon)]
    [InlineData(GoPro)]
    [InlineData(Ohos)]
    [InlineData(XTrans)]
    [InlineData(BadList)]
    public void LibRaw_reads_the_same_samples(string name)
    {
        string path = Path(name);
        (_, _, RawFrame frame) = Read(path);
        (int width, int height, ushort[] samples) = Tool.LibRaw(path);
        Assert.Equal((frame.Width, frame.Height), (width, height));
        Assert.Equal(samples, frame.Codes!.Samples.Select(c => Linear(frame, c)));
    }

    [Theory]
    [InlineData(GoPro)]
    [InlineData(Quad)]
    [InlineData(XTrans)]
    [InlineData(Constant)]
    [InlineData(BadList)]
    [InlineData(Floats)]
    [InlineData(Micasense1)]
    [InlineData(Micasense2)]
    [InlineData(Micasense3)]
    [InlineData(Micasense4)]
    public void Tifffile_reads_the_same_samples(string name)
    {
        string path = Path(name);
        (_, _, RawFrame frame) = Read(path);
        Assert.True(Bytes(frame).SequenceEqual(Tool.Tifffile(path)));
    }

    [Theory]
    [InlineData(BadList, "derived/kissx4_fixbadpixelslist.truth.csv")]
    [InlineData(Constant, "derived/kissx4_fixbadpixelsconstant0.truth.csv")]
    public void Embedded_defects_are_the_true_ones(string name, string truth)
    {
        (_, _, RawFrame frame) = Read(Path(name));
        IEnumerable<(int X, int Y)> expected = File.ReadLines(Path(truth))
            .Skip(1)
            .Select(line => line.Split(','))
            .Select(f => (int.Parse(f[2]), int.Parse(f[1])));
        Assert.Equal(expected.ToHashSet(), frame.Embedded.AllPhotosites().Select(d => (d.X, d.Y)).ToHashSet());
        Assert.Empty(frame.Info.Notes);
    }

    [Theory]
    [InlineData(Canon, "RGGB", 14, 2056, 15000, 152, 26, 1734, 1156)]
    [InlineData(GoPro, "RGGB", 16, 0, 16383, 0, 0, 4000, 3000)]
    [InlineData(Ohos, "RGGB", 14, 256, 16383, 16, 16, 32, 32)]
    [InlineData(Quad, "RRGG/RRGG/GGBB/GGBB", 16, 0, 16383, 0, 0, 1500, 1200)]
    [InlineData(XTrans, "XTRANS", 16, 0, 16383, 0, 0, 1500, 1200)]
    [InlineData(Floats, "RGGB", 32, 0, 1, 0, 0, 1734, 1156)]
    [InlineData(Micasense1, "MONO", 16, 4800, 65535, 0, 0, 1280, 960)]
    public void Facts_are_those_of_the_tags(
        string name,
        string cfa,
        int bits,
        float black,
        float white,
        int left,
        int top,
        int width,
        int height
    )
    {
        (_, _, RawFrame frame) = Read(Path(name));
        Assert.Equal((cfa, bits), (frame.Cfa.ToString(), frame.BitDepth));
        Assert.Equal((black, white), (frame.Levels.Black(left, top), frame.Levels.White(left, top)));
        Assert.Equal(new Area(left, top, width, height), frame.ActiveArea);
    }

    [Fact]
    public void Lossy_linear_images_are_refused()
    {
        byte[] file = File.ReadAllBytes(Path("dng/nikon_d500_lossy_linear.dng"));
        var exception = Assert.Throws<RawDataException>(() => new DngFormat().Read(file, ReadOptions.Default));
        Assert.Equal(RawDataError.Unsupported, exception.Error);
    }

    /// <summary>Tiles coded anew are a little larger than another program made them; they share the room of the old ones, and the file hardly grows.</summary>
    [Fact]
    public void Recompressed_files_keep_their_size()
    {
        (FrameFormat format, byte[] file, RawFrame frame) = Read(Path(Floats));
        SampleChange[] everywhere =
        [
            .. Enumerable
                .Range(0, frame.Width * frame.Height / 4096)
                .Select(i => (X: i * 4096 % frame.Width, Y: i * 4096 / frame.Width))
                .Select(p => new SampleChange(p.X, p.Y, frame.Stored(p.X, p.Y), .5f, 1)),
        ];
        byte[] rewritten = DngVariantTests.Rewritten(format, file, frame, everywhere, ReadOptions.Default);
        Assert.InRange(rewritten.Length, file.Length, file.Length * 103L / 100);
        Assert.Equal(frame.With(everywhere).Values!.Samples, format.Read(rewritten, ReadOptions.Default).Values!.Samples);
    }

    /// <summary>Nothing but the samples, the offsets of moved segments, baked opcodes and digests may change in any field; no new complaints.</summary>
    [Theory]
    [InlineData(Canon)]
    [InlineData(GoPro, "NewRawImageDigest")]
    [InlineData(Ohos, "NewRawImageDigest", "RawDataUniqueID", "RawImageDigest")]
    [InlineData(Quad)]
    [InlineData(XTrans)]
    [InlineData(Constant, "OpcodeList1")]
    [InlineData(BadList, "OpcodeList1")]
    [InlineData(Floats)]
    [InlineData(Micasense1)]
    public void Exiftool_sees_no_change_but_those_meant(string name, params string[] changed)
    {
        string path = Path(name);
        (FrameFormat format, byte[] file, RawFrame frame) = Read(path);
        using var rewritten = new TemporaryFile(
            DngVariantTests.Rewritten(format, file, frame, Changes(frame), ReadOptions.Default),
            System.IO.Path.GetExtension(path)
        );
        string[] before = Tool.Fields(path);
        string[] after = Tool.Fields(rewritten.Path);
        IEnumerable<string> differing = before.Except(after).Concat(after.Except(before)).Select(line => line.Split(']', ':')[1].Trim());
        Assert.Equal(
            changed,
            differing
                .Distinct()
                .Where(f => f is not ("TileOffsets" or "TileByteCounts") || changed.Contains(f))
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(Tool.Warnings(path), Tool.Warnings(rewritten.Path));
    }

    [Theory]
    [InlineData(Canon)]
    [InlineData(GoPro)]
    [InlineData(XTrans)]
    [InlineData(BadList)]
    public void Dcraw_sees_exactly_the_changes(string name)
    {
        (FrameFormat format, byte[] file, RawFrame frame) = Read(Path(name));
        SampleChange[] changes = Changes(frame);
        using var rewritten = new TemporaryFile(DngVariantTests.Rewritten(format, file, frame, changes, ReadOptions.Default), ".dng");
        Assert.Equal(frame.With(changes).Codes!.Samples, Tool.Dcraw(rewritten.Path).Samples);
    }

    /// <summary>Fresh files, plain and lossless JPEG: no complaint from exiftool, the same samples for dcraw, and RawTherapee develops them.</summary>
    [Theory]
    [InlineData(Canon, false)]
    [InlineData(Canon, true)]
    [InlineData(XTrans, true)]
    [InlineData(Ohos, true)]
    [InlineData(Micasense1, false)]
    [InlineData(Micasense1, true)]
    public void Fresh_files_are_valid_for_others(string name, bool losslessJpeg)
    {
        (_, _, RawFrame frame) = Read(Path(name));
        using var fresh = new TemporaryFile(Fresh(frame, losslessJpeg), ".dng");
        Assert.Equal(["Validate                        : OK"], Tool.Warnings(fresh.Path));
        Assert.Equal(frame.Codes!.Samples.Select(c => Linear(frame, c)), Tool.Dcraw(fresh.Path).Samples);
        if (new FileInfo(fresh.Path).Length > RawTherapeeAtLeast)
        {
            AssertRawTherapeeDevelops(fresh.Path);
        }
    }

    [Theory]
    [InlineData(Canon)]
    [InlineData(BadList)]
    public void Rewritten_files_and_opcodes_are_opened_by_RawTherapee(string name)
    {
        (FrameFormat format, byte[] file, RawFrame frame) = Read(Path(name));
        using var rewritten = new TemporaryFile(
            DngVariantTests.Rewritten(format, file, frame, Changes(frame), ReadOptions.Default),
            ".dng"
        );
        AssertRawTherapeeDevelops(rewritten.Path);
        var map = new DefectMap.Builder(frame.Width, frame.Height);
        map.Add(new Defect(7, 9));
        using var output = new MemoryStream();
        new DngFormat().WriteWithOpcodes(file, map.Build(), output);
        using var withOpcodes = new TemporaryFile(output.ToArray(), ".dng");
        AssertRawTherapeeDevelops(withOpcodes.Path);
        Assert.Equal(Tool.Warnings(Path(name)), Tool.Warnings(withOpcodes.Path));
    }

    /// <summary>A real mosaic as lossless JPEG, repaired: the coding stays, dcraw sees exactly the changes.</summary>
    [Fact]
    public void Lossless_JPEG_stays_lossless_JPEG()
    {
        (_, _, RawFrame frame) = Read(Path(Canon));
        byte[] file = Fresh(frame, losslessJpeg: true);
        var format = new DngFormat();
        RawFrame read = format.Read(file, ReadOptions.Default);
        Assert.Equal(frame.Codes!.Samples, read.Codes!.Samples);
        SampleChange[] changes = Changes(read);
        using var rewritten = new TemporaryFile(DngVariantTests.Rewritten(format, file, read, changes, ReadOptions.Default), ".dng");
        Assert.Equal(read.With(changes).Codes!.Samples, Tool.Dcraw(rewritten.Path).Samples);
        Assert.Contains(Tool.Fields(rewritten.Path), f => f.Contains("Compression") && f.EndsWith(": 7"));
    }

    private static string Path(string name)
    {
        string? path = RealData.Path(name);
        Assert.SkipWhen(path is null, $"real file {name} missing");
        return path!;
    }

    private static (FrameFormat Format, byte[] File, RawFrame Frame) Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        FrameFormat format = path.EndsWith(".dng") ? new DngFormat() : new Formats.Tiff.TiffFormat();
        return (format, file, format.Read(file, ReadOptions.Default));
    }

    private static byte[] Fresh(RawFrame frame, bool losslessJpeg)
    {
        using var output = new MemoryStream();
        new DngFormat { WriteOptions = new DngWriteOptions { LosslessJpeg = losslessJpeg } }.Write(frame, output);
        return output.ToArray();
    }

    private static SampleChange[] Changes(RawFrame frame)
    {
        float value = frame.Codes is null ? 0.125f : 1234;
        return
        [
            new SampleChange(0, 0, frame.Stored(0, 0), value, 1),
            new SampleChange(17, 33, frame.Stored(17, 33), value + 1, 1),
            new SampleChange(18, 33, frame.Stored(18, 33), value, 1),
            new SampleChange(frame.Width - 1, frame.Height - 1, frame.Stored(frame.Width - 1, frame.Height - 1), value, 1),
        ];
    }

    private static ushort Linear(RawFrame frame, ushort code) =>
        frame.Linearization.IsEmpty ? code : frame.Linearization.Span[Math.Min(code, frame.Linearization.Length - 1)];

    private static ReadOnlySpan<byte> Bytes(RawFrame frame) =>
        frame.Codes is null ? MemoryMarshal.AsBytes(frame.Values!.Samples.AsSpan()) : MemoryMarshal.AsBytes(frame.Codes.Samples.AsSpan());

    private static void AssertRawTherapeeDevelops(string path)
    {
        string picture = path + ".tif";
        try
        {
            (int code, _, string errors) = Tool.Run("rawtherapee-cli", "-o", picture, "-t", "-Y", "-c", path);
            Assert.True(code == 0 && File.Exists(picture), errors);
        }
        finally
        {
            File.Delete(picture);
        }
    }
}
