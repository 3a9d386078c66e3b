using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>What a single conspicuous photosite is asked before it is called a defect: is it a point of light, part of a thin line, or the last bit of its code?</summary>
internal sealed class SceneTests
{
    /// <summary>Codes that a photosite must be off: where noise is below one code, neighbours round to either side.</summary>
    private const float LeastCodes = 1.5f;

    private readonly float leastResidual;
    private readonly LightTest light;
    private readonly ThinLineTest thin;

    public SceneTests(MosaicView view, Suspects suspects, MosaicModel model)
    {
        var excess = new LocalExcess(view, suspects);
        leastResidual = LeastCodes * (float)view.Quantisation;
        light = new LightTest(view, excess, [.. model.Phases.Select(p => p.MeanLevel)]);
        thin = new ThinLineTest(view, excess);
    }

    /// <summary>Learns what light looks like in this frame.</summary>
    public void Learn(IEnumerable<Scored> conspicuous, ParallelOptions options) => light.Learn(conspicuous, options);

    /// <summary>Photosites with the scores that are left, in the same order.</summary>
    public Scored[] Judge(Scored[] conspicuous, ParallelOptions options)
    {
        var judged = new Scored[conspicuous.Length];
        Parallel.For(0, judged.Length, options, i => judged[i] = Judge(conspicuous[i]));
        return judged;
    }

    /// <summary>The photosite with the score that is left.</summary>
    public Scored Judge(Scored scored)
    {
        float residual = scored.Signal - scored.Predicted;
        if (MathF.Abs(residual) < leastResidual)
        {
            return scored with { Score = 0 };
        }

        float allowed = MathF.Abs(residual) / scored.Score;
        float unexplained = light.Unexplained(scored.X, scored.Y, residual, allowed);
        unexplained *= unexplained > 0 ? thin.Unexplained(scored.X, scored.Y, residual) : 0;
        return scored with { Score = scored.Score * unexplained };
    }
}
