using PixelMend.Formats.Dng;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Dng;

/// <summary>What is known of a camera, in a fresh DNG, as exiftool sees it.</summary>
public class DngCameraTests
{
    private static readonly FrameInfo Everything = new()
    {
        Make = "Maker",
        Model = "Maker One",
        Serial = "0042",
        Lens = "50mm f/1.8",
        ExposureSeconds = 1 / 320d,
        Iso = 1600,
        FNumber = 5.6,
        FocalLength = 50,
        CaptureTime = new DateTimeOffset(2020, 2, 29, 23, 59, 58, TimeSpan.Zero),
        IsCameraClock = true,
        Orientation = 6,
        DefaultCrop = new Area(6, 5, 4, 6),
        ColorMatrix = new Dictionary<CfaColor, XyzResponse>
        {
            [CfaColor.Red] = new(.7, -.2, -.1),
            [CfaColor.Green] = new(-.4, 1.2, .2),
            [CfaColor.Blue] = new(-.1, .2, .6),
        },
        Neutral = new Dictionary<CfaColor, double>
        {
            [CfaColor.Blue] = .5,
            [CfaColor.Green] = 1,
            [CfaColor.Red] = .4,
        },
    };

    [Theory]
    [InlineData("Orientation", "6")]
    [InlineData("UniqueCameraModel", "Maker One")]
    [InlineData("CameraSerialNumber", "0042")]
    [InlineData("SerialNumber", "0042")]
    [InlineData("LensModel", "50mm f/1.8")]
    [InlineData("ExposureTime", "0.003125")]
    [InlineData("ISO", "1600")]
    [InlineData("FNumber", "5.6")]
    [InlineData("FocalLength", "50")]
    [InlineData("DateTimeOriginal", "2020:02:29 23:59:58")]
    [InlineData("OffsetTimeOriginal", "")]
    [InlineData("ActiveArea", "2 4 13 14")]
    [InlineData("DefaultCropOrigin", "2 3")]
    [InlineData("DefaultCropSize", "4 6")]
    [InlineData("ColorMatrix1", "0.7 -0.2 -0.1 -0.4 1.2 0.2 -0.1 0.2 0.6")]
    [InlineData("AsShotNeutral", "0.4 1 0.5")]
    [InlineData("CalibrationIlluminant1", "21")]
    public void Each_fact_has_its_field(string field, string value)
    {
        using var file = Written(Everything);
        (_, byte[] output, _) = Tool.Run("exiftool", "-n", "-s3", $"-{field}", file.Path);
        Assert.Equal(value, System.Text.Encoding.UTF8.GetString(output).Trim());
    }

    [Fact]
    public void Nothing_is_out_of_order()
    {
        using var file = Written(Everything);
        Assert.EndsWith(": OK", Assert.Single(Tool.Warnings(file.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        using var file = Written(Everything);
        FrameInfo info = new DngFormat().Read(File.ReadAllBytes(file.Path), ReadOptions.Default).Info;
        Assert.Equal(
            (Everything.FNumber, Everything.FocalLength, Everything.Lens, Everything.Orientation, Everything.CaptureTime, true),
            (info.FNumber, info.FocalLength, info.Lens, info.Orientation, info.CaptureTime, info.IsCameraClock)
        );
    }

    /// <summary>Under light that is not known, grey is taken as daylight makes it: the matrix times D65's white, the largest 1.</summary>
    [Fact]
    public void Without_a_white_balance_it_is_daylight()
    {
        using var file = Written(Everything with { Neutral = FrameInfo.Unknown.Neutral });
        (_, byte[] output, _) = Tool.Run("exiftool", "-n", "-s3", "-AsShotNeutral", file.Path);
        double[] neutral = [.. System.Text.Encoding.UTF8.GetString(output).Trim().Split(' ').Select(double.Parse)];
        double green = (-.4 * .9505) + 1.2 + (.2 * 1.0891);
        double[] expected = [((.7 * .9505) - .2 - (.1 * 1.0891)) / green, 1, ((-.1 * .9505) + .2 + (.6 * 1.0891)) / green];
        Assert.Equal(expected, neutral, (one, other) => Math.Abs(one - other) < 1e-5);
    }

    /// <summary>A crop that reaches off the active area is not believed.</summary>
    [Fact]
    public void A_crop_off_the_active_area_is_left_out()
    {
        using var file = Written(Everything with { DefaultCrop = new Area(0, 0, 4, 4) });
        (_, byte[] output, _) = Tool.Run("exiftool", "-n", "-s3", "-DefaultCropOrigin", "-DefaultCropSize", file.Path);
        Assert.Equal("0 0\n10 11", System.Text.Encoding.UTF8.GetString(output).Trim());
    }

    private static TemporaryFile Written(FrameInfo info)
    {
        var frame = new RawFrame(new Plane<ushort>(16, 14), 12, CfaPattern.Parse("GBRG"), new Levels(64, 4095))
        {
            ActiveArea = new Area(4, 2, 10, 11),
            Info = info,
        };
        return new TemporaryFile(Files.Made(s => new DngFormat().Write(frame, s)), ".dng");
    }
}
