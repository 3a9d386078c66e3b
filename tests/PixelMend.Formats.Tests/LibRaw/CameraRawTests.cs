using PixelMend.Formats.Dng;
using PixelMend.Formats.Tests.Dng;
using PixelMend.Frames;
using PixelMend.LibRaw;
using Xunit;

namespace PixelMend.Formats.Tests.LibRaw;

/// <summary>Camera RAW through LibRaw: a real file against other programs, and DNG files against this project's own reader.</summary>
public class CameraRawTests
{
    internal const string Nikon = "nef/nikon_d1.nef";

    private static readonly SampleChange[] SomeChanges =
    [
        new(0, 0, 0, 4095, 1),
        new(1, 0, 0, 1, 1),
        new(2011, 19, 0, 2748, 1),
        new(0, 20, 0, 0, 1),
        new(2011, 1323, 0, 291, 1),
    ];

    [Fact]
    public void Samples_are_those_that_dcraw_and_libraw_see()
    {
        RawFrame frame = Read(Nikon);
        using var copy = new TemporaryFile(Files.Real(Nikon), ".nef");
        Assert.Equal(frame.Codes!.Samples, Tool.Dcraw(copy.Path).Samples);
        Assert.Equal(frame.Codes.Samples, Tool.LibRaw(copy.Path).Samples);
    }

    [Fact]
    public void Facts_are_those_of_the_file()
    {
        RawFrame frame = Read(Nikon);
        FrameInfo info = frame.Info;
        Assert.Equal("BGGR", frame.Cfa.ToString());
        Assert.Equal((12, 0f, 4095f), (frame.BitDepth, frame.Levels.Black(0, 0), frame.Levels.White(0, 0)));
        Assert.Equal((1, 1), (frame.Levels.Width, frame.Levels.Height));
        Assert.Equal(new Area(0, 0, 2012, 1324), frame.ActiveArea);
        Assert.Equal(("Nikon", "D1", null), (info.Make, info.Model, info.Serial));
        Assert.Equal((1 / 250d, 200d, 7.6, 20d), (info.ExposureSeconds, info.Iso, info.FNumber, info.FocalLength));
        Assert.Equal(new DateTimeOffset(2000, 11, 19, 13, 1, 50, TimeSpan.Zero), info.CaptureTime);
        Assert.True(info.IsCameraClock);

        // dcraw's multipliers: .960152, 1, 1.041009. The camera has balanced for daylight before, which LibRaw takes for all.
        Assert.Equal([CfaColor.Red, CfaColor.Green, CfaColor.Blue], info.Neutral.Keys);
        Assert.Equal(1, info.Neutral[CfaColor.Red]);
        Assert.Equal(.960152, info.Neutral[CfaColor.Green], 1e-6);
        Assert.Equal(.960152 / 1.041009, info.Neutral[CfaColor.Blue], 1e-6);
        Assert.Equal(.7637, info.ColorMatrix[CfaColor.Red].X, 1e-4);
        Assert.Equal(.8372, info.ColorMatrix[CfaColor.Blue].Z, 1e-4);
    }

    /// <summary>Margins, mosaics and levels, each as our own DNG reader has them: two readers that share no line.</summary>
    [Theory]
    [InlineData("dng/canon_kissx4_ml_colorchart.dng")]
    [InlineData("dng/gopro_hero6_GOPR0024.dng")]
    [InlineData("derived/hero6_xtrans.dng")]
    public void Other_files_are_read_as_our_dng_reader_reads_them(string name)
    {
        byte[] file = Files.Real(name);
        RawFrame ours = new DngFormat().Read(file, ReadOptions.Default);
        RawFrame theirs = new CameraRawFormat().Read(file, ReadOptions.Default);
        Assert.Equal((ours.Width, ours.Height), (theirs.Width, theirs.Height));
        Assert.Equal(ours.Cfa, theirs.Cfa);
        Assert.Equal(ours.ActiveArea, theirs.ActiveArea);
        Assert.Equal(ours.Info.Iso, theirs.Info.Iso);
        var linear = new float[ours.Width];
        for (int y = 0; y < ours.Height; y++)
        {
            ours.ReadLinear(0, y, linear);
            Assert.True(linear.AsSpan().SequenceEqual([.. theirs.Codes!.Row(y).ToArray().Select(c => (float)c)]), $"row {y}");
        }

        for (int phase = 0; phase < 36; phase++)
        {
            Assert.Equal(ours.Levels.White(phase % 6, phase / 6), theirs.Levels.White(phase % 6, phase / 6));
        }
    }

    [Fact]
    public void As_dng_other_programs_see_the_same_sensor()
    {
        RawFrame frame = Read(Nikon);
        using var dng = new TemporaryFile(Files.Made(s => new DngFormat().Write(frame.With(SomeChanges), s)), ".dng");
        ushort[] expected = frame.With(SomeChanges).Codes!.Samples;
        Assert.Equal(expected, Tool.Dcraw(dng.Path).Samples);
        Assert.Equal(expected, Tool.LibRaw(dng.Path).Samples);
        Assert.EndsWith(": OK", Assert.Single(Tool.Warnings(dng.Path)), StringComparison.Ordinal);
        (_, byte[] said, _) = Tool.Run("dcraw", "-i", "-v", dng.Path);
        string text = System.Text.Encoding.UTF8.GetString(said);
        Assert.Contains("Filter pattern: BG/GR", text, StringComparison.Ordinal);
        // .960152, 1 and 1.041009 of the NEF, in units of the least.
        Assert.Contains("Camera multipliers: 1.000000 1.041502 1.084213", text, StringComparison.Ordinal);
        string[] fields = Tool.Fields(dng.Path);
        Assert.All(
            [
                "ExposureTime                    : 0.004",
                "FNumber                         : 7.6",
                "FocalLength                     : 20",
                "ISO                             : 200",
                "DateTimeOriginal                : 2000:11:19 13:01:50",
            ],
            field => Assert.Contains(fields, line => line.Contains(field, StringComparison.Ordinal))
        );
        Assert.DoesNotContain(fields, line => line.Contains("OffsetTime", StringComparison.Ordinal));
    }

    /// <summary>A sensor with masked borders: cropped as the original, with the same mosaic at the corner.</summary>
    [Fact]
    public void As_dng_the_crop_and_the_phase_are_the_originals()
    {
        byte[] original = Files.Real("dng/canon_kissx4_ml_colorchart.dng");
        RawFrame frame = new CameraRawFormat().Read(original, ReadOptions.Default);
        using var before = new TemporaryFile(original, ".dng");
        using var after = new TemporaryFile(Files.Made(s => new DngFormat().Write(frame, s)), ".dng");
        Assert.Equal(Picture(before), Picture(after));
        Assert.Equal(Pattern(before), Pattern(after));

        static byte[] Picture(TemporaryFile file) => Tool.Run("dcraw", "-D", "-4", "-t", "0", "-c", file.Path).Output;
        static string Pattern(TemporaryFile file) =>
            System
                .Text.Encoding.UTF8.GetString(Tool.Run("dcraw", "-i", "-v", file.Path).Output)
                .Split('\n')
                .Single(line => line.StartsWith("Filter pattern", StringComparison.Ordinal));
    }

    [Fact]
    public void In_kind_only_the_changed_samples_differ()
    {
        byte[] original = Files.Real(Nikon);
        var format = new CameraRawFormat();
        RawFrame frame = format.Read(original, ReadOptions.Default);
        byte[] copy = Files.Made(s => format.Rewrite(original, frame, SomeChanges, ReadOptions.Default, s));
        Assert.Equal(frame.With(SomeChanges).Codes!.Samples, format.Read(copy, ReadOptions.Default).Codes!.Samples);
        Assert.Equal(original.Length, copy.Length);
        // A sample of 12 bits lies in two bytes.
        Assert.InRange(original.Zip(copy).Count(b => b.First != b.Second), 1, 2 * SomeChanges.Length);
        byte[] back = Files.Made(s =>
            format.Rewrite(
                copy,
                frame.With(SomeChanges),
                [.. SomeChanges.Select(c => c with { New = frame.Stored(c.X, c.Y) })],
                ReadOptions.Default,
                s
            )
        );
        Assert.Equal(original, back);
    }

    [Theory]
    [InlineData("a.NEF", "MM\0*\0\0\0\b", true)]
    [InlineData("a.tif", "MM\0*\0\0\0\b", false)]
    [InlineData("a.nef", "P5 1 1 255 ", false)]
    [InlineData("a.bin", "FUJIFILMCCD-RAW 0201", true)]
    [InlineData("a.bin", "IIRO\b\0\0\0", true)]
    [InlineData("a.bin", "IIU\0\b\0\0\0", true)]
    [InlineData("a.tif", "II*\0\u0010\0\0\0CR\u0002\0", true)]
    [InlineData("a.bin", "\0\0\0\u0018ftypcrx \0", true)]
    [InlineData("a.nef", "", false)]
    public void Files_are_recognised_by_their_mark_or_as_tiff_with_a_cameras_extension(string name, string head, bool expected) =>
        Assert.Equal(expected, new CameraRawFormat().Matches(System.Text.Encoding.Latin1.GetBytes(head), name));

    [Fact]
    public void Linear_pictures_are_refused()
    {
        byte[] file = Files.Real("dng/nikon_d500_lossy_linear.dng");
        RawDataException refused = Assert.Throws<RawDataException>(() => new CameraRawFormat().Read(file, ReadOptions.Default));
        Assert.Equal(RawDataError.Unsupported, refused.Error);
        Assert.Contains("demosaiced", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>LibRaw's numbers mean nothing to whoever holds the file.</summary>
    [Theory]
    [InlineData(100_000, RawDataError.Malformed, "cut off")]
    [InlineData(4_000_000, RawDataError.Malformed, "cut off")]
    [InlineData(3_000, RawDataError.Unsupported, "damaged at its head")]
    public void Failures_are_told_in_words(int length, RawDataError error, string words)
    {
        byte[] file = Files.Real(Nikon)[..length];
        RawDataException refused = Assert.Throws<RawDataException>(() => new CameraRawFormat().Read(file, ReadOptions.Default));
        Assert.Equal(error, refused.Error);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("-1", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A D1 whose maker note is lost has no white balance of its own: better none than one that is not the picture's.</summary>
    [Fact]
    public void A_lost_maker_note_balances_nothing()
    {
        byte[] file = Files.Real(Nikon);
        Assert.NotNull(Formats.Tiff.NikonD1.Factors(file));
        int note = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x92, 0x7C, 0, 7]);
        file[note] = 0x93;
        Assert.Null(Formats.Tiff.NikonD1.Factors(file));
        Assert.Empty(new CameraRawFormat().Read(file, ReadOptions.Default).Info.Neutral);
        Assert.Null(Formats.Tiff.NikonD1.Factors("no TIFF"u8.ToArray()));
    }

    [Fact]
    public void Limits_hold_before_samples_are_decoded()
    {
        byte[] file = Files.Real(Nikon);
        var options = new ReadOptions { Limits = new ReadLimits { MaxPhotosites = 1_000_000 } };
        RawDataException refused = Assert.Throws<RawDataException>(() => new CameraRawFormat().Read(file, options));
        Assert.Equal(RawDataError.LimitExceeded, refused.Error);
    }

    [Fact]
    public void New_files_are_not_written()
    {
        var format = new CameraRawFormat();
        Assert.Equal(".dng", format.StandInExtension);
        Assert.Throws<NotSupportedException>(() => format.Write(Contract.SampleFrames.Small, Stream.Null));
    }

    private static RawFrame Read(string name)
    {
        byte[] file = Files.Real(name);
        return new CameraRawFormat().Read(file, ReadOptions.Default);
    }
}
