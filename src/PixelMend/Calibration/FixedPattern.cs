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

    /// <summary>The least of the phases' spreads.</summary>
    public float LeastSpread => spreads.Min();

    /// <summary>Spread of the residuals of a photosite's colour, as of <see cref="PlaneSamples.Spreads"/>.</summary>
    public float SpreadAt(int x, int y) => spreads[cfa.PhaseOf(x, y)];

    /// <summary>How far residuals are off, upwards or downwards, in spreads: a sample over all the plane.</summary>
    public float[] Scores(bool upwards) =>
        PlaneSamples.Take(Residual, static (_, _) => true, (value, x, y) => (upwards ? value : -value) / SpreadAt(x, y));

    /// <summary>Defective lines of both directions.</summary>
    public IEnumerable<LineOffset> Lines => Columns.Outlying.Concat(Rows.Outlying);

    /// <summary>How far a part of a column or row is off those around.</summary>
    public float ExcessOf(Area line) => (line.Width == 1 ? Columns : Rows).ExcessOf(Residual, line, columns: line.Width == 1);

    /// <summary>Takes an averaged dark frame apart by subtraction.</summary>
    /// <param name="mean">The averaged frame, ADU.</param>
    /// <param name="cfa">Its mosaic.</param>
    /// <param name="step">Distance of neighbouring values, ADU: no spread is below that of rounding to it.</param>
    /// <param name="least">Least offset of a defective line, ADU.</param>
    /// <param name="options">Threads.</param>
    public static FixedPattern OfOffsets(Plane<float> mean, CfaPattern cfa, float step, double least, ParallelOptions options)
    {
        float[][] phases = ByRow(PlaneSamples.PhaseMedians(mean, cfa), cfa, mean.Width);
        var residual = new Plane<float>(mean.Width, mean.Height);
        Parallel.For(
            0,
            mean.Height,
            options,
            y =>
            {
                ReadOnlySpan<float> source = mean.Row(y);
                ReadOnlySpan<float> usual = phases[y % phases.Length];
                Span<float> row = residual.Row(y);
                for (int x = 0; x < row.Length; x++)
                {
                    row[x] = source[x] - usual[x];
                }
            }
        );
        LocalMedian local = LocalMedian.Of(residual, cfa, options);
        Apply(
            residual,
            local,
            options,
            static (row, around) =>
            {
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
        float[][] phases = ByRow(PlaneSamples.PhaseMedians(light, cfa), cfa, light.Width);
        Plane<float> response = light;
        Parallel.For(
            0,
            light.Height,
            options,
            y =>
            {
                ReadOnlySpan<float> usual = phases[y % phases.Length];
                Span<float> row = response.Row(y);
                for (int x = 0; x < row.Length; x++)
                {
                    row[x] /= usual[x];
                }
            }
        );
        LocalMedian local = LocalMedian.Of(response, cfa, options);
        Apply(
            response,
            local,
            options,
            static (row, around) =>
            {
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

    private static void Apply(Plane<float> plane, LocalMedian local, ParallelOptions options, RowAction action) =>
        Parallel.For(
            0,
            plane.Height,
            options,
            () => new float[plane.Width],
            (y, _, around) =>
            {
                local.ReadRow(y, around);
                action(plane.Row(y), around);
                return around;
            },
            static _ => { }
        );

    /// <summary>Each row's figures photosite by photosite, for the rows of one period.</summary>
    private static float[][] ByRow(float[] phases, CfaPattern cfa, int width) =>
        [.. Enumerable.Range(0, cfa.Height).Select(y => Enumerable.Range(0, width).Select(x => phases[cfa.PhaseOf(x, y)]).ToArray())];

    private delegate void RowAction(Span<float> row, ReadOnlySpan<float> around);
}
