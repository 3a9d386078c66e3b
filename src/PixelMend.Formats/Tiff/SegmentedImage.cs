using PixelMend.Frames;

namespace PixelMend.Formats.Tiff;

/// <summary>The samples of one directory's image: read whole, or changed in place.</summary>
internal sealed class SegmentedImage<T>(TiffFile file, TiffDirectory directory, SegmentLayout layout, SegmentCodec<T> codec)
    where T : unmanaged
{
    /// <summary>Decodes all segments.</summary>
    public Plane<T> Read()
    {
        long most = codec.MostSamples(file.Content.Length);
        if ((long)layout.Width * layout.Height > most)
        {
            throw file.Malformed(
                $"{layout.Width} × {layout.Height} samples cannot be held by a file of {file.Content.Length} bytes",
                directory.Offset
            );
        }

        var plane = new Plane<T>(layout.Width, layout.Height);
        for (int i = 0; i < layout.Count; i++)
        {
            codec.Decode(Bytes(layout[i]).Span, layout[i], plane);
        }

        return plane;
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
