using System.Buffers.Binary;
using PixelMend.Defects;
using PixelMend.Formats.Fits;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Fits;

/// <summary>A mask in the frame's own file is the frame's list of defects, and tells of the repairs afterwards.</summary>
public class MaskBesideTests
{
    private static readonly FitsFormat Format = new();
    private static readonly byte[] Science = FitsFile.Make(16, 3, 2, new byte[12]);
    private static readonly SampleChange[] Changes = [new(2, 0, 0, 7, 1), new(1, 1, 0, 8, 1)];

    [Fact]
    public void Quality_flags_are_defects_and_get_the_repairs()
    {
        byte[] file = With(Flags(0, 1u << 11, 1u << 26, 0, 2, 0));
        RawFrame frame = Format.Read(file, ReadOptions.Default);
        Assert.Equal([(1, 0, DefectKind.Hot), (2, 0, DefectKind.Unknown)], frame.Embedded.Points.Select(p => (p.X, p.Y, p.Kind)));
        Assert.Contains("its mask HDU 1 (DQ) marks 2 photosites; --no-map ignores it", frame.Info.Notes);
        byte[] mended = Files.Made(s => Format.Rewrite(file, frame, Changes, ReadOptions.Default, s));

        // What was flagged stays flagged, bits that no float holds among it; a repair is DO_NOT_USE.
        Assert.Equal(With(Flags(0, 1u << 11, (1u << 26) | 1, 0, 3, 0))[Science.Length..], mended[Science.Length..]);
        Assert.Equal(file.Length, mended.Length);
    }

    [Theory]
    [InlineData(8, 1, 1)]
    [InlineData(8, 255, 255)]
    [InlineData(16, 4, 4)]
    [InlineData(8, 0, 1)]
    public void A_mask_of_one_number_gets_that_number(int bitPix, byte bad, byte expected)
    {
        byte[] file = With(Mask(bitPix, 0, 0, bad, 0, 0, 0));
        RawFrame frame = Format.Read(file, ReadOptions.Default);
        Assert.Equal(bad == 0 ? [] : [(2, 0)], frame.Embedded.Points.Select(p => (p.X, p.Y)));
        byte[] mended = Files.Made(s => Format.Rewrite(file, frame, Changes, ReadOptions.Default, s));
        Assert.Equal(Mask(bitPix, 0, 0, expected, 0, expected, 0), mended[Science.Length..]);
    }

    /// <summary>An instrument's own flags could say that a star is saturated: they are named, not obeyed, and stay.</summary>
    [Fact]
    public void Flags_of_unknown_meaning_are_named_and_left_alone()
    {
        byte[] file = With(Mask(16, 0, 4, 16, 0, 0, 0));
        RawFrame frame = Format.Read(file, ReadOptions.Default);
        Assert.True(frame.Embedded.IsEmpty);
        Assert.Contains(
            frame.Info.Notes,
            n => n.StartsWith("its mask HDU 1 (DQ) is not used: its numbers are flags", StringComparison.Ordinal)
        );
        byte[] mended = Files.Made(s => Format.Rewrite(file, frame, Changes, ReadOptions.Default, s));
        Assert.Equal(file[Science.Length..], mended[Science.Length..]);
        Assert.Equal([(1, 0), (2, 0)], new FitsMask().Read(file, 3, 2, ReadLimits.Default).Points.Select(p => (p.X, p.Y)));
    }

    [Fact]
    public void A_mask_of_another_size_is_named()
    {
        byte[] file = [.. Science, .. FitsFile.Extension(8, 2, 2, [1, 1, 1, 1], "EXTNAME = 'MASK    '")];
        RawFrame frame = Format.Read(file, ReadOptions.Default);
        Assert.True(frame.Embedded.IsEmpty);
        Assert.Contains("its mask HDU 1 (MASK) is not used: it has 2 × 2 samples, the image 3 × 2", frame.Info.Notes);
    }

    [Fact]
    public void Without_maps_it_is_neither_read_nor_written()
    {
        byte[] file = With(Flags(0, 1, 0, 0, 0, 0));
        var options = new ReadOptions { IgnoreEmbedded = true };
        RawFrame frame = Format.Read(file, options);
        Assert.True(frame.Embedded.IsEmpty);
        Assert.Empty(frame.Info.Notes);
        byte[] mended = Files.Made(s => Format.Rewrite(file, frame, Changes, options, s));
        Assert.Equal(file[Science.Length..], mended[Science.Length..]);
    }

    /// <summary>Hubble's files: each chip its science image and its mask, told apart by EXTVER.</summary>
    [Fact]
    public void Each_image_has_the_mask_of_its_version()
    {
        byte[] one = Flags(1, 0, 0, 0, 0, 0);
        byte[] two = Flags(0, 0, 0, 0, 0, 1);
        byte[] file =
        [
            .. FitsFile.Blocks("SIMPLE  =                    T", "BITPIX  = 8", "NAXIS   = 0"),
            .. Chip(1),
            .. Versioned(one, 1),
            .. Chip(2),
            .. Versioned(two, 2),
        ];
        var options = new ReadOptions { Hdu = "SCI" };
        var places = new List<(int, int)>();
        byte[] mended = Files.Made(output =>
        {
            using FrameSequence frames = Format.OpenSequence(new MemoryStream(file), options)!;
            while (frames.Next() is { } frame)
            {
                places.AddRange(frame.Embedded.Points.Select(p => (p.X, p.Y)));
                frames.Write([new SampleChange(1, 0, 0, 5, 1)], record: null, output);
            }

            frames.Finish(output);
        });
        Assert.Equal([(0, 0), (2, 1)], places);
        Assert.Equal([(0, 0), (1, 0)], Read(mended, 1));
        Assert.Equal([(1, 0), (2, 1)], Read(mended, 2));

        static byte[] Chip(int version) => FitsFile.Extension(16, 3, 2, new byte[12], "EXTNAME = 'SCI     '", $"EXTVER  = {version}");
        static byte[] Versioned(byte[] mask, int version) =>
            FitsFile.Extension(32, 3, 2, mask[^2880..][..24], "BZERO   = 2147483648", "EXTNAME = 'DQ      '", $"EXTVER  = {version}");
        static IEnumerable<(int, int)> Read(byte[] file, int version) =>
            Format.Read(file, new ReadOptions { Hdu = version == 1 ? "1" : "3" }).Embedded.Points.Select(p => (p.X, p.Y));
    }

    [Fact]
    public void Checksums_of_the_mask_are_renewed()
    {
        byte[] mask = FitsFile.Extension(8, 3, 2, [0, 0, 1, 0, 0, 0], "EXTNAME = 'DQ      '", "DATASUM = '0       '");
        byte[] file = [.. Science, .. mask];
        RawFrame frame = Format.Read(file, ReadOptions.Default);
        byte[] mended = Files.Made(s => Format.Rewrite(file, frame, Changes, ReadOptions.Default, s));
        string header = System.Text.Encoding.Latin1.GetString(mended.AsSpan(Science.Length, 2880));

        // Big-endian words of 00 00 01 00 and 01 00 00 00, added.
        Assert.Contains($"DATASUM = '{(1 << 8) + (1 << 24), -8}'", header, StringComparison.Ordinal);
    }

    /// <summary>Masks beside packed frames, as astropy packs and reads them back, checksums and all: tiles stay tiles.</summary>
    [Theory]
    [InlineData("RICE_1", ".fits.fz")]
    [InlineData("GZIP_1", ".fits.fz")]
    [InlineData("GZIP_2", ".fits.fz")]
    [InlineData("HCOMPRESS_1", ".fits.fz")]
    [InlineData("none", ".fits.gz")]
    public void Packed_files_keep_their_masks_true(string coding, string extension)
    {
        using var original = new Dng.TemporaryFile([], extension);
        File.Delete(original.Path);
        Python.Run("write_masked.py", original.Path, coding, "29,19,2049", "0,0,4");
        byte[] file = File.ReadAllBytes(original.Path);
        FrameFormat format = FormatSet.FrameFormatFor(file, original.Path, ReadOptions.Default);
        RawFrame frame = format.Read(file, ReadOptions.Default);
        Assert.Equal([(29, 19, DefectKind.Hot)], frame.Embedded.Points.Select(p => (p.X, p.Y, p.Kind)));
        SampleChange[] changes = [new(0, 0, 1000, 7, 1), new(3, 4, 1007, 8, 1)];
        using var mended = new Dng.TemporaryFile(
            Files.Made(s => format.RewriteWithRecord(file, frame, changes, ReadOptions.Default, FitsWritingTests.Record, s)),
            extension
        );
        Assert.Equal(
            ["0 0 0 1000 7", "0 3 4 1007 8", "1 0 0 4 5", "1 3 4 0 1", coding == "none" ? "0 in tiles" : "2 in tiles"],
            Python.Run("compare_masked.py", original.Path, mended.Path)
        );
    }

    /// <summary>A mask by itself is no picture to repair: its marks would look like hot photosites.</summary>
    [Fact]
    public void A_mask_alone_is_no_frame()
    {
        byte[] mask = FitsFile.Make(8, 3, 2, [0, 0, 1, 0, 0, 0], "EXTNAME = 'BPM     '");
        string refusal = Assert.Throws<RawDataException>(() => Format.Read(mask, ReadOptions.Default)).Message;
        Assert.Contains("the file holds masks alone: HDU 0 (BPM)", refusal, StringComparison.Ordinal);
        Assert.Equal([0, 0, 1, 0, 0, 0], Format.Read(mask, new ReadOptions { Hdu = "0" }).Codes!.Samples);
        byte[] first =
        [
            .. FitsFile.Blocks("SIMPLE  =                    T", "BITPIX  = 8", "NAXIS   = 0"),
            .. Flags(0, 1, 0, 0, 0, 0),
            .. Science16(),
        ];
        Assert.Equal([1, 2, 3, 4, 5, 6], Format.Read(first, ReadOptions.Default).Values!.Samples);

        static byte[] Science16() => FitsFile.Extension(16, 3, 2, [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6]);
    }

    private static byte[] With(byte[] mask) => [.. Science, .. mask];

    private static byte[] Mask(int bitPix, params byte[] values)
    {
        byte[] data = [.. values.SelectMany(v => bitPix == 8 ? (byte[])[v] : [0, v])];
        return FitsFile.Extension(bitPix, 3, 2, data, "EXTNAME = 'DQ      '");
    }

    private static byte[] Flags(params uint[] values)
    {
        var data = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4 * i), values[i] ^ (1u << 31));
        }

        return FitsFile.Extension(32, 3, 2, data, "BZERO   = 2147483648", "EXTNAME = 'DQ      '");
    }
}
