using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// A <see cref="LinePass"/> for large frames of plain codes, at a small part of its cost: photosites are not predicted but compared with the two nearest of their
/// colour on lines beside. That tells less, but lines of thousands of photosites have it to spare, and what is found is looked at closely anyway.
/// </summary>
internal sealed class QuickLinePass
{
    /// <summary>Photosites of a line that tell as much in this way as those of the shortest line of usual frames do when they are predicted.</summary>
    private const int EnoughPhotosites = 2000;

    /// <summary>Farther away scenes differ by more than noise.</summary>
    private const int FarthestNeighbor = 3;

    /// <summary>What an ordinary photosite differs by from two others: the first step of evidence, in the shares of noise that scores count.</summary>
    private const float FirstStep = 0.6f;

    /// <summary>What is added to the step of the difference between those two.</summary>
    private const float TextureShare = 0.25f;

    private readonly MosaicView view;
    private readonly Plane<ushort> codes;
    private readonly ScreenMargin<ushort> margin;
    private readonly int across;
    private readonly int down;
    private readonly int rowsOfPiece;

    private QuickLinePass(MosaicView view, Plane<ushort> codes, DefectScale scale, int across, int down)
    {
        (this.view, this.codes, this.across, this.down) = (view, codes, across, down);
        var step = scale with { Excuses = new Excuses(0, 0, TextureShare / FirstStep) };
        margin = ScreenMargin.OfCodes(step, FirstStep, view.Frame.Levels.BlackOfCell(view.Left, view.Top), view.Frame.Levels.Range);
        int wanted = (LineSums.PieceLength * EnoughPhotosites) + view.Height - 1;
        int period = view.Cfa.Height;
        rowsOfPiece = Math.Min(LineSums.PieceLength, ((wanted / view.Height) + period - 1) / period * period);
    }

    /// <summary>Null where lines are too short, or not all photosites have the same places of their colour near by.</summary>
    public static QuickLinePass? For(MosaicView view, DefectScale scale)
    {
        int sideways = NearestAlike(view.Cfa, i => new Offset(i, 0));
        int vertical = NearestAlike(view.Cfa, i => new Offset(0, i));
        Offset[] steps = [new(-sideways, 0), new(sideways, 0), new(0, -vertical), new(0, vertical)];
        return
            Math.Min(view.Width, view.Height) >= EnoughPhotosites
            && Math.Max(sideways, vertical) <= FarthestNeighbor
            && Screen.ComparesCodes(view, [.. Enumerable.Repeat(steps, view.Cfa.PhaseCount)])
            ? new QuickLinePass(view, view.Frame.Codes!, scale, sideways, vertical)
            : null;
    }

    /// <summary>Adds up the evidence of the whole frame.</summary>
    public LineSums Run(ParallelOptions options)
    {
        var sums = new LineSums(view);
        var buffers = new WorkspacePool<ushort[]>(() => new ushort[2 * view.Width]);
        Parallel.For(
            0,
            sums.Columns.Length,
            options,
            i => buffers.Use(b => AddBand(i, b.AsSpan(0, view.Width), b.AsSpan(view.Width), sums))
        );
        return sums;
    }

    /// <summary>The shortest step to either side that leads to the same colour from every photosite.</summary>
    private static int NearestAlike(CfaPattern cfa, Func<int, Offset> step) =>
        Enumerable
            .Range(1, Math.Max(cfa.Width, cfa.Height))
            .First(i =>
                Enumerable
                    .Range(0, cfa.PhaseCount)
                    .Select(p => (X: p % cfa.Width, Y: p / cfa.Width))
                    .All(at => cfa[at.X, at.Y] == cfa[at.X + step(i).Dx, at.Y + step(i).Dy])
            );

    private void AddBand(int band, Span<ushort> evidence, Span<ushort> total, LineSums sums)
    {
        int top = band * LineSums.PieceLength;
        int end = Math.Min(top + LineSums.PieceLength, view.Height);
        int endOfColumns = Math.Min(top + rowsOfPiece, end);
        total.Clear();
        for (int y = top; y < end; y++)
        {
            int origin = ((view.Top + y) * codes.Width) + view.Left;
            if (y < endOfColumns)
            {
                CompareAcross(origin, evidence);
                Add(evidence, total);
            }

            int above = y < down ? down : -down;
            int below = y >= view.Height - down ? -down : down;
            LineEvidence.Run(codes.Samples, origin, above * codes.Width, below * codes.Width, margin, evidence);
            for (int piece = 0; piece < sums.Rows.Length; piece++)
            {
                ReadOnlySpan<ushort> part = evidence[(piece * LineSums.PieceLength)..];
                part = part[..Math.Min(part.Length, LineSums.PieceLength)];
                sums.Rows[piece][y] = Sum(part) - (LineEvidence.Neutral * part.Length);
            }
        }

        int neutral = LineEvidence.Neutral * (endOfColumns - top);
        for (int x = 0; x < total.Length; x++)
        {
            sums.Columns[band][x] = total[x] - neutral;
        }
    }

    /// <summary>At the border, the neighbour inside stands for both.</summary>
    private void CompareAcross(int origin, Span<ushort> evidence)
    {
        int inside = view.Width - across;
        LineEvidence.Run(codes.Samples, origin, across, across, margin, evidence[..across]);
        LineEvidence.Run(codes.Samples, origin + across, -across, across, margin, evidence[across..inside]);
        LineEvidence.Run(codes.Samples, origin + inside, -across, -across, margin, evidence[inside..]);
    }

    private static void Add(ReadOnlySpan<ushort> evidence, Span<ushort> total)
    {
        int i = 0;
        for (; i <= total.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            (Vector256.Create(total[i..]) + Vector256.Create(evidence[i..])).CopyTo(total[i..]);
        }

        for (; i < total.Length; i++)
        {
            total[i] += evidence[i];
        }
    }

    private static int Sum(ReadOnlySpan<ushort> evidence)
    {
        Vector256<ushort> lanes = default;
        int i = 0;
        for (; i <= evidence.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            lanes += Vector256.Create(evidence[i..]);
        }

        int sum = Vector256.Sum(lanes);
        for (; i < evidence.Length; i++)
        {
            sum += evidence[i];
        }

        return sum;
    }
}
