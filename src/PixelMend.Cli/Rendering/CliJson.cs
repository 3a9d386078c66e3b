using System.Text.Json.Serialization;
using PixelMend.Cli.Calibrating;
using PixelMend.Cli.Jobs;
using PixelMend.Cli.Learning;
using PixelMend.Cli.Maps;
using PixelMend.Cli.Trials;

namespace PixelMend.Cli.Rendering;

/// <summary>The JSON that the program prints, generated at build time. Field names are documented in docs/json.md and stay.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals
)]
[JsonSerializable(typeof(RunSummary))]
[JsonSerializable(typeof(SimulationSummary))]
[JsonSerializable(typeof(CalibrationSummary))]
[JsonSerializable(typeof(LearningSummary))]
[JsonSerializable(typeof(EvaluationSummary))]
[JsonSerializable(typeof(FormatList))]
[JsonSerializable(typeof(AlgorithmList))]
[JsonSerializable(typeof(MapSummary))]
[JsonSerializable(typeof(WrittenMapSummary))]
[JsonSerializable(typeof(DifferenceSummary))]
[JsonSerializable(typeof(GradeSummary))]
internal sealed partial class CliJson : JsonSerializerContext;
