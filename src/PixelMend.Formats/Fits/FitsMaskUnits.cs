using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Fits;

/// <summary>The masks that stand beside images in a file: read as the images' own lists of defects, and kept true when samples are repaired.</summary>
internal sealed class FitsMaskUnits(IReadOnlyList<FitsUnit> units, ReadLimits limits)
{
    private readonly Dictionary<int, List<SampleChange>> repairs = [];

    /// <summary>What the mask of an image marks; nothing, and a note, where it has none that can be used.</summary>
    public (DefectMap Map, IReadOnlyList<string> Notes) Read(FitsImage image)
    {
        var none = DefectMap.Empty(image.Width, image.Height);
        if (Beside(image) is not { } unit)
        {
            return (none, []);
        }

        try
        {
            FitsImage plane = PlaneOf(unit);
            var quality = new FitsQuality(plane);
            if (Unusable(plane, quality, image) is { } reason)
            {
                return (none, [$"its mask {unit.Label} is not used: {reason}"]);
            }

            var map = new DefectMap.Builder(image.Width, image.Height);
            int count = 0;
            foreach ((int x, int y, DefectKind kind) in quality.Marked())
            {
                if (++count > limits.MaxDefects)
                {
                    return (none, [$"its mask {unit.Label} is not used: it marks more than the limit of {limits.MaxDefects} photosites"]);
                }

                map.Add(new Defect(x, y, kind));
            }

            return (map.Build(), [$"its mask {unit.Label} marks {count} photosites; --no-map ignores it"]);
        }
        catch (RawDataException e)
        {
            return (none, [$"its mask {unit.Label} is not used: {e.Message}"]);
        }
    }

    /// <summary>Notes repairs of an image, which its mask is to mark.</summary>
    public void Note(FitsImage image, IReadOnlyList<SampleChange> changes)
    {
        if (changes.Count > 0 && Beside(image) is { } unit)
        {
            if (!repairs.TryGetValue(unit.Number, out List<SampleChange>? all))
            {
                repairs.Add(unit.Number, all = []);
            }

            all.AddRange(changes);
        }
    }

    /// <summary>A unit as it is to be written: a mask with the repairs noted so far, any other as it stands.</summary>
    public ReadOnlyMemory<byte> Bytes(FitsUnit unit)
    {
        if (!repairs.TryGetValue(unit.Number, out List<SampleChange>? changes))
        {
            return unit.Bytes;
        }

        try
        {
            FitsImage plane = PlaneOf(unit);
            var quality = new FitsQuality(plane);
            byte[] marked =
                quality.IsUnderstood && changes.TrueForAll(c => c.X < plane.Width && c.Y < plane.Height) ? quality.With(changes) : [];
            if (marked.Length == 0 || marked.AsSpan().SequenceEqual(plane.Unit.Bytes.Span))
            {
                return unit.Bytes;
            }

            if (unit.IsCompressed && TileCompression.Patch(unit, marked, [new FitsEdit(plane, changes)]) is byte[] compressed)
            {
                marked = compressed;
            }

            FitsChecksum.Update(marked);
            return marked;
        }
        catch (RawDataException)
        {
            return unit.Bytes; // a mask that was not used
        }
    }

    /// <summary>The mask of an image's version (EXTVER), else the only one there is.</summary>
    private FitsUnit? Beside(FitsImage image)
    {
        FitsUnit[] masks = image.Unit.IsMask ? [] : [.. units.Where(u => u.IsMask)];
        return Array.Find(masks, m => VersionOf(m) == VersionOf(image.Unit)) ?? (masks.Length == 1 ? masks[0] : null);
    }

    private static double VersionOf(FitsUnit unit) => unit.Header.Number("EXTVER") ?? 1;

    private FitsImage PlaneOf(FitsUnit unit) =>
        FitsImage.PlanesOf(unit.IsCompressed ? TileCompression.Expand(unit, limits) : unit, units[0].Header, limits)[0];

    private static string? Unusable(FitsImage mask, FitsQuality quality, FitsImage image) =>
        (mask.Width, mask.Height) != (image.Width, image.Height)
            ? $"it has {mask.Width} × {mask.Height} samples, the image {image.Width} × {image.Height}"
        : !quality.IsUnderstood
            ? "its numbers are flags whose meaning is not known; --map with this file takes whatever is not 0 for a defect"
        : null;
}
