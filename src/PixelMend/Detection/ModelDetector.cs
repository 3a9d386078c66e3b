using PixelMend.Algorithms;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>The self-taught model.</summary>
internal sealed class ModelDetector(Settings settings) : IDefectDetector
{
    private const int Radius = 2;
    private const int SamplesPerPhase = 20000;

    public static Algorithm<IDefectDetector> Registration { get; } =
        new(
            "model",
            "Predicts every photosite from its neighbours of all colours with weights learned from the frame itself; flags what they cannot explain.",
            "PixelMend",
            [new Parameter("threshold", 3, 0.5, 100, "score from which a photosite is flagged"), new Parameter("accept", 5, 1, 100, "score"), new Parameter("t1", 0.25, 0, 100, "w"),new Parameter("t2", 0.02, 0, 100, "w"),new Parameter("t3", 3, 0, 100, "w"),new Parameter("dir", 1.3, 0, 100, "w"),new Parameter("auto", 1, 0, 100, "w"),new Parameter("light", .7, 0, 100, "w"), new Parameter("floor", 0.002, 0, 1, "w")],
            s => new ModelDetector(s)
        );

    public void Detect(Evidence evidence, DefectMap.Builder found, ParallelOptions options)
    {
        foreach (Scored s in Score(evidence.Frame, (float)settings["threshold"], options))
        {
            found.Add(new Defect(s.X + evidence.Frame.ActiveArea.Left, s.Y + evidence.Frame.ActiveArea.Top, s.Signal > s.Predicted ? DefectKind.Hot : DefectKind.Dead, s.Score));
        }
    }

    internal Scored[] Score(RawFrame frame, float least, ParallelOptions options)
    {
        var view = new MosaicView(frame);
        var layout = new PhaseLayout(view.Width, view.Height, view.Cfa);
        double quantisation = frame.Codes is null ? 0 : 1 / frame.Levels.Range;
        var fills = new Fills(view.Height, []);
        float accept = (float)settings["accept"];
        for (int round = 0; ; round++)
        {
            bool clamp = round == 0;
            var stripes = new Stripes(view, layout, fills, clamp, Radius, options);
            MosaicModel model = MosaicModel.Fit(stripes, Radius, SamplesPerPhase, quantisation, options);
            var scale = new DefectScale((float)(model.Noise.Offset), (float)model.Noise.Slope, 0.7f);
            Scored[] scored = new ScorePass(view, layout, model, scale, clamp).Run(fills, round == 1 ? Math.Min(1,least) : accept, options);
            if (round == 1)
            {
                double floor = settings["floor"];
                LightTest.T1=(float)settings["t1"];LightTest.T2=(float)settings["t2"];LightTest.T3=(float)settings["t3"];var light = new LightTest(view, [.. model.Phases.Select(p => Math.Max(1e-6f, p.EvenLevels.Average()))]);
                var result = new List<Scored>();
                var fd = new Dictionary<(int, int), float>();
                foreach (Fill f in fills.All) { fd[(f.X, f.Y)] = f.Signal; }
                float V(int x, int y) => fd.TryGetValue((x, y), out float v) ? v : view.Signal(x, y);

                float[] tail = [.. scored.Select(q => q.Score)];
                float least2 = settings["auto"] > 0 ? TailThreshold.Find(tail, (long)view.Width * view.Height, settings["auto"] * 1e-6) : least;
                Console.Error.Write($"[{least2:F2}] ");
                foreach (Scored s in scored.Where(s => s.Score >= least2))
                {
                    float r = s.Signal - s.Predicted;
                    float z = s.Score;
                    if (r > 0)
                    {
                        float allowed = r / z;
                        z = r / (allowed + ((float)settings["light"] * light.Explained(s.X, s.Y, allowed)));
                    }

                    if (z >= least2)
                    {
                        result.Add(s with { Score = z });
                    }
                }

                return [.. result];
            }

            fills = new Fills(view.Height, [.. scored.Select(s => new Fill(s.X, s.Y, s.Predicted))]);
        }
    }
}
