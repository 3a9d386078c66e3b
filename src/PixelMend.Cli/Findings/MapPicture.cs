using PixelMend.Defects;

namespace PixelMend.Cli.Findings;

/// <summary>A map as a picture: the sensor dark, each defect a square in the colour of its kind, the most severe on top.</summary>
internal static class MapPicture
{
    private const int LargestSide = 1024;
    private const int LargestPhotosite = 16;
    private const int SmallestDot = 3;
    private const byte Background = 24;

    /// <summary>Draws a map.</summary>
    public static Picture Of(DefectMap map)
    {
        double scale = Math.Min(LargestPhotosite, (double)LargestSide / Math.Max(map.Width, map.Height));
        // Whole pixels for each photosite of a small sensor, so that neighbours are told apart.
        scale = scale > 1 ? Math.Floor(scale) : scale;
        var picture = new Picture(Side(map.Width), Side(map.Height));
        Array.Fill(picture.Rgb, Background);
        int dot = Math.Max(SmallestDot, (int)scale);
        foreach (Defect defect in map.AllPhotosites().OrderBy(d => d.Severity))
        {
            Fill(picture, Start(defect.X, picture.Width), Start(defect.Y, picture.Height), dot, defect.Kind);
        }

        return picture;

        int Side(int photosites) => Math.Max(SmallestDot, (int)Math.Ceiling(photosites * scale));

        // Dots larger than a photosite are centred on it, and stay in the picture.
        int Start(int coordinate, int side) => Math.Clamp((int)((coordinate * scale) + ((scale - dot) / 2)), 0, side - dot);
    }

    private static void Fill(Picture picture, int left, int top, int side, DefectKind kind)
    {
        (byte red, byte green, byte blue) = KindColor.Of(kind);
        for (int y = top; y < top + side; y++)
        {
            for (int x = left; x < left + side; x++)
            {
                picture.Set(x, y, red, green, blue);
            }
        }
    }
}
