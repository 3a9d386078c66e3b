using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Calibration;

/// <summary>Darks and flats together: one map in which every photosite has the kinds that explain all it does, and the noise of a good one.</summary>
/// <param name="Map">The static defects.</param>
/// <param name="Noise">Photon transfer, where the frames tell it; its gain is 0 where they do not.</param>
/// <param name="Transfer">The photon-transfer curve.</param>
public sealed record SensorCalibration(DefectMap Map, NoiseModel Noise, IReadOnlyList<TransferPoint> Transfer)
{
    private const DefectKind Responses = DefectKind.Dead | DefectKind.LowResponse | DefectKind.OverResponse;

    /// <summary>A variance measured from few frames may be so many times the true one.</summary>
    private const double MostShotNoise = 2.5;

    private const DefectKind Leaks = DefectKind.Hot | DefectKind.Warm;

    /// <summary>Puts the findings together.</summary>
    /// <param name="width">Photosites per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="dark">What the darks told, if there were any.</param>
    /// <param name="flats">What the flats told, one entry for each level.</param>
    /// <param name="settings">What counts as a defect.</param>
    /// <param name="others">Darks of other settings, which show other leakage; those of <paramref name="dark"/> among them or not.</param>
    /// <param name="currents">When leakage shows; null: not known.</param>
    public static SensorCalibration Of(
        int width,
        int height,
        DarkCalibration? dark,
        IReadOnlyList<FlatCalibration> flats,
        CalibrationSettings settings,
        IReadOnlyList<DarkSeries>? others = null,
        DarkCurrents? currents = null
    )
    {
        var united = new DefectMap.Builder(width, height);
        united.AddRange(dark?.Points ?? []);
        united.AddRange((others ?? []).SelectMany(o => o.Dark.Points).Where(p => (p.Kind & Leaks) != DefectKind.Unknown));
        united.AddRange(flats.SelectMany(f => f.Points));
        // What clips in all flats shows in none how much it responds.
        united.AddRange(flats.SelectMany(f => f.Clipping).Where(p => flats.All(f => !float.IsFinite(f.Responses[p.X, p.Y]))));
        united.AddRange(Linearity.Find(flats, settings));
        TransferPoint[] transfer = [.. flats.SelectMany(f => f.Transfer)];
        double gain = NoiseModel.FitGain(transfer) ?? 0;
        Defect[] points =
        [
            .. united
                .Build()
                .Points.Select(p => p with { Kind = Explain(WithoutShotNoise(p, dark, gain)) })
                .Select(p => p with { Details = DetailsOf(p, currents) }),
        ];

        DefectRegion[] unlit = [.. dark?.Lines ?? [], .. (others ?? []).SelectMany(o => o.Dark.Lines).Where(l => IsLeak(l.Kind))];
        DefectRegion[] lit = [.. flats.SelectMany(f => f.Lines)];
        var lines = new DefectMap.Builder(width, height);
        foreach (DefectRegion line in Distinct([.. unlit, .. lit, .. DefectRuns.Find(points)]))
        {
            // One that responds wrongly as well shows always.
            bool leaksOnly = IsLeak(line.Kind) && !lit.Any(l => l.Area.Overlaps(line.Area));
            lines.Add(
                line with
                {
                    Details = leaksOnly && currents?.Along(line.Area) is { } shows ? new DefectDetails { Activation = shows } : null,
                }
            );
        }

        DefectMask inLines = lines.Build().ToMask();
        lines.AddRange(points.Where(p => !inLines[p.X, p.Y]));
        double variance = dark?.TemporalNoise is { } noise ? noise * noise : 0;
        return new SensorCalibration(lines.Build(), new NoiseModel(gain, variance), transfer);
    }

    /// <summary>What leaks has the shot noise of its leakage, which is no fault of its own; the flats' gain tells how much that is.</summary>
    private static DefectKind WithoutShotNoise(Defect point, DarkCalibration? dark, double gain)
    {
        if (!point.Kind.HasFlag(DefectKind.Noisy) || dark?.TemporalNoise is not { } noise)
        {
            return point.Kind;
        }

        double deviation = dark.Deviation[point.X, point.Y];
        double shot = gain * dark.Excess[point.X, point.Y];
        return (deviation * deviation) - (noise * noise) < MostShotNoise * shot ? point.Kind & ~DefectKind.Noisy : point.Kind;
    }

    /// <summary>What leaks and does nothing else shows when it has leaked enough; all else shows always.</summary>
    private static DefectDetails? DetailsOf(Defect point, DarkCurrents? currents) =>
        IsLeak(point.Kind) && currents?.At(point.X, point.Y) is { } activation ? new DefectDetails { Activation = activation } : null;

    private static bool IsLeak(DefectKind kind) => kind != DefectKind.Unknown && (kind & ~Leaks) == DefectKind.Unknown;

    /// <summary>Leaves out kinds that another one explains: what stands still cannot respond, what jumps is noisy, what is bent responds wrongly.</summary>
    private static DefectKind Explain(DefectKind kind)
    {
        kind = kind.HasFlag(DefectKind.Stuck) ? DefectKind.Stuck : kind;
        kind = kind.HasFlag(DefectKind.NonLinear) ? kind & ~Responses : kind;
        kind = kind.HasFlag(DefectKind.Telegraph) ? kind & ~DefectKind.Noisy : kind;
        return DefectKinds.Strongest(kind);
    }

    /// <summary>Parts of one column or row that overlap are one line, of the kind of the longest.</summary>
    private static List<DefectRegion> Distinct(DefectRegion[] lines)
    {
        var kept = new List<DefectRegion>();
        foreach (DefectRegion line in lines.OrderByDescending(l => l.Area.Count))
        {
            int same = kept.FindIndex(k => IsOneLine(k.Area, line.Area));
            if (same < 0)
            {
                kept.Add(line);
            }
            else
            {
                kept[same] = kept[same] with { Area = Union(kept[same].Area, line.Area) };
            }
        }

        return kept;
    }

    private static bool IsOneLine(Area one, Area other) =>
        one.Overlaps(other) && ((one.Width == 1 && other.Width == 1) || (one.Height == 1 && other.Height == 1));

    private static Area Union(Area one, Area other)
    {
        (int left, int top) = (Math.Min(one.Left, other.Left), Math.Min(one.Top, other.Top));
        return new Area(left, top, Math.Max(one.Right, other.Right) - left, Math.Max(one.Bottom, other.Bottom) - top);
    }
}
