using PixelMend.Formats.Tiff;
using PixelMend.Frames;

namespace PixelMend.Formats.Dng;

/// <summary>The colours of a mosaic's planes: what each passes under daylight, and what neutral grey is in this picture.</summary>
/// <param name="Filters">In the order of DNG's planes.</param>
/// <param name="Responses">What each filter passes of a colour.</param>
/// <param name="Neutral">Signal of each filter where the picture shows grey.</param>
internal sealed record DngColor(CfaColor[] Filters, XyzResponse[] Responses, double[] Neutral)
{
    /// <summary>CIE 1931 X, Y and Z of D65.</summary>
    private static readonly (double X, double Y, double Z) WhitePoint = (0.9505, 1, 1.0891);

    /// <summary>XYZ to linear sRGB under D65 (IEC 61966-2-1): a neutral stand-in where no camera was measured.</summary>
    private static readonly XyzResponse[] Primaries =
    [
        new(3.2406, -1.5372, -0.4986),
        new(-0.9689, 1.8758, 0.0415),
        new(0.0557, -0.2040, 1.0570),
    ];

    /// <summary>X, Y and Z of linear sRGB's red, green and blue.</summary>
    private static readonly (double X, double Y, double Z)[] ScreenColors =
    [
        (0.4124, 0.2126, 0.0193),
        (0.3576, 0.7152, 0.1192),
        (0.1805, 0.0722, 0.9505),
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

    /// <param name="planes">The mosaic's filters by TIFF/EP's code, in the order of DNG's planes.</param>
    /// <param name="info">What is known of the camera.</param>
    public static DngColor Of(byte[] planes, FrameInfo info)
    {
        CfaColor[] filters = [.. planes.Select(p => (CfaColor)CfaTags.Letters[p])];
        bool measured = Array.TrueForAll(filters, info.ColorMatrix.ContainsKey);
        XyzResponse[] responses = [.. measured ? filters.Select(f => info.ColorMatrix[f]) : planes.Select(StandIn)];
        bool balanced = Array.TrueForAll(filters, info.Neutral.ContainsKey);
        double[] neutral =
        [
            .. balanced ? filters.Select(f => info.Neutral[f])
            : measured ? Daylight(responses)
            : filters.Select(_ => 1.0),
        ];
        return new DngColor(filters, responses, neutral);
    }

    /// <summary>
    /// Linear sRGB from the filters' signals, each divided by its <see cref="Neutral"/>: three rows of a factor for each filter, which keep grey
    /// grey and fit the responses in the sense of least squares. Null where the filters cannot tell all colours apart.
    /// </summary>
    public double[][]? ToScreen()
    {
        double[][] fromScreen =
        [
            .. Responses.Select(r => Balanced([.. ScreenColors.Select(c => (r.X * c.X) + (r.Y * c.Y) + (r.Z * c.Z))])),
        ];
        var normal = new double[3, 3];
        for (int i = 0; i < 9; i++)
        {
            normal[i / 3, i % 3] = fromScreen.Sum(row => row[i / 3] * row[i % 3]);
        }

        return Inverse(normal) is not { } inverse
            ? null
            :
            [
                .. Enumerable
                    .Range(0, 3)
                    .Select(i => fromScreen.Select(row => Enumerable.Range(0, 3).Sum(j => inverse[i, j] * row[j])).ToArray()),
            ];
    }

    /// <summary>A filter's response to the screen's colours, made 1 for white.</summary>
    private static double[] Balanced(double[] row) => row.Sum() is > 1e-3 and double sum ? [.. row.Select(v => v / sum)] : row;

    /// <summary>By Cramer's rule; null for a matrix that has none to speak of.</summary>
    private static double[,]? Inverse(double[,] m)
    {
        double Minor(int row, int column)
        {
            (int r0, int r1) = ((row + 1) % 3, (row + 2) % 3);
            (int c0, int c1) = ((column + 1) % 3, (column + 2) % 3);
            return (m[r0, c0] * m[r1, c1]) - (m[r0, c1] * m[r1, c0]);
        }

        double determinant = Enumerable.Range(0, 3).Sum(j => m[0, j] * Minor(0, j));
        if (!(Math.Abs(determinant) > 1e-6))
        {
            return null;
        }

        var inverse = new double[3, 3];
        for (int i = 0; i < 9; i++)
        {
            inverse[i % 3, i / 3] = Minor(i / 3, i % 3) / determinant;
        }

        return inverse;
    }

    /// <summary>What grey is under daylight, for pictures whose light is not known; 1 for the filter that passes most.</summary>
    private static double[] Daylight(XyzResponse[] responses)
    {
        double[] white = [.. responses.Select(r => Math.Max((r.X * WhitePoint.X) + (r.Y * WhitePoint.Y) + (r.Z * WhitePoint.Z), 1e-3))];
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
