using System.Text;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Maps;

/// <summary>
/// Defects as comma-separated lines under a header, one photosite a line, provenance in <c>#</c> comments.
/// Reading needs columns <c>x</c> and <c>y</c> only, in any order; lines without a header are <c>x,y</c> and what follows in the usual order.
/// Rectangles can be read through the columns <c>width</c> and <c>height</c>, but are written photosite by photosite, so that
/// any program that reads x and y sees every defect.
/// </summary>
public sealed class CsvMap : MapFormat
{
    private static readonly string[] Usual = ["x", "y", "kind", "severity", "confidence"];

    /// <inheritdoc/>
    public override string Name => "CSV map";

    /// <inheritdoc/>
    public override string Summary =>
        "Read and written: x,y,kind,severity,confidence with a header line and # comments; rows, columns and rectangles become single photosites.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".csv"];

    /// <inheritdoc/>
    public override MapReading Read(ReadOnlyMemory<byte> file, MapContext context)
    {
        var assembly = new MapAssembly(this, context);
        assembly.CheckFile(file.Length);
        var comments = new CsvComments();
        CsvColumns? columns = null;
        int number = 0;
        ReadOnlySpan<byte> text = file.Span;
        text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        foreach (Range range in TextLines.Of(text))
        {
            ReadOnlySpan<byte> line = text[range].Trim(" \t\r"u8);
            var place = new EntryPlace("line", ++number);
            if (line.IsEmpty)
            {
                continue;
            }

            if (line[0] == '#')
            {
                comments.Read(Encoding.UTF8.GetString(line[1..]), assembly, place);
                continue;
            }

            if (columns is null)
            {
                columns = CsvColumns.FromFirstLine(line, Usual, assembly, place, out bool isHeader);
                if (isHeader)
                {
                    continue;
                }
            }

            assembly.Add(columns.Read(line, assembly, place), place);
        }

        return assembly.Build(comments.Provenance);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Write(DefectMap map, MapContext context, Stream output)
    {
        var placement = new MapPlacement(this, context);
        placement.RequireSizeToFlip();
        long outside = 0;
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true)
        {
            NewLine = "\n",
        };
        CsvComments.Write(map, placement.Area, text);
        text.WriteLine(string.Join(',', Usual));
        foreach (Defect defect in map.AllPhotosites())
        {
            if (placement.ToFile(new Area(defect.X, defect.Y, 1, 1)) is not var (x, y))
            {
                outside++;
                continue;
            }

            string kind = DefectKinds.NameOf(defect.Kind);
            text.WriteLine($"{x},{y},{kind},{Finite.Or0(defect.Severity)},{Finite.Or0(defect.Confidence)}");
        }

        return MapPlacement.Outside(outside);
    }
}
