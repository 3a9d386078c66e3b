using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>The defective columns and rows of a frame, found as lines: their members would vouch for each other one by one.</summary>
internal sealed class LineDefects
{
    private readonly HashSet<(int X, int Y)> photosites;

    private LineDefects(IReadOnlyList<FoundLine> lines)
    {
        All = lines;
        photosites = [.. lines.SelectMany(l => l.Expected).Select(e => (e.X, e.Y))];
    }

    public IReadOnlyList<FoundLine> All { get; }

    /// <summary>Looks for lines that are not mostly known already.</summary>
    public static LineDefects Find(
        MosaicView view,
        PhaseLayout layout,
        LineLesson[] lessons,
        Fills fills,
        Suspects suspects,
        WorkspacePool<ScorePass.Workspace> workspaces,
        ParallelOptions options
    )
    {
        Searches[] searches = [.. lessons.Select(l => new Searches(view, l, fills))];
        var found = new List<FoundLine>();
        foreach (Searches search in searches)
        {
            FoundLine[] shown = [.. search.Find(view, layout, fills, workspaces, options)];
            found.AddRange(shown.Where(l => !found.Exists(l.Overlaps) && searches.All(s => s == search || l.Sign == 0 || s.Sees(l))));
        }

        return new LineDefects([.. found.Where(l => 2 * l.Expected.Count(e => suspects.Contains(e.X, e.Y)) < l.Expected.Length)]);
    }

    /// <summary>Whether a photosite belongs to a line; view coordinates.</summary>
    public bool Contains(int x, int y) => photosites.Contains((x, y));

    /// <summary>The fills with what the lines' photosites should read.</summary>
    public Fills Join(MosaicView view, Fills fills)
    {
        if (All.Count == 0)
        {
            return fills;
        }

        IEnumerable<Fill> others = fills.All.ToArray().Where(f => !Contains(f.X, f.Y));
        IEnumerable<Fill> expected = All.SelectMany(l => l.Expected).DistinctBy(e => (e.X, e.Y));
        return new Fills(view.Height, [.. others.Concat(expected).OrderBy(f => f.Y).ThenBy(f => f.X)]);
    }

    /// <summary>A line as it stands in a map.</summary>
    public static DefectRegion Describe(MosaicView view, FoundLine line)
    {
        const float hotScore = 8;
        const float deadResponse = 0.5f;
        int length = line.End - line.Start;
        Area area =
            line.Axis == LineAxis.Column
                ? new Area(view.Left + line.Line, view.Top + line.Start, 1, length)
                : new Area(view.Left + line.Start, view.Top + line.Line, length, 1);
        float response = Quantiles.Median([.. line.Expected.Select(e => view.Signal(e.X, e.Y) / MathF.Max(e.Signal, 1e-6f))]);
        DefectKind high = line.Score >= hotScore ? DefectKind.Hot : DefectKind.Warm;
        DefectKind low = response < deadResponse ? DefectKind.Dead : DefectKind.LowResponse;
        bool stuckAlone = line.Sign == 0 && response is >= deadResponse and <= 1 / deadResponse;
        return new DefectRegion(
            area,
            stuckAlone ? DefectKind.Stuck
                : response > 1 ? high
                : low,
            line.Score
        );
    }

    /// <summary>Both axes, as one lesson shows them.</summary>
    private sealed class Searches
    {
        private readonly LineLesson lesson;
        private readonly LineScope columns;
        private readonly LineScope rows;
        private readonly LineJudge ofColumns;
        private readonly LineJudge ofRows;

        public Searches(MosaicView view, LineLesson lesson, Fills fills)
        {
            this.lesson = lesson;
            columns = Scope(LineAxis.Column);
            rows = Scope(LineAxis.Row);
            ofColumns = new LineJudge(columns, lesson.Calm);
            ofRows = new LineJudge(rows, lesson.Calm);

            LineScope Scope(LineAxis axis) =>
                new(new MosaicLines(view, axis), fills, new LinePredictors(lesson.Model, view.Cfa, axis), lesson.Scale);
        }

        public IEnumerable<FoundLine> Find(
            MosaicView view,
            PhaseLayout layout,
            Fills fills,
            WorkspacePool<ScorePass.Workspace> workspaces,
            ParallelOptions options
        )
        {
            // Threads and twigs hide from a glance at two neighbours what whole patches foretell.
            QuickLinePass? quick = lesson.IsFar ? null : QuickLinePass.For(view, lesson.Scale);
            LineSums sums =
                quick?.Run(options)
                ?? new LinePass(view, layout, lesson.Calm, columns.Predictors, rows.Predictors).Run(fills, workspaces, options);
            return
            [
                .. new LineSearch(columns, ofColumns).Find(sums.Columns, options),
                .. new LineSearch(rows, ofRows).Find(sums.Rows, options),
            ];
        }

        /// <summary>Whether this lesson does not contradict what another shows.</summary>
        public bool Sees(FoundLine line) => (line.Axis == LineAxis.Column ? ofColumns : ofRows).Sees(line);
    }
}
