using PixelMend.Benchmarks.Statistics;

namespace PixelMend.Benchmarks.Trials;

/// <summary>Figures by frame, method and measure; several trials of one frame are averaged.</summary>
internal sealed class Results
{
    private readonly Dictionary<(string Frame, string Method, string Measure), List<double>> figures = [];
    private readonly List<string> frames = [];

    /// <summary>Frames in the order in which they came.</summary>
    public IReadOnlyList<string> Frames => frames;

    /// <summary>The mean of a frame's trials; null where the method took no part.</summary>
    public double? this[string frame, string method, string measure] =>
        figures.TryGetValue((frame, method, measure), out List<double>? trials) ? trials.Average() : null;

    public void Add(string frame, string method, string measure, double? figure)
    {
        if (!frames.Contains(frame))
        {
            frames.Add(frame);
        }

        if (figure is { } value)
        {
            if (!figures.TryGetValue((frame, method, measure), out List<double>? trials))
            {
                figures[(frame, method, measure)] = trials = [];
            }

            trials.Add(value);
        }
    }

    /// <summary>Mean over frames; null unless the method took part on all of them.</summary>
    public double? Mean(string method, string measure) => OfAll(method, measure)?.Average();

    /// <summary>Middle of the frames.</summary>
    public double? Median(string method, string measure) => OfAll(method, measure) is { } all ? Middle.Of(all) : null;

    /// <summary>Largest of the frames.</summary>
    public double? Worst(string method, string measure) => OfAll(method, measure)?.Max();

    /// <summary>How far a method is above the best of others on each frame that any of them took part on, least first.</summary>
    public IReadOnlyList<FrameGain> Gains(string method, string measure, IReadOnlyList<string> others) =>
        [
            .. frames
                .Select(f => (Frame: f, Gain: this[f, method, measure] - others.Max(o => this[f, o, measure])))
                .Where(g => g.Gain.HasValue)
                .Select(g => new FrameGain(g.Frame, g.Gain!.Value))
                .OrderBy(g => g.Gain),
        ];

    private double[]? OfAll(string method, string measure)
    {
        double?[] all = [.. frames.Select(f => this[f, method, measure])];
        return all.Length > 0 && all.All(v => v.HasValue) ? [.. all.Select(v => v!.Value)] : null;
    }
}

/// <summary>How far one method is above others on a frame.</summary>
internal readonly record struct FrameGain(string Frame, double Gain);
