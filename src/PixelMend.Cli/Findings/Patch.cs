using PixelMend.Frames;

namespace PixelMend.Cli.Findings;

/// <summary>The surroundings of one photosite, to be looked at photosite by photosite.</summary>
internal sealed class Patch
{
    private const int LargestSide = 21;

    private readonly RawFrame frame;
    private readonly Area area;

    /// <summary>The patch around (<paramref name="x"/>, <paramref name="y"/>), moved inwards at the borders of the frame.</summary>
    public Patch(RawFrame frame, int x, int y)
    {
        this.frame = frame;
        int width = Math.Min(LargestSide, frame.Width);
        int height = Math.Min(LargestSide, frame.Height);
        area = new Area(
            Math.Clamp(x - (width / 2), 0, frame.Width - width),
            Math.Clamp(y - (height / 2), 0, frame.Height - height),
            width,
            height
        );
    }

    /// <summary>Where it lies.</summary>
    public Area Area => area;

    /// <summary>The mosaic in grey, every photosite one pixel.</summary>
    public Picture Mosaic(Tone tone)
    {
        var picture = new Picture(area.Width, area.Height);
        ForEach(
            (x, y) =>
            {
                byte grey = tone.Map(frame.Signal(x, y));
                picture.Set(x - area.Left, y - area.Top, grey, grey, grey);
            }
        );
        return picture;
    }

    /// <summary>In colour: what a plain demosaicing makes of it, the mean of the photosites of each colour nearby, nearer ones weighing more.</summary>
    public Picture Colors(Tone[] tones)
    {
        var picture = new Picture(area.Width, area.Height);
        ForEach(
            (x, y) =>
                picture.Set(
                    x - area.Left,
                    y - area.Top,
                    tones[0].Map(Channel(x, y, CfaColor.Red)),
                    tones[1].Map(Channel(x, y, CfaColor.Green)),
                    tones[2].Map(Channel(x, y, CfaColor.Blue))
                )
        );
        return picture;
    }

    /// <summary>The signals of the patch; of one colour only where it is given.</summary>
    public IReadOnlyCollection<float> Signals(CfaColor? color = null)
    {
        var signals = new List<float>(LargestSide * LargestSide);
        ForEach(
            (x, y) =>
            {
                if (color is null || frame.Cfa[x, y] == color)
                {
                    signals.Add(frame.Signal(x, y));
                }
            }
        );
        return signals;
    }

    private float Channel(int x, int y, CfaColor color)
    {
        if (frame.Cfa[x, y] == color)
        {
            return frame.Signal(x, y);
        }

        int reach = Math.Max(frame.Cfa.Width, frame.Cfa.Height) - 1;
        float sum = 0;
        float weights = 0;
        for (int ny = Math.Max(0, y - reach); ny <= Math.Min(frame.Height - 1, y + reach); ny++)
        {
            for (int nx = Math.Max(0, x - reach); nx <= Math.Min(frame.Width - 1, x + reach); nx++)
            {
                if (frame.Cfa[nx, ny] == color)
                {
                    float distance = new Offset(nx - x, ny - y).SquaredLength;
                    float weight = 1 / (distance * distance);
                    sum += weight * frame.Signal(nx, ny);
                    weights += weight;
                }
            }
        }

        return sum / weights;
    }

    private void ForEach(Action<int, int> at)
    {
        for (int y = area.Top; y < area.Bottom; y++)
        {
            for (int x = area.Left; x < area.Right; x++)
            {
                at(x, y);
            }
        }
    }
}
