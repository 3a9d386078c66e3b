using PixelMend.Frames;

namespace PixelMend.Formats.Tiff;

/// <summary>A strip or tile of an image.</summary>
/// <param name="Index">Place in the offset and byte count fields.</param>
/// <param name="Area">Photosites it holds that belong to the image.</param>
/// <param name="CodedWidth">Samples per row as coded: more than the area's at the right edge of a tiled image.</param>
/// <param name="CodedHeight">Rows as coded: more than the area's at the bottom of a tiled image.</param>
/// <param name="Offset">Byte offset in the file.</param>
/// <param name="Length">Bytes in the file.</param>
internal readonly record struct Segment(int Index, Area Area, int CodedWidth, int CodedHeight, long Offset, long Length)
{
    /// <summary>Samples as coded.</summary>
    public long CodedCount => (long)CodedWidth * CodedHeight;

    /// <summary>Some of its rows, where each takes the same number of bytes.</summary>
    public Segment Rows(int first, int count, int rowBytes) =>
        this with
        {
            Area = Area with { Top = Area.Top + first, Height = count },
            CodedHeight = count,
            Offset = Offset + ((long)first * rowBytes),
            Length = (long)count * rowBytes,
        };
}
