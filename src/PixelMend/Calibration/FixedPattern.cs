using PixelMend.Frames;

namespace PixelMend.Calibration;

/// <summary>
/// What is a photosite's own in an averaged frame: its reading without that of its phase, its surroundings, its row and its column.
/// Defective lines keep their offset.
/// </summary>
internal sealed class FixedPattern
{
    private readonly CfaPattern cfa;
    private readonly float[] spreads;

    private FixedPattern(Plane<float> residual, CfaPattern cfa, LineOffsets columns, LineOffsets rows, float step)
    {
        (Residual, this.cfa, Columns, Rows) = (residual, cfa, columns, rows);
        spreads = PlaneSamples.Spreads(residual, cfa, step);
    }

    /// <summary>What is left; not finite where the average is not.</summary>
    public Plane<float> Residual { get; }

    /// <summary>Offsets of the columns.</summary>
    public LineOffsets Columns { get; }

    /// <summary>Offsets of the rows.</summary>
    public LineOffsets Rows { get; }

    /// <summary>Spread of <see cref="Residual"/>, mean over the phases: fixed pattern and remaining noise together.</summary>
    public float Spread => spreads.Average();

    /// <summary>Spread of the residuals of a photosite's colour, as of <see cref="PlaneSamples.Spreads"/>.</summary>
    public float SpreadAt(int x, int y) => spreads[cfa.PhaseOf(x, y)];

    /// <summary>How far residuals are off, upwards or downwards, in spreads: a sample over all the plane.</summary>
    public float[] Scores(bool upwards) =>
        PlaneSamples.Take(Residual, static (_, _) => true, (value, x, y) => (upwards ? value : -value) / SpreadAt(x, y));

    /// <summary>Defective lines of both directions.</summary>
    public IEnumerable<LineOffset> Lines => Columns.Outlying.Concat(Rows.Outlying);

    /// <summary>Takes an averaged dark frame apart by subtraction.</summary>
    /// <param name="mean">The averaged frame, ADU.</param>
    /// <param name="cfa">Its mosaic.</param>
    /// <param name="step">Distance of neighbouring values, ADU: no spread is below that of rounding to it.</param>
    /// <param name="least">Least offset of a defective line, ADU.</param>
    /// <param name="options">Threads.</param>
    public static FixedPattern OfOffsets(Plane<float> mean, CfaPattern cfa, float step, double least, ParallelOptions options)
    {
        float[] phases = PlaneSamples.PhaseMedians(mean, cfa);
        Plane<float> residual = mean.Clone();
        Apply(residual, options, (y, row) => Each(row, (x, value) => value - phases[cfa.PhaseOf(x, y)]));
        LocalMedian local = LocalMedian.Of(residual, cfa, options);
        Apply(
            residual,
            options,
            (y, row) =>
            {
                var around = new float[row.Length];
                local.ReadRow(y, around);
                for (int x = 0; x < row.Length; x++)
                {
                    row[x] -= around[x];
                }
            }
        );
        return WithoutLines(residual, cfa, least, step, options);
    }

    /// <summary>Takes the light of an averaged flat field apart by division; the residual is the response less 1.</summary>
    /// <param name="light">The averaged flat field without its dark frame, ADU; becomes the residual.</param>
    /// <param name="cfa">Its mosaic.</param>
    /// <param name="least">Least deviation of a defective line.</param>
    /// <param name="options">Threads.</param>
    public static FixedPattern OfResponse(Plane<float> light, CfaPattern cfa, double least, ParallelOptions options)
    {
        float[] phases = PlaneSamples.PhaseMedians(light, cfa);
        Plane<float> response = light;
        Apply(response, options, (y, row) => Each(row, (x, value) => value / phases[cfa.PhaseOf(x, y)]));
        LocalMedian local = LocalMedian.Of(response, cfa, options);
        Apply(
            response,
            options,
            (y, row) =>
            {
                var around = new float[row.Length];
                local.ReadRow(y, around);
                for (int x = 0; x < row.Length; x++)
                {
                    // Where no light fell, no response can be told.
                    row[x] = around[x] > 0 ? (row[x] / around[x]) - 1 : float.NaN;
                }
            }
        );
        return WithoutLines(response, cfa, least, float.Epsilon, options);
    }

    private static FixedPattern WithoutLines(Plane<float> residual, CfaPattern cfa, double least, float step, ParallelOptions options)
    {
        float spread = PlaneSamples.Spreads(residual, cfa, step).Max();
        var columns = LineOffsets.Remove(residual, columns: true, spread, least, options);
        var rows = LineOffsets.Remove(residual, columns: false, spread, least, options);
        return new FixedPattern(residual, cfa, columns, rows, step);
    }

    private static void Apply(Plane<float> plane, ParallelOptions options, RowAction action) =>
        Parallel.For(0, plane.Height, options, y => action(y, plane.Row(y)));

    private static void Each(Span<float> row, Func<int, float, float> value)
    {
        for (int x = 0; x < row.Length; x++)
        {
            row[x] = value(x, row[x]);
        }
    }

    private delegate void RowAction(int y, Span<float> row);
}
