using System.Buffers.Binary;
using System.Text.Json;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>The verbs on maps and memories, as a user calls them.</summary>
public class MapVerbTests
{
    private const string Small = "# geometry 20x10\nx,y,kind\n3,4,hot\n4,4,hot\n7,8,dead\n";

    /// <summary>Every format that is written, there and back.</summary>
    [Theory]
    [InlineData("json")]
    [InlineData("badpixels")]
    [InlineData("lst")]
    [InlineData("fpm")]
    [InlineData("txt")]
    [InlineData("fits")]
    [InlineData("png")]
    [InlineData("tif")]
    [InlineData("pgm")]
    [InlineData("dpm")]
    [InlineData("hpm")]
    [InlineData("xml")]
    [InlineData("bin")]
    public void Convert_keeps_every_place(string extension)
    {
        using var folder = With(("a.csv", Small));
        Run(folder, "map convert a.csv", $"--out there.{extension}").Succeeded();
        Run(folder, $"map convert there.{extension}", "--out back.csv", "--size 20x10").Succeeded();
        Assert.Equal(["3,4", "4,4", "7,8"], Places(folder["back.csv"]));
    }

    [Fact]
    public void A_list_without_a_size_needs_none_where_none_is_written()
    {
        using var folder = With(("a.badpixels", "3 4 0\n7 8 0\n"));
        Run(folder, "map convert a.badpixels", "--offset 2,-1", "--out a.csv").Succeeded();
        string text = File.ReadAllText(folder["a.csv"]);
        Assert.Contains("\n5,3,unknown,0,1\n9,7,unknown,0,1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("geometry", text, StringComparison.Ordinal);
        Run(folder, "map convert a.badpixels", "--out a.png").Failed(2, "--size");
        Run(folder, "map convert a.badpixels", "--origin active", "--out b.csv").Failed(2, "--frame");
        Run(folder, "map convert a.badpixels", "--out a.dng").Failed(2, "--opcodes");
    }

    [Fact]
    public void Dialects_are_chosen_for_the_output()
    {
        using var folder = With(("a.badpixels", "3 4 0\n"));
        Run(folder, "map convert a.badpixels", "--dialect rawtherapee", "--out b.badpixels").Succeeded();
        Assert.Equal("3 4\n", File.ReadAllText(folder["b.badpixels"]));
        Run(folder, "map convert b.badpixels", "--dialect rawtherapee", "--out c.txt", "--size 20x10").Succeeded();
        Run(folder, "map convert c.txt", "--dialect phd2", "--out d.badpixels").Succeeded();
        Assert.EndsWith("\n3 4 0\n", File.ReadAllText(folder["d.badpixels"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_tells_what_became_of_a_sensor_by_its_exit_code()
    {
        using var folder = With(("a.csv", Small), ("b.csv", "x,y,kind\n3,4,hot\n4,4,hot+noisy\n9,9,warm\n"));
        Run(folder, "map diff a.csv a.csv").Succeeded();
        Said said = Run(folder, "map diff a.csv b.csv", "--json");
        Assert.Equal(1, said.ExitCode);
        JsonElement root = JsonDocument.Parse(said.Out).RootElement;
        Assert.Equal(9, root.GetProperty("new")[0].GetProperty("x").GetInt32());
        Assert.Equal("dead", root.GetProperty("gone")[0].GetProperty("kind").GetString());
        Assert.Equal("hot+noisy", root.GetProperty("changed")[0].GetProperty("after").GetString());
        Assert.Equal((1, 1, 1, 1), (Length("new"), Length("gone"), Length("changed"), root.GetProperty("same").GetInt32()));

        int Length(string name) => root.GetProperty(name).GetArrayLength();
    }

    [Theory]
    [InlineData("union", 5)]
    [InlineData("majority", 2)]
    [InlineData("intersection", 1)]
    public void Merge_keeps_what_its_mode_says(string mode, int expected)
    {
        using var folder = With(("a.csv", Small), ("b.csv", "x,y\n3,4\n7,8\n1,1\n"), ("c.csv", "x,y\n3,4\n2,2\n"));
        Run(folder, "map merge a.csv b.csv c.csv", $"--mode {mode}", "--out m.json").Succeeded();
        JsonElement map = JsonDocument.Parse(File.ReadAllText(folder["m.json"])).RootElement;
        Assert.Equal(expected, map.GetProperty("points").GetArrayLength());
    }

    [Fact]
    public void Ageing_drops_what_was_long_not_seen()
    {
        const string Map =
            "{\"format\":\"pixelmend-defect-map\",\"version\":1,\"geometry\":{\"width\":9,\"height\":9},\"points\":["
            + "{\"x\":1,\"y\":1,\"lastSeen\":\"2020-05-01T00:00:00Z\"},{\"x\":2,\"y\":2,\"lastSeen\":\"2024-05-01T00:00:00Z\"},{\"x\":3,\"y\":3}]}";
        using var folder = With(("a.json", Map));
        Run(folder, "map merge a.json", "--seen-since 2024-01-01", "--out b.csv").Succeeded();
        Assert.Equal(["2,2", "3,3"], File.ReadLines(folder["b.csv"]).Where(l => char.IsDigit(l[0])).Select(l => l[..3]));
    }

    [Theory]
    [InlineData("{\"largestCluster\": 2}", 0)]
    [InlineData("{\"largestCluster\": 1, \"mostClusters\": 0}", 0)]
    [InlineData("{\"zones\": [{\"share\": 0.5, \"mostPhotosites\": 0}, {\"mostOfKind\": {\"hot\": 1, \"dead\": 1}}]}", 1)]
    [InlineData("{\"zones\": [{\"mostOfKind\": {\"hot\": 2, \"dead\": 1}}], \"mostColumns\": 0, \"mostRows\": 0}", 0)]
    [InlineData("{\"mostClumps\": 1}", 3)]
    [InlineData("{\"mostColumns\": -1}", 3)]
    [InlineData("{\"zones\": [{\"mostOfKind\": {\"hot\": -1}}]}", 3)]
    [InlineData("{}", 3)]
    public void Grade_passes_or_fails(string specification, int expected)
    {
        using var folder = With(("a.csv", Small), ("spec.json", specification));
        Assert.Equal(expected, Run(folder, "map grade a.csv", "--spec spec.json").ExitCode);
    }

    [Fact]
    public void Show_counts_kinds_and_clusters()
    {
        using var folder = With(("a.csv", Small));
        Run(folder, "map show a.csv").Succeeded();
        JsonElement root = JsonDocument.Parse(Run(folder, "map show a.csv", "--json").Succeeded().Out).RootElement;
        Assert.Equal(2, root.GetProperty("byKind").GetProperty("hot").GetInt32());
        Assert.Equal(
            [(1, 1), (2, 1)],
            root.GetProperty("clusters").EnumerateArray().Select(c => (c.GetProperty("size").GetInt32(), c.GetProperty("count").GetInt32()))
        );
    }

    /// <summary>What a list's coordinates mean is said alike where it is written, shown and repaired by.</summary>
    [Theory]
    [InlineData("badpixels", "--origin full --offset -2,-1")]
    [InlineData("lst", "--flip both")]
    [InlineData("txt", "--dialect pixinsight --flip vertical --offset -1,0")]
    [InlineData("bin", "--dialect phaseone --flip horizontal")]
    [InlineData("xml", "--origin active")]
    public void Detect_writes_what_correct_reads(string extension, string coordinates)
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        Run(folder, $"detect a.raw --raw {Dump.Spec}", "--out map.csv").Succeeded();
        Run(folder, $"detect a.raw --raw {Dump.Spec}", $"{coordinates} --out map.{extension}").Succeeded();
        Run(folder, $"correct a.raw --raw {Dump.Spec}", "--no-dynamic --map map.csv --out plain.raw").Succeeded();
        Run(folder, $"correct a.raw --raw {Dump.Spec}", $"--no-dynamic {coordinates} --map map.{extension} --out there.raw").Succeeded();
        Assert.Equal(File.ReadAllBytes(folder["plain.raw"]), File.ReadAllBytes(folder["there.raw"]));
        Run(folder, $"detect a.raw --raw {Dump.Spec}", "--offset 1,1 --out map.json").Failed(2, "--offset");
    }

    /// <summary>A list from a frame with masked borders counts from its visible area, as its readers do.</summary>
    [Fact]
    public void Lists_of_a_frame_with_borders_count_from_its_visible_area()
    {
        using var folder = new TempFolder();
        byte[] file = File.ReadAllBytes(Path.Combine(Checkout.Root, "samples", "chart-bayer.dng"));
        // The entry of ActiveArea: four numbers of 32 bits, top, left, bottom, right.
        int entry = file.AsSpan().IndexOf<byte>([0x8D, 0xC6, 4, 0, 4, 0, 0, 0]);
        Span<byte> area = file.AsSpan(BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(entry + 8)));
        BinaryPrimitives.WriteInt32LittleEndian(area, 4);
        BinaryPrimitives.WriteInt32LittleEndian(area[4..], 6);
        File.WriteAllBytes(folder["a.dng"], file);
        Run(folder, "detect a.dng --out a.csv").Succeeded();
        Run(folder, "detect a.dng --out a.badpixels").Succeeded();
        Run(folder, "map convert a.badpixels --out b.csv --frame a.dng").Succeeded();
        string[] found = [.. Places(folder["a.csv"])];
        Assert.NotEmpty(found);
        Assert.Equal(found, Places(folder["b.csv"]));
        Assert.Equal(
            found.Select(p => p.Split(',').Select(int.Parse).ToArray()).Select(p => $"{p[0] - 6} {p[1] - 4} 0"),
            File.ReadLines(folder["a.badpixels"]).Where(l => l[0] != '#')
        );
    }

    [Fact]
    public void Show_draws_a_picture_and_a_page()
    {
        using var folder = With(("a.csv", Small));
        Run(folder, "map show a.csv --picture a.png --quiet").Succeeded();
        byte[] picture = File.ReadAllBytes(folder["a.png"]);
        // Sixteen pixels a photosite: hot ones in their colour at (3, 4), a dead one at (7, 8), nothing beside.
        (int width, int height, byte[] rgb) = Png.Decode(picture);
        Assert.Equal((20 * 16, 10 * 16), (width, height));
        Assert.Equal([0xE5, 0x48, 0x4D], Pixel(3, 4));
        Assert.Equal([0x3B, 0x82, 0xF6], Pixel(7, 8));
        Assert.Equal([24, 24, 24], Pixel(5, 4));

        Run(folder, "map show a.csv --picture a.html").Succeeded();
        string page = File.ReadAllText(folder["a.html"]);
        Assert.Contains("k-hot", page, StringComparison.Ordinal);
        Assert.Contains("M7 8h0", page, StringComparison.Ordinal);
        Run(folder, "map show a.csv --picture a.png").Failed(4, "--force");
        Run(folder, "map show a.csv --picture a.txt").Failed(2, ".png or .html");

        byte[] Pixel(int x, int y) => [.. rgb.Skip((((y * 16) + 8) * width * 3) + (((x * 16) + 8) * 3)).Take(3)];
    }

    /// <summary>Four defective neighbours of eight leave too few for a sound repair: those that touch in a map, those of the same colour in a frame.</summary>
    [Fact]
    public void Kernels_of_clusters_are_counted_by_show_and_correct()
    {
        using var folder = With(("block.csv", $"# geometry {Dump.Width}x{Dump.Height}\nx,y,width,height\n10,10,5,5\n"));
        Dump.Write(folder["a.raw"]);
        JsonElement shown = JsonDocument.Parse(Run(folder, "map show block.csv --json").Succeeded().Out).RootElement;
        Assert.Equal(21, shown.GetProperty("inClusterKernels").GetInt32());
        Said said = Run(folder, $"correct a.raw --raw {Dump.Spec}", "--no-dynamic --map block.csv --dry-run --json").Succeeded();
        JsonElement defects = JsonDocument.Parse(said.Out).RootElement.GetProperty("files")[0].GetProperty("defects");
        // Of red five, of green all twelve, of blue none.
        Assert.Equal(17, defects.GetProperty("inClusterKernels").GetInt32());
        Said text = Run(folder, $"correct a.raw --raw {Dump.Spec}", "--no-dynamic --map block.csv --dry-run").Succeeded();
        Assert.Contains("in the kernel of a cluster", text.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hisilicon", "ones")]
    [InlineData("ti", "ones")]
    [InlineData("phaseone", "zeros")]
    public void A_memory_may_be_laid_out_as_a_part_reads_it(string layout, string erased)
    {
        using var folder = With(("a.csv", Small), ("b.csv", "# geometry 20x10\nx,y\n9,9\n"));
        string how = $"--layout {layout} --erased {erased}";
        Run(folder, $"otp pack a.csv --size 64 {how} --out a.bin").Succeeded();
        Run(folder, $"otp program a.bin b.csv {how} --out b.bin").Succeeded();
        Run(folder, $"otp read b.bin {how} --width 20 --height 10 --out b2.csv").Succeeded();
        Assert.Equal(["3,4", "4,4", "7,8", "9,9"], Places(folder["b2.csv"]));
        if (layout == "ti")
        {
            Run(folder, $"otp pack b.csv --size 64 {how} --out c.bin").Succeeded();
            Run(folder, $"otp program c.bin a.csv {how} --out d.bin").Failed(3, "raster order");
        }
    }

    [Theory]
    [InlineData("hisilicon")]
    [InlineData("phaseone")]
    public void A_table_takes_an_update_that_states_no_size_and_lies_nearer_the_origin(string layout)
    {
        using var folder = With(("a.csv", Small), ("b.csv", "x,y\n1,1\n"));
        Run(folder, $"otp pack a.csv --size 64 --layout {layout} --out a.bin").Succeeded();
        Run(folder, $"otp program a.bin b.csv --layout {layout} --out b.bin").Succeeded();
        Run(folder, $"otp read b.bin --layout {layout} --out b2.csv").Succeeded();
        Assert.Equal(["1,1", "3,4", "4,4", "7,8"], Places(folder["b2.csv"]));
    }

    [Fact]
    public void Severities_are_kept_where_asked_for()
    {
        using var folder = With(("a.csv", "# geometry 20x10\nx,y,kind,severity\n3,4,hot,64\n7,8,dead,8\n"));
        Run(folder, "otp pack a.csv --size 128 --severity --out a.bin").Succeeded();
        Run(folder, "otp read a.bin --out b.csv").Succeeded();
        string text = File.ReadAllText(folder["b.csv"]);
        Assert.Contains("\n3,4,hot,64,1\n7,8,dead,8,1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_memory_is_packed_programmed_read_and_repairs_by_itself()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        Run(folder, $"detect a.raw --raw {Dump.Spec}", "--out map.csv").Succeeded();
        Run(folder, "otp pack map.csv", "--size 2048", "--out sensor.otp.bin").Succeeded();
        Run(folder, $"correct a.raw --raw {Dump.Spec}", "--no-dynamic --map map.csv --out by-map.raw").Succeeded();
        Run(folder, $"correct a.raw --raw {Dump.Spec}", "--no-dynamic --map sensor.otp.bin --out by-otp.raw").Succeeded();
        Assert.Equal(File.ReadAllBytes(folder["by-map.raw"]), File.ReadAllBytes(folder["by-otp.raw"]));

        File.WriteAllText(folder["new.csv"], "x,y,kind\n1,1,telegraph\n");
        Run(folder, "otp program sensor.otp.bin new.csv", "--out later.otp.bin").Succeeded();
        Run(folder, "otp read later.otp.bin", "--out later.csv").Succeeded();
        Run(folder, "map diff later.csv later.otp.bin").Succeeded();
        Assert.Contains("1,1,telegraph", File.ReadAllText(folder["later.csv"]), StringComparison.Ordinal);
        byte[] before = File.ReadAllBytes(folder["sensor.otp.bin"]);
        byte[] after = File.ReadAllBytes(folder["later.otp.bin"]);
        Assert.Equal(2048, after.Length);
        Assert.All(before.Zip(after), p => Assert.Equal(p.Second, p.First & p.Second));
        Run(folder, "otp pack new.csv", "--size 2048 --out b.bin").Failed(2, "--width");
        Run(folder, "otp read map.csv", "--out c.csv").Failed(3, "map.csv");
    }

    private static IEnumerable<string> Places(string csv) =>
        File.ReadLines(csv).Where(l => char.IsDigit(l[0])).Select(l => string.Join(',', l.Split(',')[..2]));

    private static TempFolder With(params ReadOnlySpan<(string Name, string Text)> files)
    {
        var folder = new TempFolder();
        foreach ((string name, string text) in files)
        {
            File.WriteAllText(folder[name], text);
        }

        return folder;
    }

    private static Said Run(TempFolder folder, params IEnumerable<string> words) =>
        Shell.PixelMend(folder.Root, [.. words.SelectMany(w => w.Split(' '))]);

    /// <summary>A map becomes opcodes in a copy of a frame: no sample differs, and other programs see the list.</summary>
    [Fact]
    public void Convert_writes_opcodes_into_a_copy_of_a_frame()
    {
        using var folder = With(("a.csv", "x,y,kind,width,height\n3,4,hot,1,1\n7,0,dead,1,120\n"));
        Dump.Write(folder["f.raw"]);
        Shell.PixelMend(folder.Root, "correct", "f.raw", "--raw", Dump.Spec, "--no-dynamic", "--out", "f.dng").Succeeded();
        byte[] frame = File.ReadAllBytes(folder["f.dng"]);

        Run(folder, "map convert a.csv", "--frame f.dng", "--out g.dng").Succeeded();

        Run(folder, "map convert g.dng", "--out back.json").Succeeded();
        using var map = JsonDocument.Parse(File.ReadAllText(folder["back.json"]));
        JsonElement point = Assert.Single(map.RootElement.GetProperty("points").EnumerateArray());
        Assert.Equal((3, 4), (point.GetProperty("x").GetInt32(), point.GetProperty("y").GetInt32()));
        JsonElement line = Assert.Single(map.RootElement.GetProperty("regions").EnumerateArray());
        Assert.Equal((7, 120), (line.GetProperty("x").GetInt32(), line.GetProperty("height").GetInt32()));
        Shell.PixelMend(folder.Root, "correct", "g.dng", "--no-dynamic", "--no-map", "--out", "g.raw").Succeeded();
        Assert.Equal(File.ReadAllBytes(folder["f.raw"]), File.ReadAllBytes(folder["g.raw"]));
        Assert.Equal(frame, File.ReadAllBytes(folder["f.dng"]));
        if (Shell.Run("/bin/sh", ["-c", "command -v exiftool"], folder.Root).ExitCode == 0)
        {
            Assert.Contains(
                "FixBadPixelsList",
                Shell.Run("/bin/sh", ["-c", "exiftool -OpcodeList1 g.dng"], folder.Root).Out,
                StringComparison.Ordinal
            );
        }

        Run(folder, "map convert a.csv", "--frame f.dng", "--out f.dng", "--force").Failed(4, "input");
        Run(folder, "map convert a.csv", "--out h.dng").Failed(2, "--frame");
        Run(folder, "map convert a.csv", "--frame f.raw", "--out h.dng").Failed(3, "f.raw");
        Assert.False(File.Exists(folder["h.dng"]));
    }
}
