using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.LibRaw;

/// <summary>
/// Black per photosite as LibRaw tells it: a common level, one per filter, and a repeated pattern that begins at the visible area's corner,
/// all added.
/// </summary>
internal sealed class CameraLevels
{
    private const int PatternHeightAt = 4;
    private const int PatternWidthAt = 5;
    private const int PatternAt = 6;
    private const int FieldLength = 4104;
    private const int MostCells = 65_536;

    private readonly int width;
    private readonly int height;
    private readonly float[] black;

    /// <summary>Takes the levels as they are now: decoding may measure black on masked areas.</summary>
    /// <exception cref="RawDataException">They are impossible.</exception>
    public CameraLevels(CameraFile file, CameraMosaic mosaic, Area visible)
    {
        uint patternHeight = Field(PatternHeightAt);
        uint patternWidth = Field(PatternWidthAt);
        bool hasPattern = patternHeight > 0 && patternWidth > 0;
        if (hasPattern && (long)patternHeight * patternWidth > FieldLength - PatternAt)
        {
            throw Malformed($"black levels cannot repeat every {patternWidth} × {patternHeight} photosites");
        }

        width = hasPattern ? LeastCommonMultiple(mosaic.Width, (int)patternWidth) : mosaic.Width;
        height = hasPattern ? LeastCommonMultiple(mosaic.Height, (int)patternHeight) : mosaic.Height;
        if ((long)width * height > MostCells)
        {
            throw Malformed($"black levels repeat every {width} × {height} photosites, which makes no sense");
        }

        black = new float[width * height];
        for (int i = 0; i < black.Length; i++)
        {
            (int x, int y) = (i % width, i / width);
            uint pattern = hasPattern
                ? Field(
                    PatternAt + (Wrap(y - visible.Top, (int)patternHeight) * (int)patternWidth) + Wrap(x - visible.Left, (int)patternWidth)
                )
                : 0;
            black[i] = (float)file.UInt32(file.Layout.Black) + Field(mosaic.IndexAt(x, y)) + pattern;
        }

        uint Field(int index) => file.UInt32(file.Layout.ColorBlack + (4 * index));
    }

    /// <summary>The levels with their white.</summary>
    /// <exception cref="RawDataException">White is not above black.</exception>
    public Levels With(float white) =>
        white > black.Max()
            ? new Levels(width, height, black, [.. Enumerable.Repeat(white, black.Length)])
            : throw Malformed($"white level {white} is not above black level {black.Max()}");

    /// <summary>The levels in words.</summary>
    public override string ToString() => string.Join('/', black.Distinct());

    private static int LeastCommonMultiple(int a, int b) => a / (int)System.Numerics.BigInteger.GreatestCommonDivisor(a, b) * b;

    private static RawDataException Malformed(string reason) => new(RawDataError.Malformed, CameraRawFormat.FormatName, reason);

    private static int Wrap(int value, int period) => ((value % period) + period) % period;
}
