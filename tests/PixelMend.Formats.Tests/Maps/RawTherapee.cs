using PixelMend.Formats.Tests.Dng;
using Xunit;

namespace PixelMend.Formats.Tests.Maps;

/// <summary>RawTherapee without a screen: develops a mosaic with each photosite by itself, so that a repair shows where it was done.</summary>
internal static class RawTherapee
{
    /// <summary>The maker and model of the frames, by which the program finds its lists.</summary>
    public const string Make = "Acme";

    /// <summary>The model.</summary>
    public const string Model = "One";

    private const string Profile = """
        [Version]
        AppVersion=5.9
        Version=349

        [RAW]
        CA=false
        DarkFrameAuto=false
        HotPixelEnable=false
        DeadPixelEnable=false

        [RAW Bayer]
        Method=none
        Border=0
        CcSteps=0

        [White Balance]
        Enabled=false

        [Color Management]
        InputProfile=(none)
        ToneCurve=false
        ApplyLookTable=false
        ApplyBaselineExposureOffset=false
        ApplyHueSatMap=false
        """;

    /// <summary>The picture as samples of 16 bits, red, green, blue.</summary>
    /// <param name="dng">The mosaic.</param>
    /// <param name="list">What the program's list for this camera says; null: there is none.</param>
    public static (byte[] Samples, int Width) Develop(byte[] dng, string? list)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["settings"]);
        Directory.CreateDirectory(folder["lists"]);
        File.WriteAllText(folder["settings/options"], $"[General]\nDarkFramesPath={folder["lists"]}\n");
        File.WriteAllText(folder["profile.pp3"], Profile);
        File.WriteAllBytes(folder["frame.dng"], dng);
        if (list is not null)
        {
            File.WriteAllText(folder[$"lists/{Make} {Model}.badpixels"], list);
        }

        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOME"] = folder.Path,
            ["RT_SETTINGS"] = folder["settings"],
            ["RT_CACHE"] = folder["cache"],
        };
        (_, byte[] said, string errors) = Tool.RunIn(
            environment,
            "rawtherapee-cli",
            "-o",
            folder["picture.tif"],
            "-b16",
            "-tz",
            "-Y",
            "-p",
            folder["profile.pp3"],
            "-c",
            folder["frame.dng"]
        );
        Assert.True(File.Exists(folder["picture.tif"]), errors + System.Text.Encoding.UTF8.GetString(said));
        byte[] samples = Tool.Tifffile(folder["picture.tif"]);
        return (samples, new PixelMend.Formats.Dng.DngFormat().Read(dng, ReadOptions.Default).ActiveArea.Width);
    }
}
