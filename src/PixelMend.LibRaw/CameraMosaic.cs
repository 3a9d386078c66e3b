using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.LibRaw;

/// <summary>
/// The colour filters as LibRaw tells them: an index per photosite into up to four letters, by position within the visible area.
/// </summary>
internal sealed class CameraMosaic
{
    private const uint XTransFilters = 9;

    /// <summary>Smaller numbers stand for other arrangements than the repeated 8 × 2 of two bits each.</summary>
    private const uint FirstTable = 1000;

    /// <summary>LibRaw's table repeats every two columns and eight rows.</summary>
    private const int TableWidth = 2;
    private const int TableHeight = 8;
    private const int XTransSide = 6;

    private readonly int[] indices;
    private readonly Area visible;

    private CameraMosaic(int width, int height, int[] indices, string letters, Area visible)
    {
        (Width, Height, this.indices, this.visible) = (width, height, indices, visible);
        CfaColor[] colors = [.. indices.Select(i => i < letters.Length ? (CfaColor)letters[i] : CfaColor.White)];
        Pattern = new CfaPattern(width, height, colors).Shift(-visible.Left, -visible.Top);
        Letters = [.. letters.Select(letter => (CfaColor)letter)];
    }

    /// <summary>The mosaic, anchored at the stored image's top left.</summary>
    public CfaPattern Pattern { get; }

    /// <summary>Period in x of <see cref="IndexAt"/>.</summary>
    public int Width { get; }

    /// <summary>Period in y of <see cref="IndexAt"/>.</summary>
    public int Height { get; }

    /// <summary>The filter of each index; two greens may have one each.</summary>
    public IReadOnlyList<CfaColor> Letters { get; }

    /// <summary>Reads the mosaic.</summary>
    /// <exception cref="RawDataException">There is none, or it is one that is not understood.</exception>
    public static CameraMosaic Of(CameraFile file, Area visible)
    {
        LibRawLayout layout = file.Layout;
        uint filters = file.UInt32(layout.Filters);
        string letters = file.Text(layout.ColorNames, 4) ?? string.Empty;
        if (file.Int32(layout.IsFoveon) != 0)
        {
            throw Unsupported("the sensor has all colours at each photosite (Foveon)");
        }

        if (filters == 0)
        {
            return file.Int32(layout.Colors) == 1
                ? new CameraMosaic(1, 1, [0], "W", visible)
                : throw Unsupported("it was demosaiced already, and single photosites cannot be repaired in it");
        }

        CameraMosaic mosaic = filters switch
        {
            XTransFilters => new CameraMosaic(XTransSide, XTransSide, XTransIndices(file), letters, visible),
            < FirstTable => throw Unsupported($"mosaics of LibRaw's kind {filters} are not read"),
            _ => new CameraMosaic(TableWidth, TableHeight, TableIndices(filters), letters, visible),
        };

        // Turned sensors (Fujifilm's SuperCCD) have their colours elsewhere, which this shows.
        for (int y = 0; y < Math.Min(visible.Height, 2 * mosaic.Height); y++)
        {
            for (int x = 0; x < Math.Min(visible.Width, 2 * mosaic.Width); x++)
            {
                if (file.ColorAt(x, y) != mosaic.indices[(y % mosaic.Height * mosaic.Width) + (x % mosaic.Width)])
                {
                    throw Unsupported("the photosites are not arranged in rows and columns");
                }
            }
        }

        return mosaic;
    }

    /// <summary>LibRaw's index of the filter over a photosite of the stored image, which black levels go by.</summary>
    public int IndexAt(int x, int y) => indices[(Wrap(y - visible.Top, Height) * Width) + Wrap(x - visible.Left, Width)];

    private static int[] TableIndices(uint filters) =>
        [
            .. Enumerable
                .Range(0, TableHeight * TableWidth)
                .Select(i => (int)(filters >> (((((i / TableWidth) << 1) & 14) | (i % TableWidth)) << 1)) & 3),
        ];

    private static int[] XTransIndices(CameraFile file)
    {
        int[] cells = [.. Enumerable.Range(0, XTransSide * XTransSide).Select(i => (int)file.Byte(file.Layout.XTrans + i))];
        return Array.TrueForAll(cells, i => i < 3) ? cells : throw Unsupported("the X-Trans mosaic is damaged");
    }

    private static RawDataException Unsupported(string reason) => new(RawDataError.Unsupported, CameraRawFormat.FormatName, reason);

    private static int Wrap(int value, int period) => ((value % period) + period) % period;
}
