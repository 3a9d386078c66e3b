using PixelMend.Frames;
using PixelMend.Simulation;

namespace PixelMend.Evaluation;

/// <summary>Draws the photosites of one defect.</summary>
/// <param name="cfa">The mosaic.</param>
/// <param name="area">Where defects may lie; a group may still reach beyond it.</param>
/// <param name="random">Source of chance.</param>
internal delegate Offset[] GroupDraw(CfaPattern cfa, Area area, ref Random64 random);

/// <summary>A shape that defects are injected in.</summary>
/// <param name="Shape">Its name.</param>
/// <param name="MeanSites">How many photosites it has on average in an area.</param>
/// <param name="Draw">Draws one.</param>
internal sealed record Form(DefectShape Shape, Func<Area, double> MeanSites, GroupDraw Draw)
{
    /// <summary>Length of segments, as a part of the row or column.</summary>
    private static readonly Bounds SegmentLength = new DefectModel().SegmentLength;

    public static Form Single { get; } = new(DefectShape.Single, _ => 1, (_, area, ref random) => [Anywhere(area, ref random)]);

    public static Form SameColorCouplet { get; } =
        new(
            DefectShape.SameColorCouplet,
            _ => 2,
            (cfa, area, ref random) => DefectGroups.SameColor(cfa, Anywhere(area, ref random), ref random)
        );

    public static Form AdjacentCouplet { get; } =
        new(DefectShape.AdjacentCouplet, _ => 2, (_, area, ref random) => DefectGroups.Adjacent(Anywhere(area, ref random), ref random));

    public static Form Cluster { get; } =
        new(DefectShape.Cluster, _ => 6, (_, area, ref random) => DefectGroups.Cluster(Anywhere(area, ref random), ref random));

    public static Form RowSegment { get; } =
        new(
            DefectShape.RowSegment,
            area => MeanLength(area.Width),
            (_, area, ref random) =>
            {
                (int start, int length) = Segment(area.Width, ref random);
                return Line(new Offset(area.Left + start, area.Top + random.Below(area.Height)), new Offset(1, 0), length);
            }
        );

    public static Form ColumnSegment { get; } =
        new(
            DefectShape.ColumnSegment,
            area => MeanLength(area.Height),
            (_, area, ref random) =>
            {
                (int start, int length) = Segment(area.Height, ref random);
                return Line(new Offset(area.Left + random.Below(area.Width), area.Top + start), new Offset(0, 1), length);
            }
        );

    public static Form Column { get; } =
        new(
            DefectShape.Column,
            area => area.Height,
            (_, area, ref random) => Line(new Offset(area.Left + random.Below(area.Width), area.Top), new Offset(0, 1), area.Height)
        );

    /// <summary>The couplet of the preset <c>clusters</c>: the next photosite of the same colour in the row that does not touch.</summary>
    public static Form CoupletInRow { get; } =
        new(
            DefectShape.SameColorCouplet,
            _ => 2,
            (cfa, area, ref random) =>
            {
                Offset first = Anywhere(area, ref random);
                int step = 2;
                while (cfa[first.Dx + step, first.Dy] != cfa[first.Dx, first.Dy])
                {
                    step++;
                }

                return [first, first with { Dx = first.Dx + step }];
            }
        );

    /// <summary>The adjacent couplet of the preset <c>clusters</c>: beside, or beside and one below.</summary>
    public static Form CoupletBeside { get; } =
        new(
            DefectShape.AdjacentCouplet,
            _ => 2,
            (_, area, ref random) =>
            {
                Offset first = Anywhere(area, ref random);
                return [first, new Offset(first.Dx + 1, first.Dy + random.Below(2))];
            }
        );

    /// <summary>The cluster of the preset <c>clusters</c>: two by two photosites.</summary>
    public static Form Square { get; } =
        new(
            DefectShape.Cluster,
            _ => 4,
            (_, area, ref random) =>
            {
                Offset first = Anywhere(area, ref random);
                return [.. Enumerable.Range(0, 4).Select(i => new Offset(first.Dx + (i % 2), first.Dy + (i / 2)))];
            }
        );

    /// <summary>Whether it is a row, a column, or a part of one.</summary>
    public bool IsLine => Shape >= DefectShape.RowSegment;

    private static Offset Anywhere(Area area, ref Random64 random) =>
        new(area.Left + random.Below(area.Width), area.Top + random.Below(area.Height));

    private static double MeanLength(int whole) => Math.Max(1, whole * (SegmentLength.Least + SegmentLength.Most) / 2);

    private static (int Start, int Length) Segment(int whole, ref Random64 random)
    {
        int length = Math.Clamp((int)(whole * SegmentLength.Draw(ref random)), 1, whole);
        return (random.Below(whole - length + 1), length);
    }

    private static Offset[] Line(Offset from, Offset step, int length) =>
        [.. Enumerable.Range(0, length).Select(i => new Offset(from.Dx + (i * step.Dx), from.Dy + (i * step.Dy)))];
}
