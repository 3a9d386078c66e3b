using PixelMend.Formats.Tiff;
using PixelMend.Frames;

namespace PixelMend.Formats.Dng;

/// <summary>The colours of the mosaic's planes as DNG tags: what each passes under daylight, and what neutral grey is in this picture.</summary>
internal static class DngColorWriter
{
    private const ushort D65 = 21;

    /// <summary>CIE 1931 X, Y and Z of D65.</summary>
    private static readonly (double X, double Y, double Z) WhitePoint = (0.9505, 1, 1.0891);

    /// <summary>XYZ to linear sRGB under D65 (IEC 61966-2-1): a neutral stand-in where no camera was measured.</summary>
    private static readonly XyzResponse[] Primaries =
    [
        new(3.2406, -1.5372, -0.4986),
        new(-0.9689, 1.8758, 0.0415),
        new(0.0557, -0.2040, 1.0570),
    ];

    /// <summary>Red, green and blue as they are, complementary and white filters as mixtures of them, by TIFF/EP's code.</summary>
    private static readonly double[][] Mixtures =
    [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
        [0, .5, .5],
        [.5, 0, .5],
        [.5, .5, 0],
        [1 / 3d, 1 / 3d, 1 / 3d],
    ];

    /// <summary>Sets the tags.</summary>
    /// <param name="tiff">The raw image's directory.</param>
    /// <param name="planes">The mosaic's filters by TIFF/EP's code, in the order of DNG's planes.</param>
    /// <param name="info">What is known of the camera.</param>
    public static void Set(TiffBuilder tiff, byte[] planes, FrameInfo info)
    {
        CfaColor[] filters = [.. planes.Select(p => (CfaColor)CfaTags.Letters[p])];
        bool measured = Array.TrueForAll(filters, info.ColorMatrix.ContainsKey);
        XyzResponse[] rows = [.. measured ? filters.Select(f => info.ColorMatrix[f]) : planes.Select(StandIn)];
        double[] matrix = [.. rows.SelectMany(r => (double[])[r.X, r.Y, r.Z]).Select(v => Math.Round(v, 4))];
        bool balanced = Array.TrueForAll(filters, info.Neutral.ContainsKey);
        double[] neutral =
        [
            .. balanced ? filters.Select(f => info.Neutral[f])
            : measured ? Daylight(rows)
            : filters.Select(_ => 1.0),
        ];
        tiff.SetRational(TiffTag.ColorMatrix1, signed: true, matrix);
        tiff.SetRational(TiffTag.AsShotNeutral, signed: false, [.. neutral.Select(v => Math.Round(v, 6))]);
        tiff.Set(TiffTag.CalibrationIlluminant1, D65);
    }

    /// <summary>What grey is under daylight, for pictures whose light is not known; 1 for the filter that passes most.</summary>
    private static double[] Daylight(XyzResponse[] rows)
    {
        double[] white = [.. rows.Select(r => Math.Max((r.X * WhitePoint.X) + (r.Y * WhitePoint.Y) + (r.Z * WhitePoint.Z), 1e-3))];
        double most = white.Max();
        return [.. white.Select(w => w / most)];
    }

    private static XyzResponse StandIn(byte plane)
    {
        double[] parts = Mixtures[plane];
        return new XyzResponse(Sum(p => p.X), Sum(p => p.Y), Sum(p => p.Z));

        double Sum(Func<XyzResponse, double> part) => parts.Zip(Primaries, (share, primary) => share * part(primary)).Sum();
    }
}
