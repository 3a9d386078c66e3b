using System.Text.Json.Serialization;
using PixelMend.Defects;

namespace PixelMend.Formats.Maps;

/// <summary>The content of a native map file, member by member.</summary>
internal sealed record JsonMapFile
{
    public const string FormatMark = "pixelmend-defect-map";

    public const int NewestVersion = 1;

    public required string Format { get; init; }

    public required int Version { get; init; }

    /// <summary>Absent where the map was made from a list that does not tell it.</summary>
    public JsonGeometry? Geometry { get; init; }

    public JsonProvenance? Provenance { get; init; }

    public IReadOnlyList<JsonEntry>? Points { get; init; }

    public IReadOnlyList<JsonEntry>? Regions { get; init; }
}

/// <summary>Size of the sensor.</summary>
internal sealed record JsonGeometry
{
    public required int Width { get; init; }

    public required int Height { get; init; }
}

/// <summary>A photosite, or a rectangle where width and height are given.</summary>
internal readonly record struct JsonEntry
{
    public required int X { get; init; }

    public required int Y { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public string? Kind { get; init; }

    public float? Severity { get; init; }

    public float? Confidence { get; init; }

    public JsonActivation? Activation { get; init; }

    public DateTimeOffset? FirstSeen { get; init; }

    public DateTimeOffset? LastSeen { get; init; }

    public string? Source { get; init; }

    /// <summary>What the members beyond place, kind and measures say; null where they say nothing.</summary>
    [JsonIgnore]
    public DefectDetails? Details =>
        Activation is null && FirstSeen is null && LastSeen is null && Source is null
            ? null
            : new DefectDetails
            {
                Activation = Activation?.ToActivation(),
                FirstSeen = FirstSeen,
                LastSeen = LastSeen,
                Source = Source,
            };

    public static JsonEntry From(Defect defect) =>
        new()
        {
            X = defect.X,
            Y = defect.Y,
            Kind = DefectKinds.NameOf(defect.Kind),
            Severity = Finite.Or0(defect.Severity),
            Confidence = Finite.Or0(defect.Confidence),
            Activation = JsonActivation.From(defect.Details?.Activation),
            FirstSeen = defect.Details?.FirstSeen,
            LastSeen = defect.Details?.LastSeen,
            Source = defect.Details?.Source,
        };

    public static JsonEntry From(DefectRegion region) =>
        new()
        {
            X = region.Area.Left,
            Y = region.Area.Top,
            Width = region.Area.Width,
            Height = region.Area.Height,
            Kind = DefectKinds.NameOf(region.Kind),
            Severity = Finite.Or0(region.Severity),
            Confidence = Finite.Or0(region.Confidence),
            Activation = JsonActivation.From(region.Details?.Activation),
            FirstSeen = region.Details?.FirstSeen,
            LastSeen = region.Details?.LastSeen,
            Source = region.Details?.Source,
        };
}

/// <summary>When a defect shows.</summary>
internal sealed record JsonActivation
{
    public required double DarkCurrent { get; init; }

    public double? Offset { get; init; }

    public double? ExposureSeconds { get; init; }

    public double? Iso { get; init; }

    public double? TemperatureCelsius { get; init; }

    public double? DoublingKelvin { get; init; }

    public static JsonActivation? From(Activation? activation) =>
        activation is null
            ? null
            : new JsonActivation
            {
                DarkCurrent = activation.DarkCurrent,
                Offset = activation.Offset,
                ExposureSeconds = activation.ExposureSeconds,
                Iso = activation.Iso,
                TemperatureCelsius = activation.TemperatureCelsius,
                DoublingKelvin = activation.DoublingKelvin,
            };

    public Activation ToActivation() =>
        new()
        {
            DarkCurrent = DarkCurrent,
            Offset = Offset ?? 0,
            ExposureSeconds = ExposureSeconds,
            Iso = Iso,
            TemperatureCelsius = TemperatureCelsius,
            DoublingKelvin = DoublingKelvin,
        };
}

/// <summary>Where the map comes from.</summary>
internal sealed record JsonProvenance
{
    public IReadOnlyList<string>? Files { get; init; }

    public string? Algorithm { get; init; }

    public Dictionary<string, string>? Parameters { get; init; }

    public string? Program { get; init; }

    public string? Camera { get; init; }

    public static JsonProvenance From(MapProvenance provenance) =>
        new()
        {
            Files = provenance.Files,
            Algorithm = provenance.Algorithm,
            Parameters = new Dictionary<string, string>(provenance.Parameters, StringComparer.Ordinal),
            Program = provenance.Program,
            Camera = provenance.Camera,
        };

    /// <summary>A hand-edited file may hold null where a text belongs; such entries say nothing.</summary>
    public MapProvenance ToProvenance() =>
        new()
        {
            Files = [.. (Files ?? []).OfType<string>()],
            Algorithm = Algorithm,
            Parameters = (Parameters ?? []).Where(p => p.Value is not null).ToDictionary(StringComparer.Ordinal),
            Program = Program,
            Camera = Camera,
        };
}

/// <summary>Serialisation without reflection, so that ahead-of-time compilation keeps it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false
)]
[JsonSerializable(typeof(JsonMapFile))]
internal sealed partial class JsonMapContext : JsonSerializerContext;
