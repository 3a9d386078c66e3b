using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Evaluation;

/// <summary>The noise of a frame as the frame itself shows it: what its best prediction leaves unexplained in its calmer half, by level.</summary>
public sealed class FrameNoise
{
    private const int Radius = 2;
    private const int SamplesPerPhase = 20_000;

    private readonly NoiseScale scale;

    private FrameNoise(NoiseScale scale) => this.scale = scale;

    /// <summary>Measures a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="defects">Defects that it is known to have; they teach nothing.</param>
    /// <param name="options">Threads to use, and cancellation.</param>
    public static FrameNoise Of(RawFrame frame, DefectMap defects, ParallelOptions options)
    {
        var view = new MosaicView(frame);
        if (view.Width < view.Cfa.Width || view.Height < view.Cfa.Height)
        {
            // Less than one period shows some colours only once: all that is known is the distance of two codes.
            return new FrameNoise(NoiseScale.Fit(new LevelOrder([]), [], view.Quantisation));
        }

        var layout = new PhaseLayout(view.Width, view.Height, view.Cfa);
        var fills = new Fills(view.Height, new Suspects(view, defects).Guess());
        using var stripes = new Stripes(view, layout, fills, clamp: false, Patch.Steps(Radius), options);
        MosaicModel model = MosaicModel.Fit(stripes, SamplesPerPhase, classes: false, view.Quantisation, options);
        return new FrameNoise(model.CalmNoise);
    }

    /// <summary>Standard deviation of a good photosite at a signal (black 0, white 1), as a signal.</summary>
    public double Sigma(double signal) => scale.Sigma(signal);
}
