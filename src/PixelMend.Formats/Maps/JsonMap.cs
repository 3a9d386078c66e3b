using System.Buffers;
using System.Text.Json;
using PixelMend.Defects;

namespace PixelMend.Formats.Maps;

/// <summary>The native map file: everything a <see cref="DefectMap"/> holds, rectangles as rectangles, with geometry and provenance.</summary>
public sealed class JsonMap : MapFormat
{
    private const string FormatName = "JSON map";

    /// <inheritdoc/>
    public override string Name => FormatName;

    /// <inheritdoc/>
    public override string Summary => "Read and written: the native format, geometry, photosites, rectangles and provenance, nothing lost.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".json"];

    /// <inheritdoc/>
    public override bool OriginIsFixed => true;

    /// <inheritdoc/>
    public override MapReading Read(ReadOnlyMemory<byte> file, MapContext context)
    {
        var assembly = new MapAssembly(this, context);
        assembly.CheckFile(file.Length);
        JsonMapFile content = Parse(file.Span);
        if (content.Geometry is { } geometry)
        {
            assembly.CheckGeometry(geometry.Width, geometry.Height);
        }

        AddAll(content.Points ?? [], "point", assembly);
        AddAll(content.Regions ?? [], "region", assembly);
        return assembly.Build(content.Provenance?.ToProvenance() ?? MapProvenance.Unknown);
    }

    /// <summary>Writes indented JSON with one defect a line.</summary>
    public override IReadOnlyList<string> Write(DefectMap map, MapContext context, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("format", JsonMapFile.FormatMark);
        json.WriteNumber("version", JsonMapFile.NewestVersion);
        if (context.Size is not null)
        {
            json.WritePropertyName("geometry");
            JsonSerializer.Serialize(
                json,
                new JsonGeometry { Width = map.Width, Height = map.Height },
                JsonMapContext.Default.JsonGeometry
            );
        }

        json.WritePropertyName("provenance");
        JsonSerializer.Serialize(json, JsonProvenance.From(map.Provenance), JsonMapContext.Default.JsonProvenance);
        WriteAll(json, "points", map.Points.Select(JsonEntry.From));
        WriteAll(json, "regions", map.Regions.Select(JsonEntry.From));
        json.WriteEndObject();
        return [];
    }

    private static JsonMapFile Parse(ReadOnlySpan<byte> text)
    {
        text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        JsonMapFile? content;
        try
        {
            content = JsonSerializer.Deserialize(text, JsonMapContext.Default.JsonMapFile);
        }
        catch (JsonException error)
        {
            throw new RawDataException(RawDataError.Malformed, FormatName, Describe(error));
        }

        if (content is null || content.Format != JsonMapFile.FormatMark)
        {
            throw new RawDataException(RawDataError.Malformed, FormatName, $"\"format\" is not \"{JsonMapFile.FormatMark}\"");
        }

        return content.Version == JsonMapFile.NewestVersion
            ? content
            : throw new RawDataException(
                RawDataError.Unsupported,
                FormatName,
                $"version {content.Version} is not known, only {JsonMapFile.NewestVersion}"
            );
    }

    private static void AddAll(IReadOnlyList<JsonEntry> entries, string what, MapAssembly assembly)
    {
        for (int i = 0; i < entries.Count; i++)
        {
            var place = new EntryPlace(what, i + 1);
            JsonEntry entry = entries[i];
            assembly.Add(
                new MapEntry(
                    entry.X,
                    entry.Y,
                    entry.Width ?? 1,
                    entry.Height ?? 1,
                    assembly.Kind(entry.Kind, place),
                    entry.Severity ?? 0,
                    entry.Confidence ?? 1,
                    entry.Details
                ),
                place
            );
        }
    }

    /// <summary>Each entry stands on a line of its own: an indented writer would spread it over many, and puts raw values all on one.</summary>
    private static void WriteAll(Utf8JsonWriter json, string name, IEnumerable<JsonEntry> entries)
    {
        var line = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(line);
        json.WriteStartArray(name);
        foreach (JsonEntry entry in entries)
        {
            line.ResetWrittenCount();
            line.Write("\n    "u8);
            writer.Reset();
            JsonSerializer.Serialize(writer, entry, JsonMapContext.Default.JsonEntry);
            json.WriteRawValue(line.WrittenSpan, skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    /// <summary>Messages that mean nothing to whoever wrote the file.</summary>
    private static bool IsAboutTypes(string message) =>
        message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)
        || message.StartsWith("The constructor parameter", StringComparison.Ordinal)
        || message.StartsWith("The property or field", StringComparison.Ordinal);

    /// <summary>The library's messages name types of this program and end in the place, which comes first here.</summary>
    private static string Describe(JsonException error)
    {
        const string Missing = "missing required properties including: ";
        string place = error.LineNumber is long line ? $"line {line + 1}, {error.Path}: " : "";
        int start = error.Message.IndexOf(Missing, StringComparison.Ordinal);
        string reason =
            start >= 0 ? $"members missing: {error.Message[(start + Missing.Length)..]}"
            : IsAboutTypes(error.Message) ? "a value of the wrong kind or size"
            : error.Message;
        int end = reason.IndexOf(" Path:", StringComparison.Ordinal);
        return place + (end < 0 ? reason : reason[..end]).TrimEnd('.');
    }
}
