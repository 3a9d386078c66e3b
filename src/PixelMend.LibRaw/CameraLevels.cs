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
    public Levels With(float white)
    {
        if (white <= black.Max())
        {
            throw Malformed($"white level {white} is not above black level {black.Max()}");
        }

        int w = Smallest(width, step => Repeats(i => (i / width * width) + (i % width % step)));
        int h = Smallest(height, step => Repeats(i => (i / width % step * width) + (i % width)));
        float[] cells = [.. Enumerable.Range(0, w * h).Select(i => black[(i / w * width) + (i % w)])];
        return new Levels(w, h, cells, [.. Enumerable.Repeat(white, cells.Length)]);

        bool Repeats(Func<int, int> from) => Enumerable.Range(0, black.Length).All(i => black[i] == black[from(i)]);
    }

    /// <summary>Whether other levels are the same everywhere.</summary>
    public bool SameAs(CameraLevels other) => (width, height) == (other.width, other.height) && black.AsSpan().SequenceEqual(other.black);

    /// <summary>The levels in words.</summary>
    public override string ToString() => string.Join('/', black.Distinct());

    /// <summary>The smallest step after which levels repeat: tables are often longer than what they say.</summary>
    private static int Smallest(int period, Func<int, bool> repeats) =>
        Enumerable.Range(1, period).First(step => period % step == 0 && repeats(step));

    private static int LeastCommonMultiple(int a, int b) => a / (int)System.Numerics.BigInteger.GreatestCommonDivisor(a, b) * b;

    private static RawDataException Malformed(string reason) => new(RawDataError.Malformed, CameraRawFormat.FormatName, reason);

    private static int Wrap(int value, int period) => ((value % period) + period) % period;
}
