using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>How far pieces of lines of <see cref="PieceLength"/> photosites stand out.</summary>
internal sealed class LineSums(MosaicView view)
{
    /// <summary>Photosites of a piece.</summary>
    public const int PieceLength = 48;

    /// <summary>Piece after piece of the height, each with one value per column.</summary>
    public float[][] Columns { get; } = NewSums(view.Width, view.Height);

    /// <summary>Piece after piece of the width, each with one value per row.</summary>
    public float[][] Rows { get; } = NewSums(view.Height, view.Width);

    private static float[][] NewSums(int lines, int length) =>
        [.. Enumerable.Range(0, (length + PieceLength - 1) / PieceLength).Select(_ => new float[lines])];
}
