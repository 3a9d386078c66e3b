using PixelMend.Frames;

namespace PixelMend.Formats.Tiff;

/// <summary>The mosaic as TIFF/EP and DNG name it: CFARepeatPatternDim and CFAPattern, anchored at the active area's top left.</summary>
internal static class CfaTags
{
    /// <summary>Colours by TIFF/EP's code.</summary>
    public const string Letters = "RGBCMYW";

    /// <summary>The mosaic anchored at the stored image's top left, or null when the directory names none.</summary>
    public static CfaPattern? Read(TiffFile file, TiffDirectory directory, Area active)
    {
        if (!directory.Has(TiffTag.CfaPattern))
        {
            return null;
        }

        double[] dim = directory.Numbers(TiffTag.CfaRepeatPatternDim, 16);
        (double rows, double columns) = dim.Length >= 2 ? (dim[0], dim[1]) : (2, 2);
        if (!(rows is >= 1 and <= CfaPattern.MaxPeriod && columns is >= 1 and <= CfaPattern.MaxPeriod))
        {
            throw file.Unsupported($"a CFA with a period of {columns} × {rows} photosites is not read", directory.Offset);
        }

        long layout = directory.Integer(TiffTag.CfaLayout, 1);
        if (layout != 1)
        {
            throw file.Unsupported($"a staggered mosaic (CFALayout {layout}) is not read", directory.Offset);
        }

        ReadOnlySpan<byte> codes = directory.Bytes(TiffTag.CfaPattern).Span;
        int cells = (int)rows * (int)columns;
        if (codes.Length < cells)
        {
            throw file.Malformed($"CFAPattern has {codes.Length} cells where its period needs {cells}", directory.Offset);
        }

        var colors = new CfaColor[cells];
        for (int i = 0; i < cells; i++)
        {
            colors[i] =
                codes[i] < Letters.Length ? (CfaColor)Letters[codes[i]]
                : codes[i] < 10 ? (CfaColor)('0' + codes[i])
                : throw file.Unsupported($"a CFA colour with code {codes[i]} is not read", directory.Offset);
        }

        return new CfaPattern((int)columns, (int)rows, colors).Shift(-active.Left, -active.Top);
    }
}
