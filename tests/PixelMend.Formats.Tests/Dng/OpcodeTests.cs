using System.Buffers.Binary;
using PixelMend.Defects;
using PixelMend.Formats.Dng;
using PixelMend.Formats.Tests.Tiff;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Dng;

/// <summary>FixBadPixels opcodes, as they should be and as they are found.</summary>
public class OpcodeTests
{
    private const int Width = 40;
    private const int Height = 30;
    private const ushort List1 = 51008;
    private const ushort List2 = 51009;

    private static readonly byte[] GainMap = Opcode(9, [1, 2, 3, 4, 5, 6, 7, 8]);

    [Fact]
    public void Points_and_rectangles_of_list_1_count_from_the_stored_image()
    {
        RawFrame frame = Read(File(List1, BadList([(3, 5), (29, 39), (3, 5)], [(0, 7, 30, 8)])));
        Assert.Equal([(5, 3), (39, 29)], Points(frame));
        Assert.Equal([new Area(7, 0, 1, 30)], frame.Embedded.Regions.Select(r => r.Area));
        Assert.Empty(frame.Info.Notes);
    }

    [Fact]
    public void Points_of_list_2_count_from_the_active_area()
    {
        RawFrame frame = Read(File(List2, BadList([(0, 0), (25, 34)], [(1, 2, 3, 4)])));
        Assert.Equal([(4, 2), (38, 27)], Points(frame));
        Assert.Equal([new Area(6, 3, 2, 2)], frame.Embedded.Regions.Select(r => r.Area));
    }

    /// <summary>Android: twice the count, garbage behind, rows and columns swapped.</summary>
    [Fact]
    public void The_fault_of_Android_cameras_is_recognised()
    {
        RawFrame frame = Read(File(List2, BadList([(34, 1), (20, 25), (7, 9), (-5, 1 << 30), (0x7F_FF_00_00, 3), (99, 99)], [])));
        Assert.Equal([(4 + 34, 2 + 1), (4 + 7, 2 + 9), (4 + 20, 2 + 25)], Points(frame));
        Assert.Contains(frame.Info.Notes, n => n.Contains("Android"));
    }

    [Fact]
    public void Swapped_points_are_recognised_where_only_that_fits()
    {
        RawFrame frame = Read(File(List1, BadList([(39, 0), (2, 29), (31, 1)], [])));
        Assert.Equal([(39, 0), (31, 1), (2, 29)], Points(frame));
        Assert.Contains(frame.Info.Notes, n => n.Contains("swapped"));
    }

    [Fact]
    public void Points_and_rectangles_off_the_sensor_are_left_out_with_a_note()
    {
        RawFrame frame = Read(
            File(List1, BadList([(1, 1), (2, 2), (5, 6), (50, 50), (8, 9)], [(0, 0, 0, 5), (1, 1, 31, 2), (-1, 0, 2, 2)]))
        );
        Assert.Equal([(1, 1), (2, 2), (6, 5), (9, 8)], Points(frame));
        Assert.Empty(frame.Embedded.Regions);
        Assert.Equal(4, frame.Info.Notes.Count);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(0, 1)]
    [InlineData(-1, -1)]
    public void A_list_whose_counts_contradict_its_size_is_ignored_and_kept(int points, int rectangles)
    {
        byte[] opcode = BadList([(1, 1)], []);
        BinaryPrimitives.WriteInt32BigEndian(opcode.AsSpan(20), points);
        BinaryPrimitives.WriteInt32BigEndian(opcode.AsSpan(24), rectangles);
        byte[] file = File(List1, opcode);
        RawFrame frame = Read(file);
        Assert.True(frame.Embedded.IsEmpty);
        Assert.Single(frame.Info.Notes);
        Assert.Equal(file, Rewrite(file, frame, []));
    }

    [Fact]
    public void A_cut_off_list_yields_its_whole_opcodes()
    {
        byte[] file = Sketch().Undefined(List1, [0, 0, 0, 3, .. BadList([(1, 2)], []), 0, 0, 0, 5, 1]).Build([Samples]);
        RawFrame frame = Read(file);
        Assert.Equal([(2, 1)], Points(frame));
        Assert.Single(frame.Info.Notes);
        var left = OpcodeList.Parse(Formats.Tiff.TiffFile.Parse(Rewrite(file, frame, []), "test").First.Bytes(List1));
        Assert.Equal<byte>([0, 0, 0, 2, 0, 0, 0, 5, 1], left.ToBytes());
    }

    [Fact]
    public void Constant_marks_equal_samples_in_the_active_area()
    {
        byte[] file = File(List1, Opcode(4, [0, 0, 0, 77, 0, 0, 0, 1]));
        Assert.Empty(Points(Read(file)));
        Set(file, 0, 0, 77);
        Set(file, 10, 12, 77);
        Set(file, 39, 29, 77);
        Assert.Equal([(10, 12)], Points(Read(file)));
    }

    [Fact]
    public void A_constant_that_marks_a_whole_picture_is_ignored_and_kept()
    {
        byte[] file = Sketch().Undefined(List1, List(Opcode(4, [0, 0, 0, 0, 0, 0, 0, 0]))).Build([new byte[Width * Height * 2]]);
        RawFrame frame = Read(file);
        Assert.True(frame.Embedded.IsEmpty);
        Assert.Contains(frame.Info.Notes, n => n.Contains("FixBadPixelsConstant"));
        Assert.Equal(file, Rewrite(file, frame, []));
    }

    [Fact]
    public void Baked_opcodes_go_and_others_keep_their_bytes()
    {
        byte[] file = Sketch()
            .Undefined(List1, List(GainMap, BadList([(1, 1)], []), GainMap))
            .Undefined(List2, List(BadList([(0, 0)], [])))
            .Build([Samples]);
        RawFrame frame = Read(file);
        var directory = Formats.Tiff.TiffFile.Parse(Rewrite(file, frame, [new SampleChange(1, 1, 0, 9, 1)]), "test").First;
        Assert.Equal(List(GainMap, GainMap), directory.Bytes(List1).ToArray());
        Assert.False(directory.Has(List2));
    }

    [Fact]
    public void Ignored_opcodes_stay()
    {
        byte[] file = File(List1, BadList([(1, 1)], []));
        var options = new ReadOptions { IgnoreEmbedded = true };
        var format = new DngFormat();
        RawFrame frame = format.Read(file, options);
        Assert.True(frame.Embedded.IsEmpty);
        Assert.Equal(file, DngVariantTests.Rewritten(format, file, frame, [], options));
        byte[] changed = DngVariantTests.Rewritten(format, file, frame, [new SampleChange(0, 0, 0, 9, 1)], options);
        Assert.Equal([(1, 1)], Points(Read(changed)));
    }

    [Fact]
    public void Digests_go_when_samples_change()
    {
        byte[] file = Sketch().Bytes(50781, new byte[16]).Bytes(50972, new byte[16]).Bytes(51111, new byte[16]).Build([Samples]);
        RawFrame frame = Read(file);
        Assert.Equal(file, Rewrite(file, frame, []));
        byte[] changed = Rewrite(file, frame, [new SampleChange(0, 0, 0, 9, 1)]);
        Assert.DoesNotContain(Formats.Tiff.TiffFile.Parse(changed, "test").First.Entries, e => e.Tag is 50781 or 50972 or 51111);
    }

    [Theory]
    [InlineData("RGGB", 1)]
    [InlineData("BGGR", 2)]
    [InlineData("GRBG", 0)]
    [InlineData("GBRG", 3)]
    public void A_map_is_written_beside_what_is_there(string cfa, int phase)
    {
        // The active area begins at an even place, so that the stored image has the same phase.
        byte[] file = Sketch(cfa).Bytes(50706, 1, 1, 0, 0).Undefined(List1, List(GainMap, BadList([(1, 2)], []))).Build([Samples]);
        var map = new DefectMap.Builder(Width, Height);
        map.Add(new Defect(30, 20));
        map.Add(new DefectRegion(new Area(9, 0, 1, Height)));
        using var output = new MemoryStream();
        new DngFormat().WriteWithOpcodes(file, map.Build(), output);
        byte[] written = output.ToArray();
        RawFrame read = Read(written);
        Assert.Equal([(2, 1), (30, 20)], Points(read));
        Assert.Equal([new Area(9, 0, 1, Height)], read.Embedded.Regions.Select(r => r.Area));
        Assert.Equal(Read(file).Codes!.Samples, read.Codes!.Samples);
        var directory = Formats.Tiff.TiffFile.Parse(written, "test").First;
        Assert.Equal<byte>([1, 3, 0, 0], directory.Bytes(50706).ToArray());
        var list = OpcodeList.Parse(directory.Bytes(List1));
        Assert.Equal([5u, 9u], list.Opcodes.Select(o => o.Id));
        Assert.Equal(GainMap, list.Opcodes[1].Bytes.ToArray());
        Assert.Equal(phase, BinaryPrimitives.ReadInt32BigEndian(list.Opcodes[0].Parameters));
        (int greenX, int greenY) = (cfa.IndexOf('G') % 2, cfa.IndexOf('G') / 2);
        Assert.Equal(0, (greenX + greenY + phase + (phase >> 1)) & 1);
    }

    private static byte[] Samples =>
        [.. Enumerable.Range(0, Width * Height).SelectMany(i => (byte[])[(byte)(i * 7), (byte)(8 + (i % 40))])];

    private static RawFrame Read(byte[] file) => new DngFormat().Read(file, ReadOptions.Default);

    private static byte[] Rewrite(byte[] file, RawFrame frame, SampleChange[] changes) =>
        DngVariantTests.Rewritten(new DngFormat(), file, frame, changes, ReadOptions.Default);

    private static IEnumerable<(int X, int Y)> Points(RawFrame frame) => frame.Embedded.Points.Select(p => (p.X, p.Y));

    private static TiffSketch Sketch(string cfa = "RGGB") =>
        TiffSketch.Mosaic(bigEndian: false, Width, Height, 16, cfa).Longs(50829, 2, 4, Height - 1, Width - 1).Longs(278, Height);

    private static byte[] File(ushort tag, byte[] opcode) => Sketch().Undefined(tag, List(opcode)).Build([Samples]);

    private static void Set(byte[] file, int x, int y, ushort value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(file.Length - (2 * Width * Height) + (2 * ((y * Width) + x))), value);

    private static byte[] List(params byte[][] opcodes) => [.. Big(opcodes.Length), .. opcodes.SelectMany(o => o)];

    private static byte[] Opcode(int id, byte[] data) => [.. Big(id), 1, 3, 0, 0, .. Big(0), .. Big(data.Length), .. data];

    private static byte[] BadList((int Row, int Column)[] points, (int Top, int Left, int Bottom, int Right)[] rectangles) =>
        Opcode(
            5,
            [
                .. Big(1),
                .. Big(points.Length),
                .. Big(rectangles.Length),
                .. points.SelectMany(p => (byte[])[.. Big(p.Row), .. Big(p.Column)]),
                .. rectangles.SelectMany(r => (byte[])[.. Big(r.Top), .. Big(r.Left), .. Big(r.Bottom), .. Big(r.Right)]),
            ]
        );

    private static byte[] Big(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
