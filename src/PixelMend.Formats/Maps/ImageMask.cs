using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Maps;

/// <summary>Maps as images of the sensor's size: 0 is a good photosite, every other value a defect of unknown kind.</summary>
/// <param name="image">The format of the image.</param>
public sealed class ImageMask(FrameFormat image) : MapFormat
{
    private const ushort Marked = 255;

    /// <inheritdoc/>
    public override string Name => $"{image.Name} mask";

    /// <inheritdoc/>
    public override string Summary =>
        "An image of the sensor's size, 0 for good photosites; written with 255 for defects, whose places alone are kept.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions => image.Extensions;

    /// <inheritdoc/>
    public override MapReading Read(ReadOnlyMemory<byte> file, MapContext context)
    {
        var map = new MapAssembly(this, context);
        map.CheckFile(file.Length);
        RawFrame mask = image.Read(file, new ReadOptions { Limits = context.Limits });
        map.CheckGeometry(mask.Width, mask.Height);
        for (int y = 0; y < mask.Height; y++)
        {
            for (int x = 0; x < mask.Width; x++)
            {
                if (mask.Stored(x, y) is not 0 and not float.NaN)
                {
                    map.Add(new MapEntry(x, y), new EntryPlace("row", y));
                }
            }
        }

        return map.Build(MapProvenance.Unknown);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Write(DefectMap map, MapContext context, Stream output)
    {
        var placement = new MapPlacement(this, context);
        Area area = placement.Area ?? throw new NotSupportedException("a mask needs the sensor's size: --size or --frame tells it");
        var mask = new Plane<ushort>(area.Width, area.Height);
        long outside = 0;
        foreach (Defect defect in map.AllPhotosites())
        {
            if (placement.ToFile(new Area(defect.X, defect.Y, 1, 1)) is var (x, y) && x < area.Width && y < area.Height)
            {
                mask.Row(y)[x] = Marked;
            }
            else
            {
                outside++;
            }
        }

        image.Write(new RawFrame(mask, 8, CfaPattern.Mono, new Levels(0, Marked)), output);
        return outside == 0 ? [] : [$"{outside} photosites outside the mask are left out."];
    }
}
