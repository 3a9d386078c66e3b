using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Dng;

/// <summary>The defects that a DNG declares by its FixBadPixels opcodes, as a map for other frames. They are written into a copy of a frame's file.</summary>
public sealed class DngMap : MapFormat
{
    private readonly DngFormat format = new();

    /// <inheritdoc/>
    public override string Name => "DNG opcodes";

    /// <inheritdoc/>
    public override string Summary =>
        "The FixBadPixels opcodes of a DNG, written into a copy of a frame: 'map convert MAP --frame FRAME.dng --out COPY.dng', or 'correct --opcodes'.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions => format.Extensions;

    /// <inheritdoc/>
    public override bool OriginIsFixed => true;

    /// <inheritdoc/>
    public override bool StandsInFrame => true;

    /// <inheritdoc/>
    public override MapReading Read(ReadOnlyMemory<byte> file, MapContext context)
    {
        var map = new Maps.MapAssembly(this, context);
        map.CheckFile(file.Length);
        // Opcodes list photosites, whose colours do not matter here.
        RawFrame frame = format.Read(file, new ReadOptions { Limits = context.Limits, Cfa = CfaPattern.Mono });
        map.CheckGeometry(frame.Width, frame.Height);
        int number = 0;
        foreach (Defect point in frame.Embedded.Points)
        {
            map.Add(new Maps.MapEntry(point.X, point.Y), new Maps.EntryPlace("point", ++number));
        }

        foreach (DefectRegion region in frame.Embedded.Regions)
        {
            Area area = region.Area;
            map.Add(new Maps.MapEntry(area.Left, area.Top, area.Width, area.Height), new Maps.EntryPlace("rectangle", ++number));
        }

        foreach (string note in frame.Info.Notes)
        {
            map.Note(note);
        }

        return map.Build(frame.Embedded.Provenance);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Write(DefectMap map, MapContext context, Stream output)
    {
        ReadOnlyMemory<byte> frame =
            context.Carrier ?? throw new NotSupportedException("a DNG holds a map beside its frame: --frame FRAME.dng names one");
        format.WriteWithOpcodes(frame, map, output);
        return [];
    }
}
