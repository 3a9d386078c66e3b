using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>Which way a line runs.</summary>
internal enum LineAxis
{
    /// <summary>From top to bottom.</summary>
    Column,

    /// <summary>From left to right.</summary>
    Row,
}

/// <summary>A mosaic as lines of one direction, so that columns and rows are one case; view coordinates.</summary>
internal sealed class MosaicLines(MosaicView view, LineAxis axis)
{
    public MosaicView View => view;

    public LineAxis Axis => axis;

    /// <summary>Number of lines.</summary>
    public int Count => axis == LineAxis.Column ? view.Width : view.Height;

    /// <summary>Photosites of a line.</summary>
    public int Length => axis == LineAxis.Column ? view.Height : view.Width;

    /// <summary>Photosites along a line after which the mosaic repeats.</summary>
    public int Period => axis == LineAxis.Column ? view.Cfa.Height : view.Cfa.Width;

    /// <summary>Lines after which the mosaic repeats.</summary>
    public int PeriodAcross => axis == LineAxis.Column ? view.Cfa.Width : view.Cfa.Height;

    public bool Has(int line) => line >= 0 && line < Count;

    public (int X, int Y) Place(int line, int along) => axis == LineAxis.Column ? (line, along) : (along, line);

    /// <summary>What a photosite of a line should read.</summary>
    public Fill FillOf(int line, int along, float signal)
    {
        (int x, int y) = Place(line, along);
        return new Fill(x, y, signal);
    }

    /// <summary>The sample as the file stores it.</summary>
    public float Stored(int line, int along)
    {
        (int x, int y) = Place(line, along);
        return view.Frame.Stored(view.Left + x, view.Top + y);
    }

    /// <summary>How far a step goes across the lines.</summary>
    public static int Across(Offset step, LineAxis axis) => axis == LineAxis.Column ? step.Dx : step.Dy;

    /// <summary>How far a step goes along the lines.</summary>
    public static int Along(Offset step, LineAxis axis) => axis == LineAxis.Column ? step.Dy : step.Dx;
}
