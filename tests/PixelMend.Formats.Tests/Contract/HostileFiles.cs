using PixelMend.TestKit;
using Xunit;

namespace PixelMend.Formats.Tests.Contract;

/// <summary>Other projects' collections of broken files, all through the front door.</summary>
public class HostileFiles
{
    [Theory]
    [InlineData("astropy-fits")]
    [InlineData("bep-imagemeta-truncated")]
    [InlineData("file-type")]
    [InlineData("go-fuzz-tiff")]
    [InlineData("image-tiff")]
    [InlineData("libtiff")]
    [InlineData("openharmony")]
    [InlineData("pillow")]
    public void Broken_files_are_refused_or_read(string collection)
    {
        string folder = Path.Combine(RealData.Folder ?? "", "fuzz", collection);
        Assert.SkipUnless(Directory.Exists(folder), $"real files fuzz/{collection} missing");
        foreach (string path in Directory.EnumerateFiles(folder))
        {
            byte[] file = File.ReadAllBytes(path);
            try
            {
                FrameFormat format = FormatSet.FrameFormatFor(file, path, ReadOptions.Default);
                Hostility.AssertRefusedOrRead(format, file, ReadOptions.Default);
            }
            catch (RawDataException unknown)
            {
                Assert.Equal(RawDataError.Unsupported, unknown.Error);
            }
            catch (Exception other)
            {
                Assert.Fail($"{Path.GetFileName(path)}: {other}");
            }
        }
    }
}
