using PixelMend.Defects;
using PixelMend.Evaluation;
using PixelMend.Frames;
using PixelMend.Simulation;

namespace PixelMend.Benchmarks.Trials;

/// <summary>Photosites that are missing together.</summary>
/// <param name="Missing">All of them.</param>
/// <param name="Scored">Those whose repair counts.</param>
/// <param name="IsLine">Whether they are a column, and so one entry of the map.</param>
internal sealed record MissingGroup(IReadOnlyList<Offset> Missing, IReadOnlyList<Offset> Scored, bool IsLine = false);

/// <summary>A pattern of known bad photosites, repeated over a frame far enough apart that groups do not meet in any method's window.</summary>
/// <param name="Name">As in the tables.</param>
/// <param name="Place">Where its groups lie.</param>
internal sealed record SitePattern(string Name, Func<RawFrame, Random, IEnumerable<MissingGroup>> Place)
{
    /// <summary>Photosites kept from the borders, where most peers do nothing.</summary>
    private const int Margin = 12;

    private const int MostSites = 150_000;
    private const int MostOfColumns = 60_000;

    /// <summary>Distance of groups; places vary by <see cref="Jitter"/> within it, so that all phases of all arrays occur.</summary>
    private const int Spacing = 15;

    private const int Jitter = 4;

    public static SitePattern Isolated { get; } = new("isolated", (frame, random) => Groups(frame, random, 9, 1, (_, _) => [new(0, 0)]));

    public static SitePattern Couplet { get; } =
        new("same-colour couplet", (frame, random) => Groups(frame, random, Spacing, 2, (x, y) => [new(0, 0), NextInRow(frame.Cfa, x, y)]));

    public static SitePattern Square { get; } =
        new("2 × 2", (frame, random) => Groups(frame, random, Spacing, 4, (_, _) => [new(0, 0), new(1, 0), new(0, 1), new(1, 1)]));

    public static SitePattern Column { get; } = new("column", (frame, random) => Columns(frame, random, 1));

    public static IReadOnlyList<SitePattern> All { get; } =
    [
        Isolated,
        Couplet,
        new("adjacent couplet", (frame, random) => Groups(frame, random, Spacing, 2, (_, _) => [new(0, 0), new(1, 0)])),
        Square,
        new("centre of 3 × 3", CentersOfNine),
        Column,
        new("two adjacent columns", (frame, random) => Columns(frame, random, 2)),
    ];

    /// <summary>Sets every missing photosite to white; good ones stay as they are.</summary>
    public InjectedFrame Into(RawFrame frame, int seed)
    {
        var truth = new DefectMap.Builder(frame.Width, frame.Height);
        var ignored = new DefectMask(frame.Width, frame.Height);
        var changes = new List<SampleChange>();
        var sites = new List<InjectedSite>();
        foreach (MissingGroup group in Place(frame, new Random(seed)))
        {
            if (group.IsLine)
            {
                Offset first = group.Missing[0];
                truth.Add(new DefectRegion(new Area(first.Dx, first.Dy, 1, group.Missing.Count), DefectKind.Hot));
            }

            foreach (Offset at in group.Missing)
            {
                changes.Add(new SampleChange(at.Dx, at.Dy, frame.Stored(at.Dx, at.Dy), frame.ToStored(at.Dx, at.Dy, 1), 1));
                ignored[at.Dx, at.Dy] = true;
                if (!group.IsLine)
                {
                    truth.Add(new Defect(at.Dx, at.Dy, DefectKind.Hot));
                }
            }

            foreach (Offset at in group.Scored)
            {
                ignored[at.Dx, at.Dy] = false;
                float white = frame.ToStored(at.Dx, at.Dy, 1);
                var stratum = new Stratum(DefectKind.Hot, group.IsLine ? DefectShape.Column : DefectShape.Single, null);
                sites.Add(new InjectedSite(at.Dx, at.Dy, stratum, frame.Stored(at.Dx, at.Dy), white, 0, true));
            }
        }

        return new InjectedFrame(
            frame,
            frame.With(changes),
            [.. sites.OrderBy(s => s.Y).ThenBy(s => s.X)],
            truth.Build(),
            DefectMap.Empty(frame.Width, frame.Height),
            ignored
        );
    }

    private static IEnumerable<MissingGroup> Groups(RawFrame frame, Random random, int spacing, int size, Func<int, int, Offset[]> shape) =>
        Places(frame, random, spacing)
            .Take(MostSites / size)
            .Select(at => shape(at.Dx, at.Dy).Select(o => new Offset(at.Dx + o.Dx, at.Dy + o.Dy)).ToArray())
            .Select(group => new MissingGroup(group, group));

    private static IEnumerable<MissingGroup> CentersOfNine(RawFrame frame, Random random) =>
        Places(frame, random, Spacing)
            .Take(MostSites)
            .Select(at => new MissingGroup(
                [.. Enumerable.Range(0, 9).Select(i => new Offset(at.Dx + (i % 3) - 1, at.Dy + (i / 3) - 1))],
                [at]
            ));

    /// <summary>Whole columns, spread over the width, scored away from the borders.</summary>
    private static IEnumerable<MissingGroup> Columns(RawFrame frame, Random random, int wide)
    {
        Area active = frame.ActiveArea;
        int count = Math.Clamp(MostOfColumns / active.Height / wide, 1, active.Width / (3 * Spacing));
        int slice = (active.Width - (2 * Margin)) / count;
        for (int i = 0; i < count; i++)
        {
            int left = active.Left + Margin + (i * slice) + random.Next(slice - Spacing);
            for (int x = left; x < left + wide; x++)
            {
                Offset[] column = [.. Enumerable.Range(active.Top, active.Height).Select(y => new Offset(x, y))];
                yield return new MissingGroup(column, column[Margin..^Margin], IsLine: true);
            }
        }
    }

    private static Offset[] Places(RawFrame frame, Random random, int spacing)
    {
        Area active = frame.ActiveArea;
        var places = new List<Offset>();
        for (int y = active.Top + Margin; y < active.Bottom - Margin - Jitter; y += spacing)
        {
            for (int x = active.Left + Margin; x < active.Right - Margin - Jitter; x += spacing)
            {
                places.Add(new Offset(x + random.Next(Jitter), y + random.Next(Jitter)));
            }
        }

        Offset[] shuffled = [.. places];
        random.Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>The next photosite of the same colour in the row that does not touch.</summary>
    private static Offset NextInRow(CfaPattern cfa, int x, int y) =>
        new(Enumerable.Range(2, CfaPattern.MaxPeriod).First(step => cfa[x + step, y] == cfa[x, y]), 0);
}
