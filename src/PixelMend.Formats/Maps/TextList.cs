using System.Text;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Maps;

/// <summary>A list of photosites as lines of numbers and words, comments behind <c>#</c>: what such formats have in common.</summary>
public abstract class TextList : MapFormat
{
    /// <summary>Longer lines are a sign of something else than a list.</summary>
    private const int LongestLine = 1000;

    private const char Comment = '#';

    private static readonly char[] Blank = [' ', '\t', ','];

    /// <summary>Whether rows count from the top of the picture, however the frame stores them.</summary>
    private protected virtual bool FollowsPicture => false;

    /// <summary>Whether rectangles are written as such where <see cref="WriteEntry"/> can; else as photosites.</summary>
    private protected virtual bool HasLines => false;

    /// <inheritdoc/>
    public sealed override MapReading Read(ReadOnlyMemory<byte> file, MapContext context)
    {
        var map = new MapAssembly(this, context, FollowsPicture);
        map.CheckFile(file.Length);
        int number = 0;
        bool isFirst = true;
        foreach (Range range in TextLines.Of(WithoutMark(file.Span)))
        {
            ReadOnlySpan<byte> line = WithoutMark(file.Span)[range];
            var place = new EntryPlace("line", ++number);
            string[] fields = Fields(line, out bool isTooLong);
            if (isTooLong)
            {
                throw map.Malformed(place, $"a line of {line.Length} characters is no entry of a list");
            }

            if (fields.Length > 0)
            {
                ReadEntry(fields, isFirst, map, place);
                isFirst = false;
            }
        }

        return map.Build(MapProvenance.Unknown);
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<string> Write(DefectMap map, MapContext context, Stream output)
    {
        var placement = new MapPlacement(this, context, FollowsPicture);
        placement.RequireSizeToFlip();
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true)
        {
            NewLine = "\n",
        };
        WriteHeader(text, map);
        long outside = 0;
        foreach (DefectRegion region in HasLines ? Regions(map) : map.AllPhotosites().Select(AsRegion))
        {
            if (placement.ToFile(region.Area) is var (x, y))
            {
                var entry = new MapEntry(x, y, region.Area.Width, region.Area.Height, region.Kind, Details: region.Details);
                WriteEntry(text, entry, placement.Area);
            }
            else
            {
                outside += region.Area.Count;
            }
        }

        List<string> notes = [.. MapPlacement.Outside(outside)];
        if (placement.IsGuess && !map.IsEmpty)
        {
            notes.Add("Readers count from the visible area, which is not known: the whole sensor is taken for it; --frame tells.");
        }

        return notes;
    }

    /// <summary>Adds what the fields of a line say.</summary>
    private protected abstract void ReadEntry(string[] fields, bool isFirst, MapAssembly map, EntryPlace place);

    /// <summary>Writes lines before the entries.</summary>
    private protected abstract void WriteHeader(TextWriter text, DefectMap map);

    /// <summary>Writes an entry in file coordinates, larger than one photosite only where the format has lines.</summary>
    /// <param name="text">Receives the line.</param>
    /// <param name="entry">What to write.</param>
    /// <param name="area">The area that its coordinates count in, where known.</param>
    private protected abstract void WriteEntry(TextWriter text, in MapEntry entry, Area? area);

    /// <summary>The fields of the first line that is no comment.</summary>
    private protected static string[] FirstFields(ReadOnlySpan<byte> file)
    {
        foreach (Range range in TextLines.Of(WithoutMark(file)))
        {
            if (Fields(WithoutMark(file)[range], out bool isTooLong) is { Length: > 0 } || isTooLong)
            {
                return isTooLong ? [] : Fields(WithoutMark(file)[range], out _);
            }
        }

        return [];
    }

    /// <summary>Refuses a line with too few fields.</summary>
    private protected static void Require(int count, string what, string[] fields, MapAssembly map, EntryPlace place)
    {
        if (fields.Length < count)
        {
            throw map.Malformed(place, $"'{MapAssembly.Shown(string.Join(' ', fields))}' is not {what}");
        }
    }

    private static string[] Fields(ReadOnlySpan<byte> line, out bool isTooLong)
    {
        int comment = line.IndexOf((byte)Comment);
        line = (comment < 0 ? line : line[..comment]).Trim(" \t\r"u8);
        isTooLong = line.Length > LongestLine;
        return isTooLong
            ? []
            : Encoding.UTF8.GetString(line).Split(Blank, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) => text.StartsWith("\uFEFF"u8) ? text[3..] : text;

    private static IEnumerable<DefectRegion> Regions(DefectMap map) => map.Points.Select(AsRegion).Concat(map.Regions);

    private static DefectRegion AsRegion(Defect defect) =>
        new(new Area(defect.X, defect.Y, 1, 1), defect.Kind, defect.Severity, defect.Confidence, defect.Details);
}
