using PixelMend.Frames;

namespace PixelMend.Formats.Fits;

/// <summary>
/// The mosaic keywords that camera programs agree on: BAYERPAT (four letters, or 36 for X-Trans), XBAYROFF and YBAYROFF (where in the pattern the
/// image starts), ROWORDER (TOP-DOWN: the first stored row is the pattern's first; BOTTOM-UP: the last stored row is).
/// </summary>
internal static class FitsMosaic
{
    public const string Pattern = "BAYERPAT";
    public const string RowOrder = "ROWORDER";
    public const string TopDown = "TOP-DOWN";
    private const string BottomUp = "BOTTOM-UP";

    /// <summary>The mosaic anchored at the first stored row, or null when the header names none.</summary>
    /// <exception cref="RawDataException">The header names one that is not a pattern.</exception>
    public static CfaPattern? Read(FitsHeader header, int height)
    {
        string? letters = header.Text(Pattern)?.Trim();
        if (letters is null)
        {
            return null;
        }

        int side = letters.Length switch
        {
            4 => 2,
            36 => 6,
            _ => 0,
        };
        if (side == 0 || !letters.All(char.IsAsciiLetterUpper))
        {
            throw new RawDataException(
                RawDataError.Unsupported,
                FitsFormat.FormatName,
                $"{Pattern} = {letters} is not a mosaic of 2 × 2 or 6 × 6 letters",
                header.CardAt(Pattern)
            );
        }

        int dx = Offset(header, "XBAYROFF", side);
        int dy = Offset(header, "YBAYROFF", side);
        bool bottomUp = header.Text(RowOrder) == BottomUp;
        var cells = new CfaColor[side * side];
        for (int i = 0; i < cells.Length; i++)
        {
            (int x, int y) = (i % side, i / side);
            int row = bottomUp ? ((height - 1 - y) % side) + side : y;
            cells[i] = (CfaColor)letters[((row + dy) % side * side) + ((x + dx) % side)];
        }

        return new CfaPattern(side, side, cells);
    }

    /// <summary>The letters for <see cref="Pattern"/>, or null for a mono frame.</summary>
    /// <exception cref="NotSupportedException">The mosaic has another period than 2 × 2 or 6 × 6.</exception>
    public static string? Letters(CfaPattern cfa)
    {
        if (cfa.IsMono)
        {
            return null;
        }

        int side = Math.Max(cfa.Width, cfa.Height) <= 2 ? 2 : 6;
        if (side % cfa.Width != 0 || side % cfa.Height != 0)
        {
            throw new NotSupportedException($"{FitsFormat.FormatName} has no keyword for the mosaic {cfa}; write DNG");
        }

        return string.Concat(Enumerable.Range(0, side * side).Select(i => (char)cfa[i % side, i / side]));
    }

    private static int Offset(FitsHeader header, string keyword, int period) =>
        (int)(((header.Whole(keyword, 0) % period) + period) % period);
}
