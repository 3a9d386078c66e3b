using PixelMend.Benchmarks.Output;
using PixelMend.Benchmarks.Trials;
using Xunit;

namespace PixelMend.Benchmarks.Tests;

public class OutputTests
{
    [Fact]
    public void Only_the_named_part_of_a_page_is_replaced() =>
        Assert.Equal(
            "a\n<!-- quality: begin -->\n\nnew\n\n<!-- quality: end -->\nb\n",
            PageSection.Replaced("a\n<!-- quality: begin -->\nold\n<!-- quality: end -->\nb\n", "quality", "new\n")
        );

    [Fact]
    public void A_page_without_the_part_is_refused() =>
        Assert.Throws<InvalidDataException>(() => PageSection.Replaced("a\n", "quality", "new"));

    [Fact]
    public void Tables_say_where_there_is_no_figure()
    {
        var table = new MarkdownTable(["name", "dB"]);
        table.Add(["one", MarkdownTable.Cell(41.26, "0.0")]);
        table.Add(["two", MarkdownTable.Cell(null, "0.0")]);
        Assert.Equal("| name | dB |\n| --- | --- |\n| one | 41.3 |\n| two | – |\n", table.ToString());
    }

    [Fact]
    public void Trials_of_a_frame_are_averaged_first_then_frames()
    {
        var results = new Results();
        results.Add("a", "model", "F1", 0.5);
        results.Add("a", "model", "F1", 0.7);
        results.Add("b", "model", "F1", 0.9);
        results.Add("a", "peer", "F1", 0.4);
        results.Add("b", "peer", "F1", null);
        Assert.Equal(0.75, results.Mean("model", "F1")!.Value, 1e-12);
        Assert.Equal(0.9, results.Worst("model", "F1"));
        Assert.Null(results.Mean("peer", "F1"));
        Assert.Equal([("a", 0.2)], results.Gains("model", "F1", ["peer"]).Select(g => (g.Frame, Math.Round(g.Gain, 12))));
    }
}
