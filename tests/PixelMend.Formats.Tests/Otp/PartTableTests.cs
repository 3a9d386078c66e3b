using System.Buffers.Binary;
using CsCheck;
using PixelMend.Defects;
using PixelMend.Formats.Otp;
using PixelMend.Formats.Tests.Maps;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Otp;

/// <summary>Tables of known parts, bit by bit, and what every one of them promises.</summary>
public class PartTableTests
{
    public static TheoryData<string, bool> Tables =>
        [
            .. FormatSet
                .Maps.OfType<PartTable>()
                .SelectMany(t => (TheoryDataRow<string, bool>[])[new(t.Dialect!, true), new(t.Dialect!, false)]),
        ];

    [Fact]
    public void Hisilicon_has_the_column_in_bits_0_to_12_and_the_row_in_16_to_28() =>
        Assert.Equal([0x0123_0456u, 0x1FFF_1FFFu], Words(new HiSiliconTable(), 8192, (0x456, 0x123), (8191, 8191)));

    [Fact]
    public void Ti_has_the_column_in_bits_0_to_12_and_the_row_in_13_to_25_in_raster_order() =>
        Assert.Equal([(5u << 13) | 9, (6u << 13) | 1, (6u << 13) | 2], Words(new TexasInstrumentsTable(), 100, (1, 6), (2, 6), (9, 5)));

    [Fact]
    public void Phase_one_has_points_and_whole_columns()
    {
        var map = new DefectMap.Builder(100, 80);
        map.Add(new Defect(9, 5));
        map.Add(new DefectRegion(new Area(40, 0, 1, 80)));
        byte[] file = Files.Made(o => new PhaseOneTable().Write(map.Build(), o));
        Assert.Equal<byte>([40, 0, 0, 0, 131, 0, 0, 0, 9, 0, 5, 0, 129, 0, 0, 0], file);
        byte[] others = [7, 0, 0, 0, 137, 0, 0, 0, 1, 0, 1, 0, 99, 0, 0, 0, 2];
        MapReading read = new PhaseOneTable().Read(others, new MapContext { Size = (100, 80) });
        Assert.Equal([new Area(7, 0, 1, 80)], read.Map.Regions.Select(r => r.Area));
        Assert.Equal(2, read.Notes.Count);
    }

    /// <summary>Coordinates that a part has no bits for are not written as others.</summary>
    [Theory]
    [InlineData("hisilicon")]
    [InlineData("ti")]
    public void What_a_part_cannot_say_is_left_out(string dialect)
    {
        var map = new DefectMap.Builder(9000, 9000);
        map.Add(new Defect(8192, 1, Severity: 9));
        map.Add(new Defect(1, 8192, Severity: 8));
        map.Add(new Defect(1, 1));
        (byte[] image, int added, int leftOut, int unsayable) = Table(dialect).Program(PartTable.Erased(64, false), map.Build());
        Assert.Equal((1, 0, 2), (added, leftOut, unsayable));
        Assert.Equal([(1, 1)], Table(dialect).Read(image, 9000, 9000, ReadLimits.Default).Points.Select(p => (p.X, p.Y)));
    }

    [Fact]
    public void Ti_has_room_for_256_and_is_packed_anew_where_entries_would_move()
    {
        var map = new DefectMap.Builder(100, 80);
        map.AddRange(Enumerable.Range(0, 400).Select(i => new Defect(i % 100, i / 100, Severity: i)));
        var table = new TexasInstrumentsTable();
        (byte[] full, int added, int leftOut, _) = table.Program(PartTable.Erased(4096, false), map.Build());
        Assert.Equal((256, 144), (added, leftOut));
        Assert.Equal(3072, table.FreeBytes(full, false));

        byte[] late = table.Program(PartTable.Erased(64, false), Single(50, 40)).Image;
        Assert.Equal(1, table.Program(late, Single(50, 41)).Added);
        Assert.Contains(
            "raster order",
            Assert.Throws<NotSupportedException>(() => table.Program(late, Single(3, 4))).Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>Any map into a memory of any size: the most severe go in, bits go one way, what is told is true, and nothing is lost by a second map.</summary>
    [Theory]
    [MemberData(nameof(Tables))]
    public void Maps_are_programmed_one_way_the_most_severe_first(string dialect, bool erasedIsZero)
    {
        PartTable table = Table(dialect);
        (from map in MapTests.Random from size in Gen.Int[0, 300] select (map, size)).Sample(t =>
        {
            var context = new MapContext { Size = (t.map.Width, t.map.Height) };
            byte[] empty = PartTable.Erased(t.size, erasedIsZero);
            (byte[] image, int added, int leftOut, _) = table.Program(empty, t.map, erasedIsZero);
            OneWay.Check(empty, image, erasedIsZero);
            Assert.Equal(t.size - (added * table.EntryLength), table.FreeBytes(image, erasedIsZero));

            // An entry of zeros is a free one there.
            (int, int)[] wanted =
            [
                .. t.map.AllPhotosites().Where(p => !erasedIsZero || dialect == "phaseone" || (p.X, p.Y) != (0, 0)).Select(p => (p.X, p.Y)),
            ];
            HashSet<(int, int)> held =
            [
                .. table.Read(image.AsMemory(0, added * table.EntryLength), context).Map.AllPhotosites().Select(p => (p.X, p.Y)),
            ];
            Assert.Subset(wanted.ToHashSet(), held);
            if (leftOut == 0)
            {
                Assert.Equal(wanted.Length, held.Count);
            }
            else if (t.map.Regions.Count == 0)
            {
                float least = t
                    .map.Points.Where(p => held.Contains((p.X, p.Y)))
                    .Select(p => p.Severity)
                    .DefaultIfEmpty(float.MaxValue)
                    .Min();
                Assert.All(
                    t.map.Points.Where(p => wanted.Contains((p.X, p.Y)) && !held.Contains((p.X, p.Y))),
                    p => Assert.True(p.Severity <= least)
                );
            }

            Assert.Equal(image, table.Program(image, t.map, erasedIsZero).Image);
        });
    }

    [Fact]
    public void Free_entries_are_no_photosites()
    {
        var table = new HiSiliconTable();
        byte[] zeros = table.Program(PartTable.Erased(40, true), Single(50, 40), erasedIsZero: true).Image;
        byte[] ones = table.Program(PartTable.Erased(40, false), Single(50, 40)).Image;
        Assert.All(
            (byte[][])[zeros, ones],
            image => Assert.Equal([(50, 40)], table.Read(image, 100, 80, ReadLimits.Default).Points.Select(p => (p.X, p.Y)))
        );
        Assert.Equal([(0, 0)], table.Read(new byte[4], 100, 80, ReadLimits.Default).Points.Select(p => (p.X, p.Y)));
    }

    private static PartTable Table(string dialect) => FormatSet.Maps.OfType<PartTable>().Single(t => t.Dialect == dialect);

    private static DefectMap Single(int x, int y)
    {
        var map = new DefectMap.Builder(100, 80);
        map.Add(new Defect(x, y));
        return map.Build();
    }

    private static uint[] Words(PartTable table, int side, params (int X, int Y)[] places)
    {
        var map = new DefectMap.Builder(side, side);
        map.AddRange(places.Select(p => new Defect(p.X, p.Y)));
        return Files.Made(o => table.Write(map.Build(), o)).Chunk(4).Select(b => BinaryPrimitives.ReadUInt32LittleEndian(b)).ToArray();
    }
}
