using PixelMend.Algorithms;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Detection;

/// <summary>
/// A photosite is defective when it lies farther outside the values of its eight nearest good same-colour neighbours than a fixed part of the range.
/// The classic test of image signal processors: simple, and blind to noise and texture.
/// </summary>
internal sealed class RingThreshold(Settings settings) : IDefectDetector
{
    private const int Ring = 8;

    public static Algorithm<IDefectDetector> Registration { get; } =
        new(
            "ring-threshold",
            "Flags photosites that leave the range of their eight nearest same-colour neighbours by more than a fixed margin.",
            "The classic min–max test of image signal processors",
            [new Parameter("threshold", 0.08, 0, 1, "margin beyond the neighbours' extremes, as a part of the range from black to white")],
            settings => new RingThreshold(settings)
        );

    public void Detect(Evidence evidence, DefectMap.Builder found, ParallelOptions options)
    {
        RawFrame frame = evidence.Frame;
        DefectMask known = evidence.Known.ToMask();
        float margin = (float)settings["threshold"];
        Area active = frame.ActiveArea;
        var rows = new List<Defect>?[frame.Height];
        Parallel.For(
            active.Top,
            active.Bottom,
            options,
            y =>
            {
                for (int x = active.Left; x < active.Right; x++)
                {
                    if (!known[x, y] && Judge(frame, known, x, y, margin) is { } defect)
                    {
                        (rows[y] ??= []).Add(defect);
                    }
                }
            }
        );
        foreach (List<Defect>? row in rows)
        {
            found.AddRange(row ?? []);
        }
    }

    private static Defect? Judge(RawFrame frame, DefectMask known, int x, int y, float margin)
    {
        float least = float.PositiveInfinity;
        float most = float.NegativeInfinity;
        int seen = 0;
        foreach (Offset step in frame.Cfa.Neighbors(x, y))
        {
            int nx = x + step.Dx;
            int ny = y + step.Dy;
            if (!frame.ActiveArea.Contains(nx, ny) || known[nx, ny])
            {
                continue;
            }

            float value = frame.Signal(nx, ny);
            if (!float.IsFinite(value))
            {
                continue;
            }

            least = MathF.Min(least, value);
            most = MathF.Max(most, value);
            if (++seen == Ring)
            {
                break;
            }
        }

        float signal = frame.Signal(x, y);
        return seen == 0 || !float.IsFinite(signal) ? null
            : signal > most + margin ? new Defect(x, y, DefectKind.Hot, (signal - most) / margin)
            : signal < least - margin ? new Defect(x, y, DefectKind.Dead, (least - signal) / margin)
            : null;
    }
}
