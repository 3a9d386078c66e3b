using PixelMend.Benchmarks.Statistics;
using PixelMend.Detection;
using PixelMend.Frames;
using PixelMend.Prediction;
using PixelMend.Simulation;

namespace PixelMend.Benchmarks;

/// <summary>
/// What a single frame cannot tell, whatever the method: lines that the scene itself has. The oracle sees the scene without noise, predicts each photosite
/// from those around it, its own line left out, with weights fitted to that scene, and knows in hindsight which statistic of a line's residuals, and which
/// limit that no good line exceeds, suit the frame best.
/// </summary>
internal sealed class LineOracle
{
    /// <summary>Frames whose mean stands for one without noise: it lies at a quarter then, and at some hundredth over a whole line.</summary>
    private const int Captures = 16;

    private const int SamplesPerPhase = 40_000;

    /// <summary>Photosites beside the border have neighbours on one side only.</summary>
    private const int Margin = 8;

    /// <summary>A line's residuals as one figure, were all of them raised by so much.</summary>
    private static readonly Func<Line, double, double>[] Figures =
    [
        (line, raised) => line.Mean + raised,
        (line, raised) => line.Median + raised,
        (line, raised) => Least(line.Quarters, raised),
        (line, raised) => Least(line.Eighths, raised),
    ];

    private readonly Dictionary<bool, Line[]> lines;

    private LineOracle(Dictionary<bool, Line[]> lines) => this.lines = lines;

    /// <summary>Looks at a scene.</summary>
    /// <param name="camera">Takes frames of it, of a sensor without a pattern of its own.</param>
    /// <param name="options">Threads and cancellation.</param>
    public static LineOracle Of(SimulatedCamera camera, ParallelOptions options)
    {
        RawFrame scene = WithoutNoise(camera, options);
        var view = new MosaicView(scene);
        var layout = new PhaseLayout(view.Width, view.Height, view.Cfa);
        using var stripes = new Stripes(view, layout, new Fills(view.Height, []), clamp: false, LineLesson.FarSteps, options);
        MosaicModel model = MosaicModel.Fit(stripes, SamplesPerPhase, classes: false, view.Quantisation, options);
        NoiseProfile noise = scene.Info.Noise[0];
        return new LineOracle(
            new()
            {
                [true] = LinesOf(view, model, LineAxis.Column, noise, options),
                [false] = LinesOf(view, model, LineAxis.Row, noise, options),
            }
        );
    }

    /// <summary>How many lines, raised or lowered by so many standard deviations of noise, differ from all good ones.</summary>
    /// <param name="planted">Whether each is a column, where it lies, and whether it is bright.</param>
    /// <param name="offset">In standard deviations of one photosite's noise.</param>
    public int Found(IReadOnlyCollection<(bool Column, int Line, bool Bright)> planted, double offset) =>
        Figures.Max(statistic =>
            planted.Count(p =>
                Math.Abs(statistic(lines[p.Column][p.Line - Margin], p.Bright ? offset : -offset))
                > lines[p.Column].Max(good => Math.Abs(statistic(good, 0)))
            )
        );

    private static RawFrame WithoutNoise(SimulatedCamera camera, ParallelOptions options)
    {
        RawFrame first = camera.Capture(0, options).Frame;
        var mean = new Plane<float>(first.Width, first.Height);
        for (int i = 0; i < Captures; i++)
        {
            Plane<ushort> codes = camera.Capture(i, options).Frame.Codes!;
            for (int k = 0; k < mean.Samples.Length; k++)
            {
                mean.Samples[k] += (float)codes.Samples[k] / Captures;
            }
        }

        return new RawFrame(mean, first.Cfa, first.Levels) { Info = first.Info };
    }

    private static Line[] LinesOf(MosaicView view, MosaicModel model, LineAxis axis, NoiseProfile noise, ParallelOptions options)
    {
        var mosaic = new MosaicLines(view, axis);
        LinePredictor predictor = new LinePredictors(model, view.Cfa, axis).WithoutOwn;
        var found = new Line[mosaic.Count - (2 * Margin)];
        Parallel.For(
            0,
            found.Length,
            options,
            i =>
            {
                var residuals = new double[mosaic.Length - (2 * Margin)];
                double level = 0;
                for (int k = 0; k < residuals.Length; k++)
                {
                    (int x, int y) = mosaic.Place(i + Margin, k + Margin);
                    double expected = 0;
                    float[] weights = predictor.Weights[view.Cfa.PhaseOf(x, y)];
                    for (int t = 0; t < weights.Length; t++)
                    {
                        expected += weights[t] * view.Signal(x + predictor.Steps[t].Dx, y + predictor.Steps[t].Dy);
                    }

                    residuals[k] = view.Signal(x, y) - expected;
                    level += Math.Max(0, expected) / residuals.Length;
                }

                double sigma = Math.Sqrt((noise.Scale * level) + noise.Offset);
                found[i] = Line.Of([.. residuals.Select(r => r / sigma)]);
            }
        );
        return found;
    }

    /// <summary>What the part of a line shows that shows least of what the others do.</summary>
    private static double Least(double[] parts, double raised)
    {
        double low = parts.Min() + raised;
        double high = parts.Max() + raised;
        return low * high <= 0 ? 0 : Math.Min(Math.Abs(low), Math.Abs(high));
    }

    /// <summary>Residuals of a line, in standard deviations of one photosite's noise.</summary>
    private sealed record Line(double Mean, double Median, double[] Quarters, double[] Eighths)
    {
        public static Line Of(double[] residuals) =>
            new(residuals.Average(), Middle.Of(residuals), Parts(residuals, 4), Parts(residuals, 8));

        private static double[] Parts(double[] residuals, int count) =>
            [.. residuals.Chunk((residuals.Length + count - 1) / count).Select(part => Middle.Of(part))];
    }
}
