using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>
/// Adobe DNG SDK 1.7, opcodes FixBadPixels (DNG specification, opcode list): a photosite with no other bad one within two gets the mean along the directions
/// whose gradient is at most 1.5 times the least; a single column or row the same from longer directions, kept within its nearest neighbours; all else
/// the mean of the nearest ring that holds a good photosite. Bayer only. Re-expressed from its description; not the peer's code.
/// </summary>
internal sealed class DngSdkCorrector : IDefectCorrector
{
    /// <summary>Good photosites that a single one needs around it, and those that a line needs beside it.</summary>
    private const int PointGuard = 2;

    private const int LineGuard = 4;

    /// <summary>Rings that are searched for single points.</summary>
    private const int RingsOfPoints = 3;

    public static Peer<IDefectCorrector> Registration { get; } =
        new(
            new(
                "DNG SDK*",
                "The mean along the directions of small gradients; of the nearest good ring in clusters.",
                "DNG specification, opcode FixBadPixelsList",
                [],
                _ => new DngSdkCorrector()
            ),
            PeerCfas.IsBayer
        );

    public CorrectionReport Correct(RawFrame frame, DefectMap map, ParallelOptions options)
    {
        var mosaic = new BadMosaic(frame, LinearSamples.Of(frame), map.ToMask());
        var gradients = new DngSdkGradients(mosaic);
        var rings = new DngSdkRings(mosaic);
        var lines = new LineMasks(map);
        DefectMask regions = LineMasks.Of(map, _ => true);
        return PeerRepair.Run(
            frame,
            map,
            options,
            (x, y) =>
                regions[x, y] ? OfRegion(x, y) ?? rings.Fill(x, y, DngSdkRings.Most)
                : IsIsolated(mosaic, x, y) ? gradients.OfPoint(x, y)
                : rings.Fill(x, y, RingsOfPoints)
        );

        float? OfRegion(int x, int y) =>
            lines.Columns[x, y] && IsAlone(mosaic, x, y, new Offset(1, 0)) ? gradients.OfLine(x, y, turned: false)
            : lines.Rows[x, y] && IsAlone(mosaic, x, y, new Offset(0, 1)) ? gradients.OfLine(x, y, turned: true)
            : null;
    }

    private static bool IsIsolated(BadMosaic mosaic, int x, int y)
    {
        for (int dy = -PointGuard; dy <= PointGuard; dy++)
        {
            for (int dx = -PointGuard; dx <= PointGuard; dx++)
            {
                if ((dx, dy) != (0, 0) && !mosaic.IsGood(x + dx, y + dy))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsAlone(BadMosaic mosaic, int x, int y, Offset across) =>
        Enumerable.Range(-LineGuard, (2 * LineGuard) + 1).All(i => i == 0 || mosaic.IsGood(x + (i * across.Dx), y + (i * across.Dy)));
}
