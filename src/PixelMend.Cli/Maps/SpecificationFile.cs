using System.Text.Json;
using System.Text.Json.Serialization;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Verbs;
using PixelMend.Defects;
using PixelMend.Formats;

namespace PixelMend.Cli.Maps;

/// <summary>Specifications of sensors as JSON files, documented in docs/grading.md, and those that have a name.</summary>
internal static class SpecificationFile
{
    /// <summary>Specifications that need no file.</summary>
    public static IReadOnlyDictionary<string, SensorSpecification> Presets { get; } =
        new Dictionary<string, SensorSpecification>(StringComparer.Ordinal) { ["astm-e2597"] = SensorSpecification.AstmE2597 };

    /// <summary>The specification of a name or file.</summary>
    /// <exception cref="FailureException">The file cannot be read, or makes no sense.</exception>
    public static SensorSpecification Read(string name)
    {
        CommonOptions.CheckNamed("--spec", name);
        if (Presets.TryGetValue(name, out SensorSpecification? preset))
        {
            return preset;
        }

        try
        {
            JsonSpecification? file = JsonSerializer.Deserialize(
                InputFile.Read(name, ReadLimits.Default),
                SpecificationJson.Default.JsonSpecification
            );
            return file?.ToSpecification(name) ?? throw FailureException.BadData(name, "there is no specification in it");
        }
        catch (JsonException e)
        {
            string place = e.LineNumber is long number ? $"line {number + 1}: " : "";
            throw FailureException.BadData(
                name,
                $"{place}this is no specification (docs/grading.md): at {e.Path ?? "$"} a value or name is wrong"
            );
        }
    }
}

/// <summary>The content of a specification file.</summary>
internal sealed record JsonSpecification
{
    public IReadOnlyList<JsonZone>? Zones { get; init; }

    public int? LargestCluster { get; init; }

    public int? MostClusters { get; init; }

    public int? MostColumns { get; init; }

    public int? MostRows { get; init; }

    public int? MostKernelPhotosites { get; init; }

    public SensorSpecification ToSpecification(string file)
    {
        var specification = new SensorSpecification
        {
            Zones = [.. (Zones ?? []).Select((z, i) => z.ToZone(file, i + 1))],
            LargestCluster = LargestCluster,
            MostClusters = MostClusters,
            MostColumns = MostColumns,
            MostRows = MostRows,
            MostKernelPhotosites = MostKernelPhotosites,
        };
        int?[] limits = [LargestCluster, MostClusters, MostColumns, MostRows, MostKernelPhotosites];
        return this == new JsonSpecification() ? throw FailureException.BadData(file, "it limits nothing")
            : Array.Find(limits, l => l < 0) is int negative ? throw FailureException.BadData(file, $"a limit of {negative} is impossible")
            : specification;
    }
}

/// <summary>Limits within a part of the sensor.</summary>
internal sealed record JsonZone
{
    public string? Name { get; init; }

    public double? Share { get; init; }

    public int? MostPhotosites { get; init; }

    public Dictionary<string, int>? MostOfKind { get; init; }

    public ZoneSpecification ToZone(string file, int number)
    {
        string name = Name ?? $"zone {number}";
        if (MostPhotosites < 0 || MostOfKind?.Values.Any(most => most < 0) == true)
        {
            throw FailureException.BadData(file, $"{name}: a limit below 0 is impossible");
        }

        return new ZoneSpecification
        {
            Name = name,
            Share = Share is null or (> 0 and <= 1)
                ? Share ?? 1
                : throw FailureException.BadData(file, $"{name}: share {Share} is not above 0 and at most 1"),
            MostPhotosites = MostPhotosites,
            MostOfKind = (MostOfKind ?? []).ToDictionary(
                k =>
                    DefectKinds.TryParse(k.Key, out DefectKind kind)
                        ? kind
                        : throw FailureException.BadData(file, $"{name}: '{k.Key}' is not a kind of defect"),
                k => k.Value
            ),
        };
    }
}

/// <summary>A misspelt limit would pass every sensor: unknown names are refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip
)]
[JsonSerializable(typeof(JsonSpecification))]
internal sealed partial class SpecificationJson : JsonSerializerContext;
