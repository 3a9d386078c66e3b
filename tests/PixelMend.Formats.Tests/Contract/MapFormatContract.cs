using CsCheck;
using PixelMend.Defects;
using PixelMend.Formats.Tests.Maps;
using Xunit;

namespace PixelMend.Formats.Tests.Contract;

/// <summary>What every map format promises, tried on each one listed.</summary>
public class MapFormatContract
{
    public static TheoryData<string> Names => [.. FormatSet.Maps.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_photosites_come_back(string name) =>
        MapTests.Random.Sample(map =>
        {
            DefectMap again = Format(name).Read(Written(name, map), map.Width, map.Height, ReadLimits.Default);
            Assert.Equal(Places(map), Places(again));
        });

    [Theory]
    [MemberData(nameof(Names))]
    public void Maps_off_the_sensor_are_refused(string name)
    {
        DefectMap map = Single(9, 4, 8, 3);
        RawDataException error = Assert.Throws<RawDataException>(() => Format(name).Read(Written(name, map), 8, 4, ReadLimits.Default));
        Assert.Equal(RawDataError.Malformed, error.Error);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Extensions_choose_the_format(string name) =>
        Assert.All(Format(name).Extensions, e => Assert.Same(Format(name), FormatSet.MapFormatFor("map" + e.ToUpperInvariant())));

    [Theory]
    [MemberData(nameof(Names))]
    public void Truncated_files_are_refused_or_read(string name)
    {
        byte[] file = Written(name, Example());
        foreach (int length in Hostility.Places(file.Length))
        {
            Hostility.AssertBounded(length, () => Format(name).Read(file.AsMemory(0, length), 40, 30, ReadLimits.Default));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Files_with_flipped_bytes_are_refused_or_read(string name)
    {
        byte[] file = Written(name, Example());
        foreach (int place in Hostility.Places(file.Length))
        {
            foreach (byte flip in Hostility.Flips)
            {
                byte[] damaged = [.. file];
                damaged[place] ^= flip;
                Hostility.AssertBounded(file.Length, () => Format(name).Read(damaged, 40, 30, ReadLimits.Default));
            }
        }
    }

    private static MapFormat Format(string name) => FormatSet.Maps.Single(f => f.Name == name);

    private static byte[] Written(string name, DefectMap map) => Files.Made(output => Format(name).Write(map, output));

    private static IEnumerable<(int X, int Y)> Places(DefectMap map) => map.AllPhotosites().Select(d => (d.X, d.Y));

    private static DefectMap Single(int width, int height, int x, int y)
    {
        var builder = new DefectMap.Builder(width, height);
        builder.Add(new Defect(x, y));
        return builder.Build();
    }

    private static DefectMap Example()
    {
        var builder = new DefectMap.Builder(40, 30)
        {
            Provenance = new MapProvenance
            {
                Files = ["a.dng", "b.dng"],
                Algorithm = "model",
                Parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["threshold"] = "4" },
            },
        };
        builder.Add(new Defect(3, 4, DefectKind.Hot, 12.5f, 0.75f));
        builder.Add(new Defect(30, 4, DefectKind.Dead | DefectKind.Noisy, 3, 1));
        builder.Add(new DefectRegion(new Frames.Area(7, 0, 1, 30), DefectKind.Stuck));
        return builder.Build();
    }
}
