using System.Globalization;
using System.Text;
using PixelMend.Benchmarks.Trials;

namespace PixelMend.Benchmarks.Output;

/// <summary>A table of a Markdown page.</summary>
internal sealed class MarkdownTable(params IEnumerable<string> head)
{
    /// <summary>Stands where a method takes no part.</summary>
    public const string None = "–";

    private readonly string[] head = [.. head];
    private readonly List<string[]> rows = [];

    public void Add(params IEnumerable<string> cells) => rows.Add([.. cells]);

    /// <summary>A figure, or the sign that there is none.</summary>
    public static string Cell(double? figure, string format) => figure?.ToString(format, CultureInfo.InvariantCulture) ?? None;

    /// <summary>A gain in dB.</summary>
    public static string Gain(double? figure) => Cell(figure, "+0.0;-0.0;0.0");

    /// <summary>A gain in dB, and the frame that it is of.</summary>
    public static string Gain(FrameGain gain) => $"{Gain(gain.Gain)} {gain.Frame}";

    public override string ToString()
    {
        var text = new StringBuilder();
        Append(text, head);
        Append(text, head.Select(_ => "---"));
        foreach (string[] row in rows)
        {
            Append(text, row);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
