using CsCheck;
using PixelMend.Formats.Fits;
using PixelMend.Formats.Tests.Contract;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Fits;

/// <summary>Tile-compressed images by way of cfitsio, which <c>./test</c> installs.</summary>
public class TileCompressionTests
{
    private static readonly FitsFormat Format = new();

    [Fact]
    public void Samples_and_keywords_are_those_of_the_image()
    {
        RawFrame frame = Format.Read(Example("BZERO   = 32768", "BAYERPAT= 'GRBG'", "EXPTIME = 2.5"), ReadOptions.Default);
        Assert.Equal(Enumerable.Range(0, 60).Select(i => (ushort)(32768 + (100 * i))), frame.Codes!.Samples);
        Assert.Equal((CfaPattern.Parse("GRBG"), 2.5), (frame.Cfa, frame.Info.ExposureSeconds));
    }

    [Fact]
    public void Missing_samples_stay_missing()
    {
        RawFrame frame = Format.Read(Example("ZBLANK  = 500"), ReadOptions.Default);
        Assert.Equal(Enumerable.Range(0, 60).Select(i => i == 5 ? float.NaN : 100 * i), frame.Values!.Samples);
    }

    [Fact]
    public void A_rewritten_image_stays_compressed_and_changes_in_the_given_samples_alone()
    {
        byte[] file = Example("BZERO   = 32768", "COMMENT kept");
        RawFrame frame = Format.Read(file, ReadOptions.Default);
        SampleFrames
            .Changes(frame)
            .Sample(changes =>
            {
                byte[] rewritten = Files.Made(o =>
                    Format.RewriteWithRecord(file, frame, changes, ReadOptions.Default, FitsWritingTests.Record, o)
                );
                Assert.Equal(frame.With(changes).Codes!.Samples, Format.Read(rewritten, ReadOptions.Default).Codes!.Samples);
                Assert.True(FitsUnit.ReadAll(rewritten)[1].IsCompressed);
                Assert.Equal(changes.Length > 0, rewritten.AsSpan().IndexOf("HISTORY tests 1:"u8) > 0);
                Assert.Equal(changes.Length == 0, rewritten.AsSpan().SequenceEqual(file));
            });
    }

    [Fact]
    public void Truncated_files_are_refused_or_read()
    {
        byte[] file = Example();
        for (int length = 0; length < file.Length; length += 7)
        {
            Hostility.AssertRefusedOrRead(Format, file[..length], ReadOptions.Default);
        }
    }

    [Fact]
    public void Files_with_flipped_bytes_are_refused_or_read()
    {
        byte[] file = Example();
        // Blanks behind the header and zeros behind the tiles would take most of the time.
        foreach (int place in Enumerable.Range(2880, file.Length - 2880).Where(i => file[i] is not ((byte)' ' or 0)))
        {
            foreach (byte flip in Hostility.Flips)
            {
                byte[] damaged = [.. file];
                damaged[place] ^= flip;
                Hostility.AssertRefusedOrRead(Format, damaged, ReadOptions.Default);
            }
        }
    }

    /// <summary>Rice's coding has no checksum: damage within a tile gives other samples, or none.</summary>
    [Fact]
    public void Damaged_tiles_of_a_real_file_are_refused_or_read()
    {
        byte[] file = Files.Real("fuzz/astropy-fits/comp.fits");
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = [.. file];
            for (int n = 0; n < 20; n++)
            {
                damaged[random.Next(5760, file.Length)] = (byte)random.Next(256);
            }

            Hostility.AssertRefusedOrRead(Format, damaged, ReadOptions.Default);
        }
    }

    [Theory]
    [InlineData("ZNAXIS1 = 60000", "bytes of samples cannot be in")]
    [InlineData("ZNAXIS1 = 10000000", "exceeds the limit")]
    [InlineData("ZNAXIS  = 7", "a compressed image of 7 axes")]
    [InlineData("ZTILE2  = 0", "tiles of 0 samples on an axis of 6")]
    [InlineData("ZBITPIX = 12", "ZBITPIX = 12 is not defined")]
    [InlineData("PCOUNT  = 99999", "bytes is not read")]
    [InlineData("NAXIS   = 0", "a table of 0 axes is impossible")]
    public void Claims_that_cannot_be_true_are_refused_before_cfitsio_sees_them(string card, string reason)
    {
        byte[] file = Example();
        int at = 2880 + file.AsSpan(2880).IndexOf(System.Text.Encoding.ASCII.GetBytes(card[..9]));
        System.Text.Encoding.ASCII.GetBytes(card.PadRight(80), file.AsSpan(at));
        RawDataException error = Assert.Throws<RawDataException>(() => Format.Read(file, ReadOptions.Default));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static byte[] Example(params string[] cards) =>
        TiledFile.Make(10, 6, [.. Enumerable.Range(0, 60).Select(i => (short)(100 * i))], cards);
}
