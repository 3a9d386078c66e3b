using System.Text.Json;
using System.Text.Json.Serialization;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;

namespace PixelMend.Cli.Outputs;

/// <summary>The record of every changed photosite of a run, from which each output can be turned back into its input.</summary>
/// <param name="Program">Name and version.</param>
/// <param name="Files">One for each frame that was repaired, in the order of the inputs.</param>
internal sealed record DeltaFile(string Program, IReadOnlyList<FileDelta> Files)
{
    public static void Write(IReadOnlyList<FileResult> results, OutputTarget target)
    {
        var delta = new DeltaFile(ProgramInfo.NameAndVersion, [.. results.SelectMany(r => r.Deltas)]);
        VerifiedFile.Write(target, stream => JsonSerializer.Serialize(stream, delta, DeltaJson.Default.DeltaFile), check: null);
    }
}

/// <summary>The record as JSON, generated at build time; floats that are not numbers are written as the words <c>NaN</c> and <c>Infinity</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals
)]
[JsonSerializable(typeof(DeltaFile))]
internal sealed partial class DeltaJson : JsonSerializerContext;
