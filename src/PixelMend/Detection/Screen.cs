using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// Marks the few photosites of a mosaic that can reach a score at all, at a small part of the cost of scoring. Codes are compared as they are stored where
/// same-colour neighbours share their levels; else signals are.
/// </summary>
internal sealed class Screen
{
    private const int BitsPerWord = 32;

    /// <summary>Positions at which levels are compared, at most: periods of mosaic and levels together.</summary>
    private const int MostPositions = 1024;

    /// <summary>Offsets to ring neighbours that were put side by side behind their photosite.</summary>
    private static readonly int[] SideBySide = [.. Enumerable.Range(1, RingScreen.RingLength)];

    private readonly MosaicView view;
    private readonly Plane<ushort>? codes;
    private readonly Offset[][] rings;
    private readonly ColumnClass[][] classesOfRow;
    private readonly ScreenMargin<ushort>[] marginsAtBorder;
    private readonly int marginPeriod;
    private readonly DefectScale scale;
    private readonly float least;

    /// <summary>Whether what stands in for a photosite beyond the border has its levels.</summary>
    private readonly bool mirrorsLevels;

    private Screen(MosaicView view, Offset[][] rings, DefectScale scale, float least)
    {
        this.view = view;
        this.rings = rings;
        this.scale = scale;
        this.least = least;
        Reach = rings.SelectMany(r => r).Max(s => s.Distance);
        mirrorsLevels = view.Cfa.Width % view.Frame.Levels.Width == 0 && view.Cfa.Height % view.Frame.Levels.Height == 0;
        codes = ComparesCodes(view, rings) ? view.Frame.Codes : null;
        marginPeriod = Lcm(view.Cfa.Width, view.Frame.Levels.Width);
        marginsAtBorder = codes is null
            ? []
            : [.. Enumerable.Range(0, RowPeriod * marginPeriod).Select(i => MarginOf(i % marginPeriod, i / marginPeriod).AtBlack())];
        classesOfRow = [.. Enumerable.Range(0, RowPeriod).Select(y => ClassesOf(y, atBorder: false))];
    }

    /// <summary>How far compared photosites lie apart.</summary>
    public int Reach { get; }

    private int RowPeriod => Lcm(view.Cfa.Height, view.Frame.Levels.Height);

    /// <summary>A screen for a score; null where some colour of the mosaic is too rare to be compared.</summary>
    public static Screen? For(MosaicView view, DefectScale scale, float least)
    {
        Offset[][] pairs =
        [
            .. Enumerable.Range(0, view.Cfa.PhaseCount).Select(p => PhaseSteps.PairsOf(view.Cfa, p % view.Cfa.Width, p / view.Cfa.Width)),
        ];
        return pairs.All(r => r.Length == RingScreen.RingLength) ? new Screen(view, pairs, scale, least) : null;
    }

    /// <summary>Marks the photosites of a row.</summary>
    /// <param name="work">Buffers; must hold the row and those around it.</param>
    /// <param name="y">Row, view coordinates.</param>
    public Span<uint> Mark(Workspace work, int y)
    {
        Span<uint> marks = work.Marks;

        // One row more than the reach, so that the first and last photosites' neighbours are inside the plane too, though in other rows.
        if (y <= Reach || y >= view.Height - 1 - Reach || view.Width <= 2 * Reach)
        {
            MarkBorderRow(work, y);
            return marks;
        }

        ColumnClass[] classes = classesOfRow[y % classesOfRow.Length];
        Compare(work, y, classes[0], marks);
        if (classes.Length > 1)
        {
            And(marks, classes[0].Columns);
            foreach (ColumnClass c in classes.AsSpan(1))
            {
                Compare(work, y, c, work.Own);
                OrWhere(marks, work.Own, c.Columns);
            }
        }

        MarkAtBorder(marks, 0, Reach, y);
        MarkAtBorder(marks, view.Width - Reach, view.Width, y);
        return marks;
    }

    public static void Set(Span<uint> marks, int x) => marks[x / BitsPerWord] |= 1u << (x % BitsPerWord);

    private static void Clear(Span<uint> marks, int x) => marks[x / BitsPerWord] &= ~(1u << (x % BitsPerWord));

    /// <summary>Marks a row whose neighbours lie partly beyond the border and are mirrored; all of it where signals are compared.</summary>
    private void MarkBorderRow(Workspace work, int y)
    {
        Span<uint> marks = work.Marks;
        marks.Clear();
        int inside = codes is null || !mirrorsLevels ? 0 : view.Width - BitsPerWord - Reach;
        if (inside <= 0)
        {
            MarkAtBorder(marks, 0, view.Width, y);
            return;
        }

        // All but the ends many at a time.
        int words = (inside + BitsPerWord - 1) / BitsPerWord;
        int origin = ((view.Top + y) * codes!.Width) + view.Left + BitsPerWord;
        foreach (ColumnClass c in ClassesOf(y, atBorder: true))
        {
            RingScreen.Run<ushort>(codes.Samples, origin, inside, c.Offsets, c.Codes, work.Own);
            OrWhere(marks[1..], work.Own, c.Columns.AsSpan(1, words));
        }

        MarkAtBorder(marks, 0, BitsPerWord, y);
        MarkAtBorder(marks, BitsPerWord + inside, view.Width, y);
    }

    /// <summary>Marks those of some photosites that stand out from neighbours of which some are mirrored; all of them where signals are compared.</summary>
    private void MarkAtBorder(Span<uint> marks, int from, int end, int y)
    {
        for (int x = from; x < end; x++)
        {
            if (codes is null || !mirrorsLevels || StandsOut(codes, x, y))
            {
                Set(marks, x);
            }
            else
            {
                Clear(marks, x);
            }
        }
    }

    /// <summary>Neighbours that are the same on both sides tell little about level and texture: the least margin counts.</summary>
    private bool StandsOut(Plane<ushort> codes, int x, int y)
    {
        ScreenMargin<ushort> margin = marginsAtBorder[(y % classesOfRow.Length * marginPeriod) + (x % marginPeriod)];
        Offset[] ring = rings[view.Cfa.PhaseOf(x, y)];
        int center = codes[view.Left + x, view.Top + y];
        if (Math.Abs(center - ((Code(ring[0]) + Code(ring[1]) + 1) / 2)) <= margin.Dark.Level)
        {
            return false; // near the mean of the first opposite ones already
        }

        Span<ushort> around = stackalloc ushort[1 + RingScreen.RingLength];
        around[0] = (ushort)center;
        for (int t = 0; t < ring.Length; t++)
        {
            around[1 + t] = Code(ring[t]);
        }

        uint mark = 0;
        RingScreen.Run<ushort>(around, 0, 1, SideBySide, margin, new Span<uint>(ref mark));
        return mark != 0;

        ushort Code(Offset step)
        {
            int column = PhaseLayout.Mirror(x + step.Dx, view.Width, view.Cfa.Width);
            int row = PhaseLayout.Mirror(y + step.Dy, view.Height, view.Cfa.Height);
            return codes[view.Left + column, view.Top + row];
        }
    }

    private void Compare(Workspace work, int y, ColumnClass c, Span<uint> marks)
    {
        if (codes is not null)
        {
            int origin = ((view.Top + y) * codes.Width) + view.Left;
            RingScreen.Run<ushort>(codes.Samples, origin, view.Width, c.Offsets, c.Codes, marks);
        }
        else
        {
            RingScreen.Run<float>(work.Signals, work.RowStart(y), view.Width, c.Offsets, c.Signals, marks);
        }
    }

    private static void And(Span<uint> marks, ReadOnlySpan<uint> mask)
    {
        for (int i = 0; i < mask.Length; i++)
        {
            marks[i] &= mask[i];
        }
    }

    private static void OrWhere(Span<uint> marks, ReadOnlySpan<uint> others, ReadOnlySpan<uint> mask)
    {
        for (int i = 0; i < mask.Length; i++)
        {
            marks[i] |= others[i] & mask[i];
        }
    }

    /// <summary>The columns of a row that are compared alike.</summary>
    /// <param name="y">The row.</param>
    /// <param name="atBorder">Whether neighbours beyond the border are mirrored.</param>
    private ColumnClass[] ClassesOf(int y, bool atBorder)
    {
        int period = codes is null ? view.Cfa.Width : Lcm(view.Cfa.Width, view.Frame.Levels.Width);
        int stride = codes?.Width ?? view.Width;
        return
        [
            .. Enumerable
                .Range(0, period)
                .Select(x => (Column: x, Offsets: string.Join(',', OffsetsAt(x)), Margin: codes is null ? default : MarginOf(x, y)))
                .GroupBy(c => (c.Offsets, c.Margin))
                .Select(g => new ColumnClass(
                    [.. OffsetsAt(g.First().Column)],
                    atBorder ? g.Key.Margin.AtBlack() : g.Key.Margin,
                    ScreenMargin.OfSignals(scale, least),
                    MaskOf([.. g.Select(c => c.Column)], period)
                )),
        ];

        IEnumerable<int> OffsetsAt(int x) => rings[view.Cfa.PhaseOf(x, y)].Select(s => (RowAt(s.Dy) * stride) + s.Dx);
        int RowAt(int dy) => atBorder ? PhaseLayout.Mirror(y + dy, view.Height, view.Cfa.Height) - y : dy;
    }

    private ScreenMargin<ushort> MarginOf(int x, int y)
    {
        (int sensorX, int sensorY) = (view.Left + x, view.Top + y);
        return ScreenMargin.OfCodes(scale, least, view.Frame.Levels.Black(sensorX, sensorY), view.Frame.Levels.Span(sensorX, sensorY));
    }

    /// <summary>One bit per column.</summary>
    private uint[] MaskOf(int[] columns, int period)
    {
        var mask = new uint[(view.Width + BitsPerWord - 1) / BitsPerWord];
        for (int x = 0; x < view.Width; x++)
        {
            if (columns.Contains(x % period))
            {
                Set(mask, x);
            }
        }

        return mask;
    }

    /// <summary>Whether differences between codes are differences between signals wherever some steps lead.</summary>
    public static bool ComparesCodes(MosaicView view, Offset[][] rings)
    {
        RawFrame frame = view.Frame;
        Levels levels = frame.Levels;
        (int width, int height) = (Lcm(view.Cfa.Width, levels.Width), Lcm(view.Cfa.Height, levels.Height));
        if (
            frame.Codes is null
            || !frame.Linearization.IsEmpty
            || levels.RowBlack.Length + levels.ColumnBlack.Length > 0
            || width * height > MostPositions
        )
        {
            return false;
        }

        // Whole periods are added so that no remainder is negative.
        for (int i = 0; i < width * height; i++)
        {
            (int x, int y) = ((i % width) + (width * levels.Width), (i / width) + (height * levels.Height));
            (int ownX, int ownY) = (view.Left + x, view.Top + y);
            foreach (Offset step in rings[view.Cfa.PhaseOf(x, y)])
            {
                (int otherX, int otherY) = (ownX + step.Dx + (8 * width), ownY + step.Dy + (8 * height));
                if (
                    levels.BlackOfCell(ownX, ownY) != levels.BlackOfCell(otherX, otherY)
                    || levels.Span(ownX, ownY) != levels.Span(otherX, otherY)
                )
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static int Lcm(int a, int b)
    {
        int multiple = a;
        while (multiple % b != 0)
        {
            multiple += a;
        }

        return multiple;
    }

    /// <summary>Columns of a row with the same neighbours and levels.</summary>
    /// <param name="Offsets">To the neighbours, opposite ones side by side.</param>
    /// <param name="Codes">Margin where codes are compared.</param>
    /// <param name="Signals">Margin where signals are.</param>
    /// <param name="Columns">One bit per column.</param>
    private sealed record ColumnClass(int[] Offsets, ScreenMargin<ushort> Codes, ScreenMargin<float> Signals, uint[] Columns);

    /// <summary>Buffers of one thread.</summary>
    internal sealed class Workspace(MosaicView view, int rows)
    {
        private readonly int words = (view.Width + BitsPerWord - 1) / BitsPerWord;
        private int first;

        public uint[] Marks => field ??= new uint[words];

        /// <summary>Marks of one class of columns.</summary>
        public uint[] Own => field ??= new uint[words];

        /// <summary>Rows as signals, where codes cannot be compared; some more at either end, as neighbours of what is never asked about.</summary>
        public float[] Signals { get; private set; } = [];

        public int RowStart(int y) => ((y - first) * view.Width) + PhaseLayout.Reach;

        /// <summary>Reads what the rows from <paramref name="top"/> on are compared with.</summary>
        public void Load(Screen screen, int top)
        {
            if (screen.codes is not null)
            {
                return;
            }

            if (Signals.Length == 0)
            {
                Signals = new float[((rows + (2 * PhaseLayout.Reach)) * view.Width) + (2 * PhaseLayout.Reach)];
            }

            first = Math.Max(0, top - screen.Reach);
            int end = Math.Min(view.Height, top + rows + screen.Reach);
            for (int y = first; y < end; y++)
            {
                view.Read(0, y, Signals.AsSpan(RowStart(y), view.Width));
            }
        }
    }
}
