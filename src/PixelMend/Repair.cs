using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;

namespace PixelMend;

/// <summary>
/// The main job on one frame: all sources of defects are joined into one map first, then the correction runs once with the whole mask known.
/// </summary>
public sealed class Repair
{
    /// <summary>Detectors to run on the frame; none leaves only known defects.</summary>
    public IReadOnlyList<IDefectDetector> Detectors { get; init; } = [];

    /// <summary>How values are inferred; null only finds.</summary>
    public IDefectCorrector? Corrector { get; init; }

    /// <summary>
    /// Part of the active photosites that may look defective. Where more do, the frame is not what it was taken for, and repairing it would eat the picture.
    /// </summary>
    public double MostDefective { get; init; } = 0.03;

    /// <summary>Runs the job. The frame is not changed.</summary>
    /// <param name="frame">What the sensor delivered.</param>
    /// <param name="known">Maps of the sensor: given, embedded or stored.</param>
    /// <param name="options">Threads to use, and cancellation.</param>
    /// <exception cref="ArgumentException">A map has another geometry than the frame.</exception>
    /// <exception cref="ImplausibleFrameException">More photosites look defective than <see cref="MostDefective"/> allows.</exception>
    public RepairReport Run(RawFrame frame, IReadOnlyList<DefectMap> known, ParallelOptions options)
    {
        var given = DefectMap.Union(frame.Width, frame.Height, known);
        DefectMap prior = ActiveDefects.In(frame, given, options);
        var found = new DefectMap.Builder(frame.Width, frame.Height);
        foreach (IDefectDetector detector in Detectors)
        {
            detector.Detect(new Evidence(frame, prior), found, options);
        }

        DefectMap dynamic = found.Build();
        CheckPlausible(frame, dynamic);
        DefectMap all = DefectMap.Union(frame.Width, frame.Height, [prior, dynamic]);
        CorrectionReport? correction = all.IsEmpty ? null : Corrector?.Correct(frame, all, options);
        return new RepairReport(prior, dynamic, all, correction is null ? new CorrectionReport([], []) : WithoutMissing(frame, correction))
        {
            Dormant = given.Points.Count + given.Regions.Count - prior.Points.Count - prior.Regions.Count,
        };
    }

    private void CheckPlausible(RawFrame frame, DefectMap found)
    {
        const int few = 64; // tiny frames may well have a few bad photosites
        int count = found.AllPhotosites().Count;
        if (count > Math.Max(few, MostDefective * frame.ActiveArea.Count))
        {
            throw new ImplausibleFrameException((double)count / frame.ActiveArea.Count, MostDefective);
        }
    }

    /// <summary>A photosite that the file holds no value for stays so, even where a map lists it: a value there would be news to the file's owner.</summary>
    private static CorrectionReport WithoutMissing(RawFrame frame, CorrectionReport correction) =>
        frame.Values is not { } values
            ? correction
            : new CorrectionReport(
                [.. correction.Changes.Where(c => !float.IsNaN(c.Old))],
                [.. correction.Unreachable.Where(d => !float.IsNaN(values[d.X, d.Y]))]
            );
}

/// <summary>What a repair found and did.</summary>
/// <param name="Known">Defects known beforehand that show in this frame.</param>
/// <param name="Found">Defects found in this frame.</param>
/// <param name="All">Both, joined: what was corrected.</param>
/// <param name="Correction">The new samples.</param>
public sealed record RepairReport(DefectMap Known, DefectMap Found, DefectMap All, CorrectionReport Correction)
{
    /// <summary>Entries of the given maps that do not show at this frame's exposure, ISO and temperature, and were left alone.</summary>
    public int Dormant { get; init; }
}
