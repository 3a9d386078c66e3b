using System.Globalization;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Maps;

/// <summary>What the comment lines of a CSV map say: geometry and provenance. Comments of other programs pass unread.</summary>
internal sealed class CsvComments
{
    private const string Geometry = "geometry";
    private const string File = "file";
    private const string Algorithm = "algorithm";
    private const string Parameter = "parameter ";
    private const string Program = "program";
    private const string Camera = "camera";

    private readonly List<string> files = [];
    private readonly Dictionary<string, string> parameters = new(StringComparer.Ordinal);
    private string? algorithm;
    private string? program;
    private string? camera;

    /// <summary>What has been read so far.</summary>
    public MapProvenance Provenance =>
        new()
        {
            Files = files,
            Algorithm = algorithm,
            Parameters = parameters,
            Program = program,
            Camera = camera,
        };

    /// <summary>Reads one comment, without its <c>#</c>.</summary>
    public void Read(string comment, MapAssembly assembly, EntryPlace place)
    {
        string text = comment.Trim();
        if (text.StartsWith(Geometry, StringComparison.Ordinal))
        {
            ReadGeometry(text[Geometry.Length..].TrimStart(' ', ':'), assembly, place);
            return;
        }

        int colon = text.IndexOf(':');
        if (colon < 0)
        {
            return;
        }

        string key = text[..colon];
        string value = text[(colon + 1)..].TrimStart();
        switch (key)
        {
            case File:
                files.Add(value);
                break;
            case Algorithm:
                algorithm = value;
                break;
            case Program:
                program = value;
                break;
            case Camera:
                camera = value;
                break;
            case not null when key.StartsWith(Parameter, StringComparison.Ordinal):
                parameters[key[Parameter.Length..]] = value;
                break;
        }
    }

    /// <summary>Writes geometry, provenance and what readers should know.</summary>
    /// <param name="map">The map.</param>
    /// <param name="area">What coordinates count in; null where the sensor's size is not known.</param>
    /// <param name="text">Receives the lines.</param>
    public static void Write(DefectMap map, Area? area, TextWriter text)
    {
        text.WriteLine("# PixelMend defect map: 0-based photosites of the whole stored image, rectangles written photosite by photosite");
        if (area is { } known)
        {
            text.WriteLine($"# {Geometry} {known.Width}x{known.Height}");
        }

        MapProvenance provenance = map.Provenance;
        foreach (string file in provenance.Files)
        {
            Write(text, File, file);
        }

        Write(text, Algorithm, provenance.Algorithm);
        foreach ((string name, string value) in provenance.Parameters)
        {
            Write(text, Parameter + name, value);
        }

        Write(text, Program, provenance.Program);
        Write(text, Camera, provenance.Camera);
    }

    private static void ReadGeometry(string value, MapAssembly assembly, EntryPlace place)
    {
        string[] sides = value.Split('x', '×');
        if (
            sides.Length != 2
            || !long.TryParse(sides[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out long width)
            || !long.TryParse(sides[1], NumberStyles.Integer, CultureInfo.InvariantCulture, out long height)
        )
        {
            throw assembly.Malformed(place, $"geometry '{value}' is not WIDTHxHEIGHT");
        }

        assembly.CheckGeometry(width, height);
    }

    /// <summary>A line break within a value would end the comment.</summary>
    private static void Write(TextWriter text, string key, string? value)
    {
        if (value is not null)
        {
            text.WriteLine($"# {key}: {value.ReplaceLineEndings(" ")}");
        }
    }
}
