using PixelMend.Algorithms;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>
/// darktable 3, module "hot pixels" (user manual, hot pixels): a photosite above a threshold is hot when a part of its value still exceeds its four nearest
/// same-colour neighbours. It looks for nothing dark. Re-expressed from its description; not the peer's code.
/// </summary>
internal sealed class DarktableDetector(Settings settings) : IDefectDetector
{
    private const int Neighbors = 4;

    public static Peer<IDefectDetector> Registration { get; } =
        new(
            new(
                "darktable*",
                "A part of the value still exceeds the four nearest same-colour neighbours.",
                "darktable user manual, hot pixels",
                [
                    new Parameter("strength", 0.25, 0, 1, "the slider's value; half of it is the part"),
                    new Parameter("threshold", 0.05, 0, 1, "signal from which a photosite may be hot"),
                ],
                settings => new DarktableDetector(settings)
            ),
            Handles
        );

    /// <summary>Bayer, four colours, X-Trans.</summary>
    public static bool Handles(CfaPattern cfa) => PeerCfas.IsBayer(cfa) || PeerCfas.IsFourColor(cfa) || PeerCfas.IsXTrans(cfa);

    /// <summary>By phase, the four photosites that are compared: two apart in row and column on 2 × 2 arrays, the nearest ones on X-Trans.</summary>
    public static Offset[][] Around(CfaPattern cfa) =>
        PeerCfas.IsXTrans(cfa)
            ? [.. Enumerable.Range(0, cfa.PhaseCount).Select(p => cfa.Neighbors(p % cfa.Width, p / cfa.Width)[..Neighbors].ToArray())]
            : [.. Enumerable.Repeat<Offset[]>([new(-2, 0), new(0, -2), new(2, 0), new(0, 2)], cfa.PhaseCount)];

    public void Detect(Evidence evidence, DefectMap.Builder found, ParallelOptions options)
    {
        RawFrame frame = evidence.Frame;
        Plane<float> samples = LinearSamples.Of(frame);
        float part = (float)settings["strength"] / 2;
        float threshold = (float)settings["threshold"];
        Offset[][] around = Around(frame.Cfa);
        WindowScan.Run(
            evidence,
            found,
            2,
            options,
            (x, y) =>
            {
                float signal = LinearSamples.ToSignal(frame, x, y, samples[x, y]);
                if (signal <= threshold)
                {
                    return 0;
                }

                float most = 0;
                foreach (Offset step in around[frame.Cfa.PhaseOf(x, y)])
                {
                    (int nx, int ny) = (x + step.Dx, y + step.Dy);
                    most = MathF.Max(most, LinearSamples.ToSignal(frame, nx, ny, samples[nx, ny]));
                }

                return most > 0 ? part * signal / most : float.MaxValue;
            }
        );
    }
}
