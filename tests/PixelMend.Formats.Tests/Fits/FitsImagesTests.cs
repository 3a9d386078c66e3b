using System.Text;
using PixelMend.Formats.Fits;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Fits;

/// <summary>Files of several images, and images of several planes.</summary>
public class FitsImagesTests
{
    private static readonly FitsFormat Format = new();

    [Theory]
    [InlineData(null, new[] { 1 })]
    [InlineData("2", new[] { 2 })]
    [InlineData("sci", new[] { 1, 3 })]
    [InlineData("ERR", new[] { 2 })]
    [InlineData("all", new[] { 1, 2, 3 })]
    public void Chosen_images_are_changed_and_all_others_keep_their_bytes(string? choice, int[] expected)
    {
        byte[] file = Extensions();
        var options = new ReadOptions { Hdu = choice };
        byte[] rewritten = Repaired(file, options, (frame, _) => [new(1, 1, frame.Stored(1, 1), 77, 1)]);
        IReadOnlyList<FitsUnit> before = FitsUnit.ReadAll(file);
        IReadOnlyList<FitsUnit> after = FitsUnit.ReadAll(rewritten);
        Assert.Equal(expected, Enumerable.Range(0, before.Count).Where(i => !before[i].Bytes.Span.SequenceEqual(after[i].Bytes.Span)));
        Assert.Equal("the end", Encoding.ASCII.GetString(rewritten.AsSpan()[^7..]));
        Assert.All(expected, i => Assert.Equal(77, Format.Read(rewritten, new ReadOptions { Hdu = i.ToString() }).Stored(1, 1)));
    }

    [Fact]
    public void An_image_that_is_not_there_is_refused_with_those_that_are()
    {
        RawDataException error = Assert.Throws<RawDataException>(() => Format.Read(Extensions(), new ReadOptions { Hdu = "VAR" }));
        Assert.Contains(
            "no image is 'VAR'; there are HDU 1 (SCI), HDU 2 (ERR), HDU 3 (SCI), HDU 4 (DQ)",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Planes_of_colour_are_repaired_one_by_one()
    {
        byte[] file = FitsFile.Make(8, 4, 2, [.. Enumerable.Range(0, 24).Select(i => (byte)i)], "NAXIS3  = 3", "BAYERPAT= 'RGGB'");
        Encoding.ASCII.GetBytes("NAXIS   = 3", file.AsSpan(160));
        byte[] rewritten = Repaired(
            file,
            ReadOptions.Default,
            (frame, plane) =>
            {
                Assert.Equal((CfaPattern.Mono, 4, 2, 8f * plane), (frame.Cfa, frame.Width, frame.Height, frame.Stored(0, 0)));
                return [new(plane, 1, frame.Stored(plane, 1), 99, 1)];
            }
        );
        int start = FitsFile.DataStart(rewritten);
        Assert.Equal([4, 13, 22], Enumerable.Range(0, 24).Where(i => rewritten[start + i] == 99));
        Assert.Equal(24 - 3, Enumerable.Range(0, 24).Count(i => rewritten[start + i] == i));
    }

    [Theory]
    [InlineData("NAXIS3  = 4")]
    [InlineData("NAXIS3  = 2")]
    public void Other_cubes_are_refused(string card)
    {
        byte[] file = FitsFile.Make(8, 4, 2, new byte[32], card);
        Encoding.ASCII.GetBytes("NAXIS   = 3", file.AsSpan(160));
        Assert.Equal(RawDataError.Unsupported, Assert.Throws<RawDataException>(() => Format.Read(file, ReadOptions.Default)).Error);
    }

    /// <summary>An empty primary unit, SCI, ERR, SCI, a mask, and bytes that belong to nothing.</summary>
    private static byte[] Extensions()
    {
        byte[] data = [.. Enumerable.Range(0, 12).Select(i => (byte)i)];
        string[] names = ["SCI", "ERR", "SCI", "DQ"];
        return
        [
            .. FitsFile.Blocks("SIMPLE  = T", "BITPIX  = 8", "NAXIS   = 0"),
            .. names.SelectMany(name => FitsFile.Extension(8, 4, 3, data, $"EXTNAME = '{name}'")),
            .. "the end"u8,
        ];
    }

    /// <summary>The file with every chosen frame changed, one at a time as the program does it.</summary>
    private static byte[] Repaired(byte[] file, ReadOptions options, Func<RawFrame, int, SampleChange[]> changes)
    {
        using var input = new MemoryStream(file);
        using FrameSequence? sequence = Format.OpenSequence(input, options);
        if (sequence is null)
        {
            RawFrame only = Format.Read(file, options);
            return Files.Made(output => Format.Rewrite(file, only, changes(only, 0), options, output));
        }

        return Files.Made(output =>
        {
            for (int i = 0; sequence.Next() is { } frame; i++)
            {
                sequence.Write(changes(frame, i), FitsWritingTests.Record, output);
            }

            sequence.Finish(output);
        });
    }
}
