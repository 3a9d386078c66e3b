using PixelMend.Frames;

namespace PixelMend.Prediction;

/// <summary>
/// The models of a video: learned from one frame and used on those that follow as long as they fit, so that most frames cost no learning. Whether a model
/// fits is found on the frame in hand before it is used, so that no frame is judged by the model of another scene.
/// </summary>
internal sealed class KeptModels
{
    private readonly Dictionary<string, Kept> kept = new(StringComparer.Ordinal);

    /// <summary>How often a model was learned.</summary>
    public int Learned { get; private set; }

    /// <summary>The model kept for a purpose, if it fits the frame, else one learned from it.</summary>
    /// <param name="purpose">What it is for; each has a model of its own.</param>
    /// <param name="stripes">The frame.</param>
    /// <param name="learn">Learns one from it.</param>
    /// <param name="options">Threads and cancellation.</param>
    public MosaicModel For(string purpose, Stripes stripes, Func<MosaicModel> learn, ParallelOptions options)
    {
        PhaseLayout layout = stripes.Layout;
        if (
            kept.TryGetValue(purpose, out Kept? last)
            && (last.Width, last.Height) == (layout.Width, layout.Height)
            && last.Cfa.Equals(layout.Cfa)
            && Misfit.Of(last.Model, stripes, options).IsLike(last.Normal)
        )
        {
            return last.Model;
        }

        MosaicModel model = learn();
        Learned++;
        kept[purpose] = new Kept(layout.Width, layout.Height, layout.Cfa, model, Misfit.Of(model, stripes, options));
        return model;
    }

    /// <param name="Width">Photosites per row of the frame it was learned from.</param>
    /// <param name="Height">Rows of that frame.</param>
    /// <param name="Cfa">Its mosaic.</param>
    /// <param name="Model">The model.</param>
    /// <param name="Normal">How well it fits that frame.</param>
    private sealed record Kept(int Width, int Height, CfaPattern Cfa, MosaicModel Model, Misfit Normal);
}
