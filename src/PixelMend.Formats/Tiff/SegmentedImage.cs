using PixelMend.Frames;

namespace PixelMend.Formats.Tiff;

/// <summary>The samples of one directory's image: read whole, or changed in place.</summary>
internal sealed class SegmentedImage<T>(TiffFile file, TiffDirectory directory, SegmentLayout layout, SegmentCodec<T> codec)
    where T : unmanaged
{
    /// <summary>Samples of a piece that stay in the second cache while they are compared, and are many beside what a piece costs of itself.</summary>
    private const int PieceSamples = 1 << 16;

    /// <summary>Whether codes may exceed the depth that the directory states.</summary>
    public bool MayExceedDepth => codec.MayExceedDepth;

    /// <summary>Decodes all segments.</summary>
    public Plane<T> Read(int threads)
    {
        CheckCount();
        var plane = Plane<T>.Unfilled(layout.Width, layout.Height);
        Segment[] pieces = [.. CutUp()];
        Pieces.ForEach(pieces.Length, threads, i => codec.Decode(Bytes(pieces[i]).Span, pieces[i], plane));
        return plane;
    }

    /// <summary>Decodes all segments to compare them, one at a time, with what they are to hold.</summary>
    /// <returns>Of the first piece that differs the first photosite; null where none does.</returns>
    public (int X, int Y)? FirstDifference(IntendedSamples<T> intended, int threads)
    {
        CheckCount();
        Segment[] pieces = [.. CutUp()];
        var differences = new (int X, int Y)?[pieces.Length];
        using var scratch = new ThreadLocal<Plane<T>?>();
        Pieces.ForEach(
            pieces.Length,
            threads,
            i =>
            {
                Area area = pieces[i].Area;
                Plane<T> plane =
                    scratch.Value is { } last && last.Width == area.Width && last.Height == area.Height
                        ? last
                        : scratch.Value = Plane<T>.Unfilled(area.Width, area.Height);
                codec.Decode(Bytes(pieces[i]).Span, pieces[i] with { Area = area with { Left = 0, Top = 0 } }, plane);
                for (int y = 0; y < area.Height && differences[i] is null; y++)
                {
                    differences[i] = intended.FirstDifference(plane.Row(y), area.Left, area.Top + y);
                }
            }
        );
        return Array.Find(differences, place => place is not null);
    }

    private void CheckCount()
    {
        long most = codec.MostSamples(file.Content.Length);
        if ((long)layout.Width * layout.Height > most)
        {
            throw file.Malformed(
                $"{layout.Width} × {layout.Height} samples cannot be held by a file of {file.Content.Length} bytes",
                directory.Offset
            );
        }
    }

    /// <summary>The segments, those cut into bands whose rows stand by themselves.</summary>
    private IEnumerable<Segment> CutUp()
    {
        for (int i = 0; i < layout.Count; i++)
        {
            Segment segment = layout[i];
            if (codec.RowBytes(segment) is not { } rowBytes)
            {
                yield return segment;
                continue;
            }

            _ = Bytes(segment);
            int height = segment.Area.Height;
            int band = Math.Clamp(PieceSamples / segment.Area.Width, 1, height);
            for (int top = 0; top < height; top += band)
            {
                yield return segment.Rows(top, Math.Min(band, height - top), rowBytes);
            }
        }
    }

    /// <summary>
    /// Makes changes: where all segments whose bytes change fit their old places, they stay there; else they share what room these places give, and what
    /// has none is appended. Segments without changes are not touched.
    /// </summary>
    /// <exception cref="RawDataException">Samples lie in the tables that a new file needs to change, as crafted files have them.</exception>
    public void Change(IReadOnlyList<SampleChange> changes, TiffEditor editor)
    {
        foreach (SampleChange change in changes)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)change.X, (uint)layout.Width, nameof(changes));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)change.Y, (uint)layout.Height, nameof(changes));
        }

        CheckTables();
        var values = new ByteRanges(file.Values);
        var recoded = new List<Recoded>();
        foreach (IGrouping<int, SampleChange> group in changes.GroupBy(c => layout.IndexOf(c.X, c.Y)))
        {
            Segment segment = layout[group.Key];
            SampleChange[] within = [.. group];
            ReadOnlySpan<byte> bytes = Bytes(segment).Span;
            bool ownsPlace = !layout.IsShared(segment) && !values.Overlap(segment.Offset, segment.Length);
            if (!ownsPlace || !codec.Patch(editor.Content, segment, within))
            {
                recoded.Add(new Recoded(segment, codec.Encode(bytes, segment, within), ownsPlace));
            }
        }

        if (recoded.Count > 0)
        {
            Place(recoded, editor);
        }
    }

    private void Place(List<Recoded> recoded, TiffEditor editor)
    {
        uint[] offsets = [.. Enumerable.Range(0, layout.Count).Select(i => (uint)layout[i].Offset)];
        uint[] lengths = [.. Enumerable.Range(0, layout.Count).Select(i => (uint)layout[i].Length)];
        bool stay = recoded.TrueForAll(r => r.OwnsPlace && r.Bytes.Length <= r.Segment.Length);
        var room = new FreedPlaces(stay ? [] : recoded.Where(r => r.OwnsPlace).Select(r => (r.Segment.Offset, r.Segment.Length)));
        foreach ((Segment segment, byte[] bytes, _) in recoded.OrderBy(r => r.Segment.Offset))
        {
            long? place = stay ? segment.Offset : room.Take(bytes.Length);
            if (place is { } offset)
            {
                editor.Content.Write(offset, bytes);
            }

            offsets[segment.Index] = (uint?)place ?? editor.Append(bytes);
            lengths[segment.Index] = (uint)bytes.Length;
        }

        if (!stay)
        {
            Set(editor, layout.OffsetsTag, offsets);
        }

        if (recoded.Exists(r => r.Bytes.Length != r.Segment.Length))
        {
            Set(editor, layout.LengthsTag, lengths);
        }
    }

    private void CheckTables()
    {
        var tables = new ByteRanges(file.Tables.Concat(PlaceOf(layout.OffsetsTag)).Concat(PlaceOf(layout.LengthsTag)));
        for (int i = 0; i < layout.Count; i++)
        {
            if (tables.Overlap(layout[i].Offset, layout[i].Length))
            {
                throw file.Malformed(
                    $"the samples of segment {i} lie in the file's own tables, so that it cannot be rewritten",
                    layout[i].Offset
                );
            }
        }

        IEnumerable<(long Start, long Length)> PlaceOf(ushort tag) =>
            directory.Find(tag) is { } entry ? [(entry.DataOffset, entry.DataLength)] : [];
    }

    private ReadOnlyMemory<byte> Bytes(Segment segment) =>
        file.Slice(segment.Offset, segment.Length, $"the samples of segment {segment.Index}");

    private void Set(TiffEditor editor, ushort tag, uint[] values)
    {
        var data = new byte[values.Length * sizeof(uint)];
        for (int i = 0; i < values.Length; i++)
        {
            file.Order.Write(data.AsSpan(i * sizeof(uint)), values[i]);
        }

        // Same shape as before: only the values change, where they are.
        if (directory.Find(tag) is { Type: TiffType.Long } entry && entry.Count == values.Length)
        {
            editor.Content.Write(entry.DataOffset, data);
        }
        else
        {
            editor.Set(directory, tag, TiffType.Long, (uint)values.Length, data);
        }
    }

    /// <summary>A segment with new bytes.</summary>
    /// <param name="Segment">The segment.</param>
    /// <param name="Bytes">Its new bytes.</param>
    /// <param name="OwnsPlace">Whether nothing else lies in its old place.</param>
    private readonly record struct Recoded(Segment Segment, byte[] Bytes, bool OwnsPlace);
}
