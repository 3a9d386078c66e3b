using System.Globalization;
using PixelMend.Formats.Dng;
using PixelMend.Frames;
using PixelMend.LibRaw;
using PixelMend.TestKit;
using Xunit;

namespace PixelMend.Formats.Tests.Dng;

/// <summary>
/// A fresh DNG as programs show it: its small picture, and what raw developers make of its samples. The scene is known: grey on the left, on the
/// right a red that the screen shows as linear (0.5, 0.1, 0.15), seen by a camera with a matrix, a white balance and a crop of its own.
/// </summary>
public class DngPreviewTests
{
    private const float Black = 64;
    private const float White = 4095;
    private static readonly Area Crop = new(16, 8, 448, 296);
    private static readonly double[] Grey = [.3, .3, .3];
    private static readonly double[] Red = [.5, .1, .15];

    private static readonly FrameInfo Info = new()
    {
        Make = "Maker",
        Model = "Model 7",
        DefaultCrop = Crop,
        ColorMatrix = new Dictionary<CfaColor, XyzResponse>
        {
            [CfaColor.Red] = new(.7, -.2, -.1),
            [CfaColor.Green] = new(-.4, 1.2, .2),
            [CfaColor.Blue] = new(-.1, .2, .6),
        },
        Neutral = new Dictionary<CfaColor, double>
        {
            [CfaColor.Red] = .5,
            [CfaColor.Green] = 1,
            [CfaColor.Blue] = .8,
        },
    };

    [Theory]
    [InlineData("RGGB", false)]
    [InlineData("GBRG", true)]
    [InlineData("XTRANS", false)]
    [InlineData("QUAD-RGGB", false)]
    public void The_preview_shows_the_crop_in_the_scenes_colours(string cfa, bool losslessJpeg)
    {
        using var file = Written(Scene(cfa), losslessJpeg);
        (int width, int height, byte[] rgb) = Preview(file.Path);
        Assert.InRange((double)width / height, 1.49, 1.53);
        Assert.InRange(width, 75, 256);
        AssertColors(Grey, Red, Mean(rgb, width, height, Linear), tolerance: .02);
    }

    [Fact]
    public void A_monochrome_preview_is_grey()
    {
        using var file = Written(Scene("MONO"), losslessJpeg: false);
        (int width, int height, byte[] rgb) = Preview(file.Path);
        Assert.All(rgb.Chunk(3), pixel => Assert.True(pixel[0] == pixel[1] && pixel[1] == pixel[2]));
        (double[] left, double[] right) = Mean(rgb, width, height, Linear);
        Assert.Equal(.3 / .25, left[0] / right[0], .02);
    }

    [Fact]
    public void Dcraw_sees_crop_and_colours()
    {
        using var file = Written(Scene("RGGB"), losslessJpeg: false);
        (int code, byte[] ppm, string errors) = Tool.Run("dcraw", "-w", "-W", "-4", "-o", "1", "-c", file.Path);
        Assert.True(code == 0, errors);
        string[] header = System.Text.Encoding.ASCII.GetString(ppm, 0, 24).Split('\n');
        int[] size = [.. header[1].Split(' ').Select(int.Parse)];

        // dcraw knows the active area, and not the crop.
        Assert.Equal([464, 312], size);
        byte[] high = [.. ppm[^(size[0] * size[1] * 6)..].Where((_, i) => i % 2 == 0)];
        AssertColors(Grey, Red, Mean(high, size[0], size[1], code => code), tolerance: .03);
    }

    [Fact]
    public void RawTherapee_sees_crop_and_colours()
    {
        using var file = Written(Scene("RGGB"), losslessJpeg: false);
        string picture = file.Path + ".tif";
        (int code, _, string errors) = Tool.Run("rawtherapee-cli", "-Y", "-b8", "-t", "-o", picture, "-c", file.Path);
        Assert.True(code == 0 && File.Exists(picture), errors);

        // It never shows the outermost four photosites of the active area: of the crop they are far.
        AssertDeveloped(picture, [(456, 304), (448, 296)]);
    }

    [Fact]
    public void Darktable_sees_crop_and_colours()
    {
        using var file = Written(Scene("RGGB"), losslessJpeg: false);
        string picture = file.Path + ".tif";
        DirectoryInfo settings = Directory.CreateTempSubdirectory("pixelmend-darktable-");
        try
        {
            (int code, byte[] output, string errors) = Tool.Run(
                "darktable-cli",
                file.Path,
                picture,
                "--core",
                "--configdir",
                settings.FullName,
                "--library",
                ":memory:",
                "--conf",
                "plugins/imageio/format/tiff/bpp=8",
                "--conf",
                "plugins/imageio/format/tiff/compress=0"
            );
            Assert.True(code == 0 && File.Exists(picture), errors + System.Text.Encoding.UTF8.GetString(output));
            AssertDeveloped(picture, [(448, 296)]);
        }
        finally
        {
            settings.Delete(recursive: true);
        }
    }

    [Fact]
    public void Exiftool_finds_the_preview_and_nothing_wrong()
    {
        using var file = Written(Scene("XTRANS"), losslessJpeg: false);
        Assert.EndsWith(": OK", Assert.Single(Tool.Warnings(file.Path)), StringComparison.Ordinal);
        (_, byte[] output, _) = Tool.Run("exiftool", "-s3", "-n", "-IFD0:SubfileType", "-SubIFD:SubfileType", file.Path);
        Assert.Equal("1\n0", System.Text.Encoding.UTF8.GetString(output).Trim());
        (_, byte[] thumbnail, _) = Tool.Run("exiftool", "-b", "-ThumbnailTIFF", file.Path);
        Assert.True(thumbnail.AsSpan().StartsWith("II*\0"u8));
    }

    /// <summary>A frame of no more than a few photosites has a preview too, which is not taken for the raw image.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(5, 3)]
    [InlineData(24, 23)]
    public void Small_frames_are_read_back(int width, int height)
    {
        var codes = new Plane<ushort>(width, height, [.. Enumerable.Range(70, width * height).Select(i => (ushort)i)]);
        var frame = new RawFrame(codes, 12, CfaPattern.Mono, new Levels(Black, White));
        using var file = Written(frame, losslessJpeg: false);
        Assert.Equal(codes.Samples, new DngFormat().Read(File.ReadAllBytes(file.Path), ReadOptions.Default).Codes!.Samples);
        if (width >= 22)
        {
            // It opens nothing smaller.
            Assert.Equal(codes.Samples, Tool.Dcraw(file.Path).Samples);
        }
    }

    [Fact]
    public void Camera_raw_gets_a_preview()
    {
        string? path = RealData.Path("nef/nikon_d1.nef");
        Assert.SkipWhen(path is null, "real file nef/nikon_d1.nef is missing");
        RawFrame frame = new CameraRawFormat().Read(File.ReadAllBytes(path!), ReadOptions.Default);
        using var file = Written(frame, losslessJpeg: false);
        (int width, int height, byte[] rgb) = Preview(file.Path);
        Assert.Equal((252, 166), (width, height));

        // A lawn.
        double[] lawn = Mean(rgb, width, new Area(105, 120, 8, 6), code => code);
        Assert.True(lawn[1] > 1.08 * lawn[0] && lawn[1] > 1.5 * lawn[2], string.Join(' ', lawn));
    }

    private static void AssertDeveloped(string picture, (int Width, int Height)[] sizes)
    {
        try
        {
            (_, byte[] output, _) = Tool.Run("exiftool", "-s3", "-ImageWidth", "-ImageHeight", picture);
            int[] size = [.. System.Text.Encoding.UTF8.GetString(output).Trim().Split('\n').Select(int.Parse)];
            Assert.Contains((size[0], size[1]), sizes);
            (double[] left, double[] right) = Mean(Tool.Tifffile(picture), size[0], size[1], code => code);

            // Each developer has a tone curve of its own: grey stays grey under any, and the red is red.
            Assert.All(left, channel => Assert.Equal(left.Average(), channel, .02 * left.Average()));
            Assert.True(right[0] > 1.3 * right[1] && right[0] > 1.3 * right[2] && right[2] > right[1], string.Join(' ', right));
        }
        finally
        {
            File.Delete(picture);
        }
    }

    /// <summary>The two halves' colours are the scene's, up to one factor for both.</summary>
    private static void AssertColors(double[] left, double[] right, (double[] Left, double[] Right) seen, double tolerance)
    {
        double scale = seen.Left.Average() / left.Average();
        foreach ((double expected, double actual) in left.Concat(right).Zip(seen.Left.Concat(seen.Right)))
        {
            Assert.Equal(expected, actual / scale, tolerance * right[0]);
        }
    }

    private static (double[] Left, double[] Right) Mean(byte[] rgb, int width, int height, Func<byte, double> value)
    {
        // Away from the border between the halves, which developers blur.
        int margin = width / 8;
        return (
            Mean(rgb, width, new Area(margin, margin, (width / 2) - (2 * margin), height - (2 * margin)), value),
            Mean(rgb, width, new Area((width / 2) + margin, margin, (width / 2) - (2 * margin), height - (2 * margin)), value)
        );
    }

    private static double[] Mean(byte[] rgb, int width, Area area, Func<byte, double> value) =>
        [
            .. Enumerable
                .Range(0, 3)
                .Select(c =>
                    Enumerable
                        .Range(area.Top, area.Height)
                        .SelectMany(y => Enumerable.Range(area.Left, area.Width).Select(x => value(rgb[(((y * width) + x) * 3) + c])))
                        .Average()
                ),
        ];

    private static double Linear(byte code)
    {
        double v = code / 255.0;
        return v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
    }

    private static (int Width, int Height, byte[] Rgb) Preview(string path)
    {
        (_, byte[] output, _) = Tool.Run(
            "exiftool",
            "-s3",
            "-n",
            "-IFD0:ImageWidth",
            "-IFD0:ImageHeight",
            "-IFD0:StripOffsets",
            "-IFD0:StripByteCounts",
            path
        );
        int[] numbers =
        [
            .. System.Text.Encoding.UTF8.GetString(output).Trim().Split('\n').Select(n => int.Parse(n, CultureInfo.InvariantCulture)),
        ];
        Assert.Equal(numbers[0] * numbers[1] * 3, numbers[3]);
        return (numbers[0], numbers[1], File.ReadAllBytes(path)[numbers[2]..(numbers[2] + numbers[3])]);
    }

    private static TemporaryFile Written(RawFrame frame, bool losslessJpeg)
    {
        var format = new DngFormat { WriteOptions = new DngWriteOptions { LosslessJpeg = losslessJpeg } };
        return new TemporaryFile(Files.Made(s => format.Write(frame, s)), ".dng");
    }

    private static RawFrame Scene(string cfa)
    {
        CfaPattern pattern = CfaPattern.Parse(cfa);
        var codes = new Plane<ushort>(480, 320);
        for (int y = 0; y < codes.Height; y++)
        {
            for (int x = 0; x < codes.Width; x++)
            {
                double signal = Signal(pattern[x, y], x < Crop.Left + (Crop.Width / 2) ? Grey : Red);
                codes[x, y] = (ushort)Math.Round(Black + (signal * (White - Black)));
            }
        }

        return new RawFrame(codes, 12, pattern, new Levels(Black, White)) { ActiveArea = new Area(8, 4, 464, 312), Info = Info };
    }

    /// <summary>What a filter passes of a screen colour, with its signal for white being its share in neutral.</summary>
    private static double Signal(CfaColor filter, double[] rgb)
    {
        if (filter == CfaColor.White)
        {
            return rgb.Average();
        }

        XyzResponse response = Info.ColorMatrix[filter];
        return Info.Neutral[filter] * Response(rgb) / Response([1, 1, 1]);

        double Response(double[] c) =>
            (response.X * ((.4124 * c[0]) + (.3576 * c[1]) + (.1805 * c[2])))
            + (response.Y * ((.2126 * c[0]) + (.7152 * c[1]) + (.0722 * c[2])))
            + (response.Z * ((.0193 * c[0]) + (.1192 * c[1]) + (.9505 * c[2])));
    }
}
