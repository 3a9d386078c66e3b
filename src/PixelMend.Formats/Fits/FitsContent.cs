using PixelMend.Frames;

namespace PixelMend.Formats.Fits;

/// <summary>A file as its units, and the images among them that are to be worked on.</summary>
internal sealed class FitsContent
{
    private const string All = "all";

    private readonly ReadOnlyMemory<byte> file;
    private readonly IReadOnlyList<FitsUnit> units;
    private readonly ReadLimits limits;

    private FitsContent(ReadOnlyMemory<byte> file, IReadOnlyList<FitsUnit> units, IReadOnlyList<FitsUnit> chosen, ReadLimits limits)
    {
        this.file = file;
        this.units = units;
        this.limits = limits;
        Images = [.. chosen.SelectMany(unit => FitsImage.PlanesOf(Plain(unit), units[0].Header, limits))];
        ImagesInAll = units.Count(unit => unit.IsImage && !unit.IsMask);
        Masks = new FitsMaskUnits(units, limits);
    }

    /// <summary>Planes to work on, in the order of the file; those of compressed images belong to a plain copy of their unit. At least one.</summary>
    public IReadOnlyList<FitsImage> Images { get; }

    /// <summary>Images in the file, chosen or not; masks do not count.</summary>
    public int ImagesInAll { get; }

    /// <summary>The masks that stand beside them.</summary>
    public FitsMaskUnits Masks { get; }

    /// <summary>Finds the images that <paramref name="choice"/> means.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="choice">A number, a name, <c>all</c>, or null for the first.</param>
    /// <param name="limits">Bounds on the file.</param>
    /// <exception cref="RawDataException">Malformed, without such an image, or with one that is not read.</exception>
    public static FitsContent Open(ReadOnlyMemory<byte> file, string? choice, ReadLimits limits)
    {
        IReadOnlyList<FitsUnit> all = FitsUnit.ReadAll(file);
        return new FitsContent(file, all, Choose(all, choice), limits);
    }

    /// <summary>The file's mask: the image so named, else the first.</summary>
    /// <exception cref="RawDataException">As for <see cref="Open"/>.</exception>
    public static FitsImage OpenMask(ReadOnlyMemory<byte> file, ReadLimits limits)
    {
        IReadOnlyList<FitsUnit> all = FitsUnit.ReadAll(file);
        FitsUnit? mask = all.FirstOrDefault(unit => unit.IsMask);
        return new FitsContent(file, all, mask is null ? Choose(all, null) : [mask], limits).Images[0];
    }

    /// <summary>Writes the unit of some images with their samples changed, after all units between it and <paramref name="after"/>.</summary>
    /// <param name="after">Number of the unit written last; -1 for none.</param>
    /// <param name="edits">Planes of one unit with their changes.</param>
    /// <param name="record">Who makes the changes; null leaves no record.</param>
    /// <param name="output">Receives the bytes.</param>
    public void WriteUnit(int after, IReadOnlyList<FitsEdit> edits, EditRecord? record, Stream output)
    {
        FitsUnit plain = edits[0].Image.Unit;
        FitsUnit stored = units[plain.Number];
        WriteUnits(after + 1, stored.Number, output);
        if (edits.All(edit => edit.Changes.Count == 0))
        {
            output.Write(stored.Bytes.Span);
            return;
        }

        byte[] patched = Patch(plain, edits);
        if (stored.IsCompressed && TileCompression.Patch(stored, patched, edits) is byte[] compressed)
        {
            patched = compressed;
        }

        patched = record is null ? patched : FitsHistory.Append(patched, record, edits.Sum(edit => edit.Changes.Count));
        FitsChecksum.Update(patched);
        output.Write(patched);
    }

    /// <summary>Writes what follows a unit.</summary>
    public void WriteRest(int after, Stream output)
    {
        WriteUnits(after + 1, units.Count, output);
        output.Write(file.Span[units[^1].End..]);
    }

    private static FitsUnit[] Choose(IReadOnlyList<FitsUnit> units, string? choice)
    {
        FitsUnit[] images = [.. units.Where(unit => unit.IsImage)];
        if (images.Length == 0)
        {
            throw new RawDataException(RawDataError.Unsupported, FitsFormat.FormatName, "the file holds no image, only tables or nothing");
        }

        FitsUnit[] chosen = choice switch
        {
            null => [.. images.Where(unit => !unit.IsMask).Take(1)],
            All => [.. images.Where(unit => !unit.IsMask)],
            _ when int.TryParse(choice, out int number) => [.. images.Where(unit => unit.Number == number)],
            _ => [.. images.Where(unit => choice.Equals(unit.Name, StringComparison.OrdinalIgnoreCase))],
        };
        return chosen.Length > 0
            ? chosen
            : throw new RawDataException(
                RawDataError.Unsupported,
                FitsFormat.FormatName,
                choice is null or All
                    ? $"the file holds masks alone: {Labels(images)}; --hdu with a number takes one as an image"
                    : $"no image is '{choice}'; there are {Labels(images)}"
            );
    }

    private static string Labels(IEnumerable<FitsUnit> images) => string.Join(", ", images.Select(unit => unit.Label));

    private FitsUnit Plain(FitsUnit unit) => unit.IsCompressed ? TileCompression.Expand(unit, limits) : unit;

    private static byte[] Patch(FitsUnit unit, IReadOnlyList<FitsEdit> edits)
    {
        byte[] copy = unit.Bytes.ToArray();
        foreach ((FitsImage image, IReadOnlyList<SampleChange> changes) in edits)
        {
            foreach (SampleChange change in changes)
            {
                image.Samples.Patch(copy.AsSpan(image.RowStart(change.Y) - unit.Header.Start), change.X, change.New);
            }
        }

        return copy;
    }

    /// <summary>Writes units that are not worked on; they follow each other without gaps.</summary>
    private void WriteUnits(int from, int to, Stream output)
    {
        for (int i = from; i < to; i++)
        {
            output.Write(Masks.Bytes(units[i]).Span);
        }
    }
}

/// <summary>A plane with the changes to its samples.</summary>
internal readonly record struct FitsEdit(FitsImage Image, IReadOnlyList<SampleChange> Changes);
