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
    /// Makes changes: a segment whose new bytes fit its old place stays there, others are appended; segments without changes are not touched.
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
        uint[] offsets = [.. Enumerable.Range(0, layout.Count).Select(i => (uint)layout[i].Offset)];
        uint[] lengths = [.. Enumerable.Range(0, layout.Count).Select(i => (uint)layout[i].Length)];
        bool resized = false;
        bool moved = false;
        foreach (IGrouping<int, SampleChange> group in changes.GroupBy(c => layout.IndexOf(c.X, c.Y)))
        {
            Segment segment = layout[group.Key];
            SampleChange[] within = [.. group];
            ReadOnlySpan<byte> bytes = Bytes(segment).Span;
            bool staysInPlace = !layout.IsShared(segment) && !values.Overlap(segment.Offset, segment.Length);
            if (staysInPlace && codec.Patch(editor.Content.Slice((int)segment.Offset, bytes.Length), segment, within))
            {
                continue;
            }

            byte[] coded = codec.Encode(bytes, segment, within);
            if (staysInPlace && coded.Length <= segment.Length)
            {
                coded.CopyTo(editor.Content[(int)segment.Offset..]);
            }
            else
            {
                offsets[group.Key] = editor.Append(coded);
                moved = true;
            }

            resized |= coded.Length != segment.Length;
            lengths[group.Key] = (uint)coded.Length;
        }

        if (moved)
        {
            Set(editor, layout.OffsetsTag, offsets);
        }

        if (resized)
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
            data.CopyTo(editor.Content[(int)entry.DataOffset..]);
        }
        else
        {
            editor.Set(directory, tag, TiffType.Long, (uint)values.Length, data);
        }
    }
}
