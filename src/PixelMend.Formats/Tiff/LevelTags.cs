using PixelMend.Frames;

namespace PixelMend.Formats.Tiff;

/// <summary>
/// Black and white levels as DNG names them: BlackLevel with its repeat pattern and row and column deltas, anchored at the
/// active area's top left, and WhiteLevel.
/// </summary>
internal static class LevelTags
{
    private const int MaxRepeat = 256;

    /// <summary>The levels anchored at the stored image's top left.</summary>
    /// <param name="file">The file.</param>
    /// <param name="directory">The image's directory.</param>
    /// <param name="layout">The image's size.</param>
    /// <param name="active">Its active area.</param>
    /// <param name="defaultWhite">The white level of a file that names none.</param>
    /// <param name="notes">Receives what had to be decided.</param>
    public static Levels Read(
        TiffFile file,
        TiffDirectory directory,
        SegmentLayout layout,
        Area active,
        float defaultWhite,
        List<string> notes
    )
    {
        double[] dim = directory.Numbers(TiffTag.BlackLevelRepeatDim, 16);
        (double rows, double columns) = dim.Length >= 2 ? (dim[0], dim[1]) : (1, 1);
        double[] given = directory.Numbers(TiffTag.BlackLevel, 65_536);
        if (!(rows is >= 1 and <= MaxRepeat && columns is >= 1 and <= MaxRepeat) || (given.Length > 0 && given.Length < rows * columns))
        {
            throw file.Malformed($"{given.Length} black levels cannot repeat every {columns} × {rows} photosites", directory.Offset);
        }

        (int height, int width) = ((int)rows, (int)columns);
        float[] black = new float[width * height];
        for (int i = 0; i < black.Length && given.Length > 0; i++)
        {
            // Cell i of the stored image's period is this cell of the active area's.
            int x = Wrap((i % width) - active.Left, width);
            int y = Wrap((i / width) - active.Top, height);
            black[i] = (float)given[(y * width) + x];
        }

        float white = (float)directory.Number(TiffTag.WhiteLevel, defaultWhite);
        float[] rowBlack = Deltas(directory, TiffTag.BlackLevelDeltaV, active.Top, active.Height, layout.Height, notes);
        float[] columnBlack = Deltas(directory, TiffTag.BlackLevelDeltaH, active.Left, active.Width, layout.Width, notes);
        float highest = black.Max() + rowBlack.Append(0).Max() + columnBlack.Append(0).Max();
        bool finite = black.Concat(rowBlack).Concat(columnBlack).All(float.IsFinite) && float.IsFinite(white);
        if (finite && white > highest)
        {
            return new Levels(width, height, black, [.. Enumerable.Repeat(white, black.Length)], rowBlack, columnBlack);
        }

        float fallback = float.IsFinite(highest) && highest < defaultWhite ? highest : 0;
        notes.Add($"White level {white} is not above black level {highest}: black {fallback} and white {defaultWhite} are assumed.");
        return new Levels(fallback, defaultWhite);
    }

    private static float[] Deltas(TiffDirectory directory, ushort tag, int first, int count, int length, List<string> notes)
    {
        double[] given = directory.Numbers(tag, 65_536);
        if (given.Length == 0 || Array.TrueForAll(given, d => d == 0))
        {
            return [];
        }

        if (given.Length != count)
        {
            notes.Add($"Black level deltas (tag {tag}) are {given.Length} for {count} rows or columns: they are ignored.");
            return [];
        }

        var deltas = new float[length];
        for (int i = 0; i < count; i++)
        {
            deltas[first + i] = (float)given[i];
        }

        return deltas;
    }

    private static int Wrap(int value, int period) => ((value % period) + period) % period;
}
