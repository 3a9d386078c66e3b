using PixelMend.Benchmarks.Frames;
using PixelMend.Benchmarks.Output;
using PixelMend.Benchmarks.Trials;

namespace PixelMend.Benchmarks;

/// <summary>
/// Every kind of filter array on the same pictures: real frames made coarser in linear light until every colour is known everywhere, noise added, and
/// mosaicked anew. One code path for all of them.
/// </summary>
internal static class MosaicsCommand
{
    private static readonly SitePattern[] Patterns = [SitePattern.Isolated, SitePattern.Couplet, SitePattern.Square, SitePattern.Column];

    private static readonly DefectLoad[] Loads = [new("mixed", 1e-3), new("clusters", 1e-3)];

    public static string Run(Arguments arguments, ParallelOptions options)
    {
        Picture[] pictures = [.. arguments.Frames().Select(Picture.Shrink).OfType<Picture>().Where(Mosaic.IsLargeEnough)];
        var summary = new MarkdownTable([
            "filter array",
            .. Patterns.Select(p => $"{p.Name}: dB"),
            .. Loads.Select(l => $"{l}: F1"),
            $"{DetectionTrial.Clean}, mean / worst",
        ]);
        var details = new MarkdownTable([
            "filter array",
            "method",
            .. Patterns.Select(p => p.Name),
            .. Loads.Select(l => l.F1),
            $"{DetectionTrial.Clean}, mean",
            "worst",
        ]);
        foreach (Mosaic mosaic in Mosaic.All)
        {
            Console.Error.WriteLine($"{mosaic.Name} ...");
            var results = new Results();
            foreach (Picture picture in pictures)
            {
                BenchFrame frame = mosaic.Take(picture, options);
                RepairTrial.Run(frame, Patterns, arguments.Seeds, results, options);
                DetectionTrial.Run(frame, Loads, arguments.Seeds, results, options);
            }

            Summarise(mosaic, results, summary);
            Detail(mosaic, results, details);
        }

        return $"""
            Pictures: {string.Join(", ", pictures.Select(p => $"{p.Name} ({p.Width} × {p.Height})"))}; seeds {string.Join(
                ", ",
                arguments.Seeds
            )}.

            {summary}
            <details>
            <summary>Every method on every filter array</summary>

            {details}
            </details>
            """;
    }

    private static string[] MethodNames => [.. Methods.Correctors.Select(m => m.Name).Union(Methods.Detectors.Select(m => m.Name))];

    /// <summary>The model's figures, each beside the best of all others.</summary>
    private static void Summarise(Mosaic mosaic, Results results, MarkdownTable table)
    {
        string[] others = [.. MethodNames.Where(m => m != Methods.Default)];
        table.Add([
            mosaic.Name,
            .. Patterns.Select(p => Repair(results, p.Name, others)),
            .. Loads.Select(l => Detection(results, l.F1, others)),
            $"{MarkdownTable.Cell(results.Mean(Methods.Default, DetectionTrial.Clean), "0.0")} / "
                + MarkdownTable.Cell(results.Worst(Methods.Default, DetectionTrial.Clean), "0.0"),
        ]);
    }

    /// <summary>PSNR, then the gain over the best of the others on each frame: its mean, and the least and where it is.</summary>
    private static string Repair(Results results, string measure, string[] others)
    {
        IReadOnlyList<FrameGain> gains = results.Gains(Methods.Default, measure, others);
        string figure = MarkdownTable.Cell(results.Mean(Methods.Default, measure), "0.0");
        return $"**{figure}**; {MarkdownTable.Gain(gains.Average(g => g.Gain))} (least {MarkdownTable.Gain(gains[0])}), next {Next(results, measure, others)}";
    }

    private static string Detection(Results results, string measure, string[] others)
    {
        string next = Next(results, measure, others);
        return $"**{MarkdownTable.Cell(results.Mean(Methods.Default, measure), ".000")}**; {MarkdownTable.Cell(results.Mean(next, measure), ".000")} {next}";
    }

    private static string Next(Results results, string measure, string[] others) =>
        others.Where(o => results.Mean(o, measure) is not null).MaxBy(o => results.Mean(o, measure)) ?? MarkdownTable.None;

    private static void Detail(Mosaic mosaic, Results results, MarkdownTable table)
    {
        string[] measures = [.. Patterns.Select(p => p.Name), .. Loads.Select(l => l.F1), DetectionTrial.Clean];
        foreach (string method in MethodNames.Where(m => measures.Any(k => results.Mean(m, k) is not null)))
        {
            table.Add([
                mosaic.Name,
                method,
                .. Patterns.Select(p => MarkdownTable.Cell(results.Mean(method, p.Name), "0.0")),
                .. Loads.Select(l => MarkdownTable.Cell(results.Mean(method, l.F1), ".000")),
                MarkdownTable.Cell(results.Mean(method, DetectionTrial.Clean), "0.0"),
                MarkdownTable.Cell(results.Worst(method, DetectionTrial.Clean), "0.0"),
            ]);
        }
    }
}
