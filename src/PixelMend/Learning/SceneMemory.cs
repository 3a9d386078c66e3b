using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Learning;

/// <summary>
/// Tells whether a frame shows a scene again that one of the frames before it showed: then what stays in place may be the scene as well as the sensor.
/// Frames are compared by steps between near photosites of one colour, where the earlier frame has its strongest: noise is new in every frame, detail
/// of a scene that moved has nothing in common, and defects are too few to count.
/// </summary>
internal sealed class SceneMemory
{
    /// <summary>Likeness from which a scene is the same.</summary>
    private const double Same = 0.8;

    /// <summary>Places compared, spread evenly over the frame.</summary>
    private const int Places = 1 << 15;

    /// <summary>Part of them where the steps are strongest.</summary>
    private const int StrongPart = 10;

    /// <summary>Frames remembered: those who shoot from a tripod do so for a while.</summary>
    private const int Kept = 16;

    /// <summary>Steps larger than this many times the middle one of the strong ones count no more: those of defects are.</summary>
    private const float Bound = 2;

    private readonly Queue<Detail> remembered = new();

    /// <summary>Whether the frame repeats a remembered scene; else it is remembered.</summary>
    public bool Repeats(RawFrame frame)
    {
        float[] steps = StepsOf(frame);
        if (remembered.Any(earlier => earlier.Likeness(steps) > Same))
        {
            return true;
        }

        remembered.Enqueue(new Detail(steps));
        if (remembered.Count > Kept)
        {
            remembered.Dequeue();
        }

        return false;
    }

    public void Save(BinaryWriter to)
    {
        to.Write(remembered.Count);
        foreach (Detail detail in remembered)
        {
            detail.Save(to);
        }
    }

    public void Load(BinaryReader from)
    {
        for (int left = from.ReadInt32(); left > 0; left--)
        {
            remembered.Enqueue(new Detail(from));
        }
    }

    private static float[] StepsOf(RawFrame frame)
    {
        Area area = frame.ActiveArea;
        int across = Math.Max(1, area.Width - frame.Cfa.Width);
        var steps = new float[Math.Min(Places, (long)across * area.Height)];
        for (int i = 0; i < steps.Length; i++)
        {
            // The R2 sequence (Roberts 2018): even cover without a grid that a pattern of the scene could fall into step with.
            int x = area.Left + (int)(across * Fraction((i + 1) * 0.7548776662466927));
            int y = area.Top + (int)(area.Height * Fraction((i + 1) * 0.5698402909980532));
            float step = x + frame.Cfa.Width < area.Right ? frame.Linear(x + frame.Cfa.Width, y) - frame.Linear(x, y) : 0;
            steps[i] = float.IsFinite(step) ? step : 0;
        }

        return steps;
    }

    private static double Fraction(double value) => value - Math.Floor(value);

    /// <summary>The strongest steps of a frame.</summary>
    private sealed class Detail
    {
        private readonly float[] steps;
        private readonly int[] strong;

        public Detail(float[] steps)
        {
            strong = [.. Enumerable.Range(0, steps.Length).OrderByDescending(i => MathF.Abs(steps[i])).Take(steps.Length / StrongPart)];
            this.steps = Bounded(steps);
        }

        public Detail(BinaryReader from)
        {
            strong = [.. Enumerable.Range(0, from.ReadInt32()).Select(_ => from.ReadInt32())];
            steps = from.ReadSingles();
        }

        public void Save(BinaryWriter to)
        {
            to.Write(strong.Length);
            foreach (int place in strong)
            {
                to.Write(place);
            }

            to.Write(steps);
        }

        /// <summary>Correlation with another frame's steps: 1 for the same scene without noise, about 0 for another.</summary>
        public double Likeness(float[] others)
        {
            float[] now = Bounded(others);
            double joint = 0;
            double own = 0;
            double other = 0;
            for (int i = 0; i < strong.Length; i++)
            {
                joint += steps[i] * now[i];
                own += steps[i] * steps[i];
                other += now[i] * now[i];
            }

            return own > 0 && other > 0 ? joint / Math.Sqrt(own * other) : 0;
        }

        private float[] Bounded(float[] all)
        {
            float[] chosen = [.. strong.Select(i => all[i])];
            float bound = Bound * Quantiles.Median([.. chosen.Select(MathF.Abs)]);
            return [.. chosen.Select(step => Math.Clamp(step, -bound, bound))];
        }
    }
}
