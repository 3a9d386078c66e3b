using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Findings;
using PixelMend.Cli.Jobs;

namespace PixelMend.Cli.Reports;

/// <summary>A report as a file: a page for people, or the same figures as JSON.</summary>
/// <param name="Summary">The run.</param>
/// <param name="Findings">What was seen in each frame, by the file's name.</param>
internal sealed record ReportFile(RunSummary Summary, IReadOnlyList<ReportEntry> Findings)
{
    /// <summary>Crops of all files together: enough to look at, few enough to load.</summary>
    private const int MostCrops = 200;

    private const int CropsForOneFile = 20;

    /// <summary>How many crops each of so many files gets.</summary>
    public static int CropsFor(int files) => Math.Clamp(MostCrops / Math.Max(1, files), 1, CropsForOneFile);

    /// <summary>Refuses a report's name before any work is done for it.</summary>
    /// <exception cref="FailureException">It is neither a page nor JSON.</exception>
    public static void CheckName(string path)
    {
        if (!IsJson(path) && !Is(path, ".html") && !Is(path, ".htm"))
        {
            throw FailureException.Usage($"--report {path}: a report's name ends in .html or .json");
        }
    }

    public static void Write(RunSummary summary, OutputTarget target)
    {
        var report = new ReportFile(summary, [.. summary.Files.SelectMany(EntriesOf)]);
        VerifiedFile.Write(
            target,
            stream =>
            {
                if (IsJson(target.Path))
                {
                    JsonSerializer.Serialize(stream, report, ReportJson.Default.ReportFile);
                }
                else
                {
                    stream.Write(Encoding.UTF8.GetBytes(HtmlReport.Render(summary)));
                }
            },
            check: null
        );
    }

    private static IEnumerable<ReportEntry> EntriesOf(FileResult file) =>
        file.Frames.Count > 0 ? file.Frames.Select(f => new ReportEntry(file.File, f.Findings) { Frame = f })
        : file.Findings is { } findings ? [new ReportEntry(file.File, findings)]
        : [];

    /// <summary>Whether a report of this name shows pictures.</summary>
    public static bool HasPictures(string path) => !IsJson(path);

    private static bool IsJson(string path) => Is(path, ".json");

    private static bool Is(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}

/// <summary>One frame's findings, where it was looked at closely.</summary>
internal sealed record ReportEntry(string File, FrameFindings? Findings)
{
    /// <summary>Which frame it is of a file that holds several, and its figures.</summary>
    public FrameFigures? Frame { get; init; }
}

/// <summary>The report as JSON, generated at build time.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals
)]
[JsonSerializable(typeof(ReportFile))]
internal sealed partial class ReportJson : JsonSerializerContext;
