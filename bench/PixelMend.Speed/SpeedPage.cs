using System.Text;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using PixelMend.Benchmarks.Output;

namespace PixelMend.Speed;

/// <summary>Runs the benchmarks and writes their page, and the part of it that the README shows.</summary>
internal static class SpeedPage
{
    /// <summary>The part of both pages that holds the table.</summary>
    private const string Section = "speed";

    private const string Empty = $"<!-- {Section}: begin -->\n<!-- {Section}: end -->";

    /// <summary>Runs everything: some minutes.</summary>
    public static void Write()
    {
        // What is built with the first call is built now, and not while the clock runs.
        ProcessBenchmarks.Run(Checkout.Launcher, "--version");
        IConfig config = new ManualConfig()
            .AddJob(
                Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
                    .WithStrategy(RunStrategy.Monitoring)
                    .WithWarmupCount(1)
                    .WithIterationCount(5)
            )
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .WithArtifactsPath(Path.Combine(Checkout.Root, "artifacts", "speed"))
            .WithOptions(ConfigOptions.DisableLogFile);
        Type[] all = [typeof(FrameBenchmarks), typeof(CodecBenchmarks), typeof(ProcessBenchmarks)];
        Summary[] summaries = [.. all.Select(type => BenchmarkRunner.Run(type, config))];
        string table = Table(summaries);
        File.WriteAllText(
            Checkout.Result("speed.md"),
            $"""
            # Speed

            Written by `bench/speed`, which also puts the table into the README. Medians of five runs each; ratios are to the first line of the
            group. {string.Join("; ", summaries[0].HostEnvironmentInfo.ToFormattedString().Where(line => line.Length > 0))}.

            {Empty}

            """
        );
        PageSection.Replace(Checkout.Result("speed.md"), Section, table);
        PageSection.Replace(Path.Combine(Checkout.Root, "README.md"), Section, table);
    }

    private static string Table(IEnumerable<Summary> summaries)
    {
        var text = new StringBuilder("| what | time | ratio |\n| --- | --- | --- |\n");
        foreach (Summary summary in summaries)
        {
            foreach (IGrouping<string, BenchmarkReport> group in summary.Reports.GroupBy(r => r.BenchmarkCase.Parameters.DisplayInfo))
            {
                double unit = group.First(r => summary.IsBaseline(r.BenchmarkCase)).ResultStatistics!.Median;
                foreach (BenchmarkReport report in group)
                {
                    string size = report.BenchmarkCase.Parameters.Items is [{ Value: int megapixels }] ? $"{megapixels} MP, " : "";
                    double median = report.ResultStatistics!.Median;
                    string name = report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');
                    text.Append($"| {size}{name} | {median / 1e6:0.0} ms | {median / unit:0.0} |\n");
                }
            }
        }

        return text.ToString();
    }
}
