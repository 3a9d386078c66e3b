using PixelMend.Frames;

namespace PixelMend.Formats.Tiff;

/// <summary>How a directory cuts its single-sample image into strips or tiles.</summary>
internal sealed class SegmentLayout
{
    private readonly int segmentWidth;
    private readonly int segmentHeight;
    private readonly int across;
    private readonly long[] offsets;
    private readonly long[] lengths;

    /// <param name="file">The file.</param>
    /// <param name="directory">The image's directory.</param>
    /// <param name="format">Name for messages.</param>
    /// <param name="limits">Bounds on the image.</param>
    /// <param name="stripLength">Bytes of a strip of so many rows where the file leaves byte counts out; null: that is malformed.</param>
    public SegmentLayout(TiffFile file, TiffDirectory directory, string format, ReadLimits limits, Func<int, int, long>? stripLength)
    {
        long width = directory.Required(TiffTag.ImageWidth, "width");
        long height = directory.Required(TiffTag.ImageLength, "height");
        limits.CheckSize(format, width, height, directory.Offset);
        Width = (int)width;
        Height = (int)height;
        IsTiled = directory.Has(TiffTag.TileOffsets);
        segmentWidth = IsTiled ? Side(directory.Required(TiffTag.TileWidth, "tile width")) : Width;
        segmentHeight = IsTiled
            ? Side(directory.Required(TiffTag.TileLength, "tile height"))
            : (int)Math.Clamp(directory.Integer(TiffTag.RowsPerStrip, Height), 1, Height);
        across = Pieces(Width, segmentWidth);
        Count = across * (long)Pieces(Height, segmentHeight) is <= int.MaxValue and var count
            ? (int)count
            : throw file.Malformed("the image has too many tiles", directory.Offset);

        offsets = Integers(file, directory, OffsetsTag, "offset");
        lengths =
            directory.Has(LengthsTag) || stripLength is null || IsTiled
                ? Integers(file, directory, LengthsTag, "byte count")
                : [.. Enumerable.Range(0, Count).Select(i => stripLength(Width, Math.Min(segmentHeight, Height - (i * segmentHeight))))];

        int Side(long side) =>
            side >= 1 && side <= limits.MaxDimension
                ? (int)side
                : throw file.Malformed($"a tile side of {side} photosites is impossible", directory.Offset);
    }

    /// <summary>Photosites per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Whether the image is cut into tiles rather than strips.</summary>
    public bool IsTiled { get; }

    /// <summary>Number of segments.</summary>
    public int Count { get; }

    /// <summary>Tag of the field that holds the segments' byte offsets.</summary>
    public ushort OffsetsTag => IsTiled ? TiffTag.TileOffsets : TiffTag.StripOffsets;

    /// <summary>Tag of the field that holds the segments' byte counts.</summary>
    public ushort LengthsTag => IsTiled ? TiffTag.TileByteCounts : TiffTag.StripByteCounts;

    /// <summary>Segment by index, raster order.</summary>
    public Segment this[int index]
    {
        get
        {
            int left = index % across * segmentWidth;
            int top = index / across * segmentHeight;
            Area area = new Area(left, top, segmentWidth, segmentHeight).ClipTo(Width, Height);
            return new Segment(index, area, segmentWidth, IsTiled ? segmentHeight : area.Height, offsets[index], lengths[index]);
        }
    }

    /// <summary>Index of the segment that holds a photosite.</summary>
    public int IndexOf(int x, int y) => (y / segmentHeight * across) + (x / segmentWidth);

    /// <summary>Whether another segment's bytes overlap this one's, so that it must not be overwritten.</summary>
    public bool IsShared(Segment segment)
    {
        for (int i = 0; i < Count; i++)
        {
            if (i != segment.Index && offsets[i] < segment.Offset + segment.Length && segment.Offset < offsets[i] + lengths[i])
            {
                return true;
            }
        }

        return false;
    }

    private long[] Integers(TiffFile file, TiffDirectory directory, ushort tag, string what)
    {
        double[] numbers = directory.Numbers(tag, file.Content.Length);
        return numbers.Length >= Count
            ? [.. numbers.Take(Count).Select(n => (long)n)]
            : throw file.Malformed($"the image needs {Count} segments but has {numbers.Length} {what}s", directory.Offset);
    }

    private static int Pieces(int length, int piece) => (int)(((long)length + piece - 1) / piece);
}
