using PixelMend.Formats.Dng;
using PixelMend.Formats.Tests.Tiff;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Dng;

/// <summary>What tags say about samples, given in words independent of the reader: mosaic and levels count from the active area's corner.</summary>
public class DngTagTests
{
    private const int Width = 20;
    private const int Height = 14;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(3, 5)]
    [InlineData(7, 2)]
    public void Mosaics_of_any_period_begin_at_the_active_area(int left, int top)
    {
        const string Rows = "GBGGRGRGRBGBGBGGRGGRGGBGBGBRGRGRGGBG";
        byte[] file = Sketch(left, top)
            .Shorts(33421, 6, 6)
            .Bytes(33422, [.. Rows.Select(c => (byte)"RGB".IndexOf(c))])
            .Build([new byte[Width * Height * 2]]);
        RawFrame frame = Read(file);
        for (int y = top; y < Height; y++)
        {
            for (int x = left; x < Width; x++)
            {
                Assert.Equal(Rows[((y - top) % 6 * 6) + ((x - left) % 6)], (char)frame.Cfa[x, y]);
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 5)]
    [InlineData(4, 1)]
    public void Black_levels_repeat_and_vary_from_the_active_area(int left, int top)
    {
        double[] black = [100, 200, 300, 400, 500, 600];
        double[] rows = [.. Enumerable.Range(0, Height - top).Select(y => y * 0.5)];
        double[] columns = [.. Enumerable.Range(0, Width - left).Select(x => -x * 0.25)];
        byte[] file = Sketch(left, top)
            .Shorts(50713, 2, 3)
            .Thousandths(50714, black)
            .Thousandths(50715, columns)
            .Thousandths(50716, rows)
            .Shorts(50717, 4000)
            .Build([new byte[Width * Height * 2]]);
        RawFrame frame = Read(file);
        Assert.Empty(frame.Info.Notes);
        for (int y = top; y < Height; y++)
        {
            for (int x = left; x < Width; x++)
            {
                double expected = black[((y - top) % 2 * 3) + ((x - left) % 3)] + rows[y - top] + columns[x - left];
                Assert.Equal(expected, frame.Levels.Black(x, y));
                Assert.Equal(4000, frame.Levels.White(x, y));
            }
        }
    }

    [Fact]
    public void White_is_the_largest_code_where_no_tag_names_it()
    {
        TiffSketch sketch = new TiffSketch(bigEndian: false)
            .Longs(256, 4)
            .Longs(257, 1)
            .Shorts(258, 12)
            .Shorts(259, 1)
            .Shorts(262, 34892)
            .Bytes(50706, 1, 4, 0, 0);
        RawFrame frame = Read(sketch.Build([new byte[6]]));
        Assert.Equal(4095, frame.Levels.White(0, 0));
        Assert.True(frame.Cfa.IsMono);
    }

    [Fact]
    public void The_raw_image_is_the_full_size_mosaic_of_a_sub_directory()
    {
        // The outer image is a preview; the inner directory is a whole sketch moved behind it.
        byte[] inner = Sketch(0, 0).Build([new byte[Width * Height * 2]]);
        const int At = 4096;
        TiffSketch outer = new TiffSketch(bigEndian: false)
            .Longs(254, 1)
            .Longs(256, 8)
            .Longs(257, 8)
            .Shorts(258, 8)
            .Shorts(262, 1)
            .Bytes(50706, 1, 4, 0, 0);
        byte[] file = Append(outer.Longs(330, At + 8).Build([new byte[64]]), inner, At);
        RawFrame frame = Read(file);
        Assert.Equal((Width, Height), (frame.Width, frame.Height));
        SampleChange[] changes = [new SampleChange(3, 2, 0, 999, 1)];
        byte[] rewritten = DngVariantTests.Rewritten(new DngFormat(), file, frame, changes, ReadOptions.Default);
        Assert.Equal(frame.With(changes).Codes!.Samples, Read(rewritten).Codes!.Samples);
        Assert.Equal(2, file.Zip(rewritten).Count(p => p.First != p.Second));

        // A field more moves the inner directory to the end; the only pointer to it stands in the outer one's own table.
        using var output = new MemoryStream();
        new DngFormat().WriteWithOpcodes(file, Map(5, 6), output);
        RawFrame read = Read(output.ToArray());
        Assert.Equal([(5, 6)], read.Embedded.Points.Select(p => (p.X, p.Y)));
        Assert.Equal(frame.Codes!.Samples, read.Codes!.Samples);
    }

    [Fact]
    public void A_mosaic_without_a_pattern_needs_the_user()
    {
        byte[] file = new TiffSketch(bigEndian: true)
            .Longs(256, 4)
            .Longs(257, 2)
            .Shorts(258, 8)
            .Shorts(262, 32803)
            .Bytes(50706, 1, 4, 0, 0)
            .Build([new byte[8]]);
        Assert.Contains("--cfa", Assert.Throws<RawDataException>(() => Read(file)).Message);
        var options = new ReadOptions { Cfa = CfaPattern.Parse("BGGR") };
        Assert.Equal("BGGR", new DngFormat().Read(file, options).Cfa.ToString());
    }

    private static Defects.DefectMap Map(int x, int y)
    {
        var map = new Defects.DefectMap.Builder(Width, Height);
        map.Add(new Defects.Defect(x, y));
        return map.Build();
    }

    /// <summary>The inner file's content at an offset, its own offsets moved along.</summary>
    private static byte[] Append(byte[] outer, byte[] inner, int at)
    {
        var file = new byte[at + inner.Length];
        outer.CopyTo(file, 0);
        inner.CopyTo(file, at);
        var directory = Formats.Tiff.TiffFile.Parse(inner, "test").First;
        foreach (Formats.Tiff.TiffEntry entry in directory.Entries)
        {
            int field = at + entry.Position + 8;
            if (entry.DataLength > 4 || entry.Tag == 273)
            {
                BitConverter.TryWriteBytes(file.AsSpan(field), BitConverter.ToInt32(file, field) + at);
            }
        }

        return file;
    }

    private static TiffSketch Sketch(int left, int top) =>
        TiffSketch.Mosaic(bigEndian: false, Width, Height, 16).Longs(50829, top, left, Height, Width).Longs(278, Height);

    private static RawFrame Read(byte[] file) => new DngFormat().Read(file, ReadOptions.Default);
}
