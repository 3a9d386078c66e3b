using PixelMend.Formats.Tiff;
using PixelMend.Frames;

namespace PixelMend.Formats.Dng;

/// <summary>Black and white levels and the linearisation table as DNG tags, anchored at the active area's top left.</summary>
internal static class DngLevelWriter
{
    /// <summary>Sets the tags.</summary>
    /// <exception cref="NotSupportedException">A black level is negative.</exception>
    public static void Set(TiffBuilder tiff, RawFrame frame)
    {
        Area active = frame.ActiveArea;
        Levels levels = frame.Levels;
        (int width, int height) = (levels.Width, levels.Height);
        var black = new double[width * height];
        float white = float.PositiveInfinity;
        for (int i = 0; i < black.Length; i++)
        {
            int x = active.Left + (i % width);
            int y = active.Top + (i / width);
            black[i] = levels.BlackOfCell(x, y);
            // DNG has one white level for the mosaic: the lowest, so that no clipped sample passes for a measured one.
            white = Math.Min(white, levels.White(x, y));
        }

        if (black.Any(b => b < 0))
        {
            throw new NotSupportedException("DNG cannot hold a black level below zero.");
        }

        tiff.Set(TiffTag.BlackLevelRepeatDim, (ushort)height, (ushort)width);
        tiff.SetRational(TiffTag.BlackLevel, signed: false, black);
        SetDeltas(tiff, TiffTag.BlackLevelDeltaV, levels.RowBlack, active.Top, active.Height);
        SetDeltas(tiff, TiffTag.BlackLevelDeltaH, levels.ColumnBlack, active.Left, active.Width);
        tiff.SetLong(TiffTag.WhiteLevel, (uint)Math.Max(1, Math.Round(white)));
        if (!frame.Linearization.IsEmpty)
        {
            tiff.Set(TiffTag.LinearizationTable, frame.Linearization.Span);
        }
    }

    private static void SetDeltas(TiffBuilder tiff, ushort tag, float[] deltas, int first, int count)
    {
        if (deltas.Length > 0)
        {
            tiff.SetRational(tag, signed: true, [.. deltas.AsSpan(first, count).ToArray().Select(d => (double)d)]);
        }
    }
}
