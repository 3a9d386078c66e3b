using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PixelMend.Cli.Maps;
using PixelMend.Defects;

namespace PixelMend.Cli.Rendering;

/// <summary>Tells what the verbs on maps found and did.</summary>
internal static class MapView
{
    /// <summary>Differences listed in text; JSON has all.</summary>
    private const int MostListed = 20;

    private const int PictureWidth = 64;

    /// <summary>A character is about twice as high as wide.</summary>
    private const double CharacterShape = 0.5;

    private const string Shades = " .:+*#";

    /// <summary>Prints JSON where it is asked for, else text unless quiet.</summary>
    public static void Print<T>(T summary, JsonTypeInfo<T> type, bool json, bool quiet, Action<T> asText)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(summary, type));
        }
        else if (!quiet)
        {
            asText(summary);
        }
    }

    /// <summary>A map's tables and picture.</summary>
    public static void Print(MapSummary map, DefectMap drawn)
    {
        string size = map.SizeIsKnown ? $"{map.Width} × {map.Height} sensor" : $"at least {map.Width} × {map.Height}";
        Console.Out.WriteLine($"{Names(map.Files)}: {size}, {map.Photosites} defective photosites, {map.Regions} lines and rectangles");
        Notes(map.Notes);
        TableView.Print("Kinds", ["kind", "photosites"], map.ByKind.Select(k => (string[])[k.Key, $"{k.Value}"]));
        TableView.Print("Clusters", ["size", "groups"], map.Clusters.Select(c => (string[])[$"{c.Size}", $"{c.Count}"]));
        if (map.InClusterKernels > 0)
        {
            Console.Out.WriteLine(
                $"{map.InClusterKernels} in the kernel of a cluster (fewer than five good of the eight that touch): low confidence"
            );
        }

        TableView.Print(
            "Most severe",
            ["x", "y", "kind", "severity", "confidence"],
            map.Worst.Select(w => (string[])[$"{w.X}", $"{w.Y}", w.Kind, $"{w.Severity:0.#}", $"{w.Confidence:0.##}"])
        );
        Console.Out.Write(Picture(drawn));
        if (map.Picture is not null)
        {
            Console.Out.WriteLine($"picture written to {TextSummary.Printable(map.Picture)}");
        }
    }

    /// <summary>What was written, one line.</summary>
    public static void Print(WrittenMapSummary summary)
    {
        var text = new StringBuilder($"{TextSummary.Printable(summary.Output)}: {summary.Photosites} defective photosites");
        text.Append(summary.Added is int added ? $", {added} entries programmed" : "");
        text.Append(summary.LeftOut is > 0 and int left ? $", {left} of the less severe left out for want of room" : "");
        text.Append(summary.FreeBytes is int free ? $", {free} bytes free" : "");
        Console.Out.WriteLine(text);
        Notes(summary.Notes);
    }

    /// <summary>The first differences of each sort.</summary>
    public static void Print(DifferenceSummary difference)
    {
        Console.Out.WriteLine(
            $"{Names(difference.Files)}: {difference.New.Count} new, {difference.Gone.Count} gone, {difference.Changed.Count} changed, {difference.Same} the same"
        );
        Notes(difference.Notes);
        List(difference.New, p => $"  + {p.X},{p.Y} {p.Kind}");
        List(difference.Gone, p => $"  - {p.X},{p.Y} {p.Kind}");
        List(difference.Changed, p => $"  ~ {p.X},{p.Y} {p.Before} -> {p.After}");
    }

    /// <summary>Every limit.</summary>
    public static void Print(GradeSummary grade)
    {
        TableView.Print(
            $"{TextSummary.Printable(grade.File)}: {(grade.Passed ? "passed" : "failed")} ({grade.Specification})",
            ["limit on", "counted", "allowed", ""],
            grade.Checks.Select(c => (string[])[c.What, $"{c.Count}", $"{c.Most}", c.Passed ? "passed" : "failed"])
        );
        Notes(grade.Notes);
    }

    private static void Notes(IReadOnlyList<string> notes)
    {
        foreach (string note in notes)
        {
            Console.Out.WriteLine($"  note: {TextSummary.Printable(note)}");
        }
    }

    private static void List<T>(IReadOnlyList<T> all, Func<T, string> show)
    {
        foreach (T one in all.Take(MostListed))
        {
            Console.Out.WriteLine(show(one));
        }

        if (all.Count > MostListed)
        {
            Console.Out.WriteLine($"  … and {all.Count - MostListed} more; --json lists all");
        }
    }

    private static string Names(IEnumerable<string> files) => string.Join(", ", files.Select(TextSummary.Printable));

    /// <summary>How densely the defects lie, darker for more of them: shades in steps of a power of ten.</summary>
    private static string Picture(DefectMap map)
    {
        int rows = Math.Max(1, (int)Math.Round(PictureWidth * CharacterShape * map.Height / map.Width));
        rows = Math.Min(rows, PictureWidth);
        int[,] counts = new int[rows, PictureWidth];
        foreach (Defect defect in map.AllPhotosites())
        {
            counts[(int)((long)defect.Y * rows / map.Height), (int)((long)defect.X * PictureWidth / map.Width)]++;
        }

        string edge = $"+{new string('-', PictureWidth)}+\n";
        var picture = new StringBuilder(edge);
        for (int y = 0; y < rows; y++)
        {
            picture.Append('|');
            for (int x = 0; x < PictureWidth; x++)
            {
                picture.Append(Shades[counts[y, x] == 0 ? 0 : Math.Min(Shades.Length - 1, 1 + (int)Math.Log10(counts[y, x]))]);
            }

            picture.Append("|\n");
        }

        return picture.Append(edge).ToString();
    }
}
