using PixelMend.Benchmarks.Frames;
using PixelMend.Benchmarks.Output;
using PixelMend.Benchmarks.Trials;

namespace PixelMend.Benchmarks;

/// <summary>Repair and detection of known defects in real frames, ours beside the peers' formulas on the same input.</summary>
internal static class QualityCommand
{
    private const double Dense = 1e-3;
    private const double Sparse = 1e-4;

    /// <summary>The two peers that repair single photosites best, against whom gains are counted.</summary>
    private static readonly string[] Best = ["RawTherapee*", "DNG SDK*"];

    private static readonly DefectLoad[] Loads = [new("mixed", Dense), new("fixpix", Dense), new("clusters", Dense), new("mixed", Sparse)];

    public static string Run(Arguments arguments, ParallelOptions options)
    {
        var repair = new Results();
        var detection = new Results();
        IEnumerable<BenchFrame> stars = arguments.Files.Count == 0 ? [UndersampledStars.Take(options)] : [];
        foreach (BenchFrame frame in arguments.Frames().Concat(stars))
        {
            Console.Error.WriteLine($"{frame.Name} ...");
            RepairTrial.Run(frame, SitePattern.All, arguments.Seeds, repair, options);
            DetectionTrial.Run(frame, Loads, arguments.Seeds, detection, options);
        }

        return $"""
            ### Repair of isolated photosites

            {Isolated(repair)}
            ### Repair of couplets, clusters and columns

            {Patterns(repair)}
            ### Detection

            {Detectors(detection)}
            The default detector, frame by frame (recall / precision / F1; seeds {string.Join(", ", arguments.Seeds)}):

            {FrameByFrame(detection)}
            """;
    }

    private static string[] Correctors => [.. Methods.Correctors.Select(m => m.Name)];

    private static MarkdownTable Isolated(Results results)
    {
        string measure = SitePattern.Isolated.Name;
        var table = new MarkdownTable(["PSNR dB", .. Correctors, "model over the better of the first two"]);
        foreach (string frame in results.Frames)
        {
            double? gain = results[frame, Methods.Default, measure] - Best.Max(b => results[frame, b, measure]);
            table.Add([frame, .. Correctors.Select(m => MarkdownTable.Cell(results[frame, m, measure], "0.0")), MarkdownTable.Gain(gain)]);
        }

        AddGains(table, "**mean gain**", m => results.Gains(m, measure, Best), g => g.Average(f => f.Gain));
        AddGains(table, "**least gain**", m => results.Gains(m, measure, Best), g => g[0].Gain);
        return table;
    }

    private static void AddGains(
        MarkdownTable table,
        string name,
        Func<string, IReadOnlyList<FrameGain>> gains,
        Func<IReadOnlyList<FrameGain>, double> fold
    ) =>
        table.Add([
            name,
            .. Correctors.Select(m => gains(m) is { Count: > 0 } all ? MarkdownTable.Gain(fold(all)) : MarkdownTable.None),
            "",
        ]);

    private static MarkdownTable Patterns(Results results)
    {
        string[] peers = [.. Methods.Correctors.Where(m => m.IsPeer).Select(m => m.Name)];
        var table = new MarkdownTable([
            "PSNR dB, mean over the frames",
            .. Correctors,
            "model over the best peer on each frame, mean",
            "least",
        ]);
        foreach (SitePattern pattern in SitePattern.All)
        {
            IReadOnlyList<FrameGain> gains = results.Gains(Methods.Default, pattern.Name, peers);
            table.Add([
                pattern.Name,
                .. Correctors.Select(m => MarkdownTable.Cell(results.Mean(m, pattern.Name), "0.0")),
                gains.Count == 0 ? MarkdownTable.None : MarkdownTable.Gain(gains.Average(g => g.Gain)),
                gains.Count == 0 ? MarkdownTable.None : MarkdownTable.Gain(gains[0]),
            ]);
        }

        return table;
    }

    private static MarkdownTable Detectors(Results results)
    {
        var table = new MarkdownTable([
            "F1 (recall), mean over the frames",
            .. Loads.Select(l => l.ToString()),
            "clean frames: FP/Mpx, median",
            "worst",
        ]);
        foreach (string method in Methods.Detectors.Select(m => m.Name))
        {
            table.Add([
                method,
                .. Loads.Select(l =>
                    results.Mean(method, l.F1) is { } f1
                        ? $"{MarkdownTable.Cell(f1, ".000")} ({MarkdownTable.Cell(results.Mean(method, l.Recall), ".000")})"
                        : MarkdownTable.None
                ),
                MarkdownTable.Cell(results.Median(method, DetectionTrial.Clean), "0.0"),
                MarkdownTable.Cell(results.Worst(method, DetectionTrial.Clean), "0.0"),
            ]);
        }

        return table;
    }

    private static MarkdownTable FrameByFrame(Results results)
    {
        var table = new MarkdownTable(["frame", DetectionTrial.Clean, .. Loads.Select(l => l.ToString())]);
        foreach (string frame in results.Frames)
        {
            table.Add([
                frame,
                MarkdownTable.Cell(results[frame, Methods.Default, DetectionTrial.Clean], "0.0"),
                .. Loads.Select(l =>
                    string.Join(
                        " / ",
                        new[] { l.Recall, l.Precision, l.F1 }.Select(m => MarkdownTable.Cell(results[frame, Methods.Default, m], "0.000"))
                    )
                ),
            ]);
        }

        return table;
    }
}
