using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// What lines are judged by. Over a line the noise averages out, and what is left is detail that its neighbours do not foretell; threads of a fabric
/// that are some photosites wide are foretold by patches that see a whole one. So patches reach farther where a frame is full of detail, which
/// costs time that plain frames need not spend. Lines that near patches show are looked for in any case: at the border far ones have little to read.
/// </summary>
internal sealed class LineLesson
{
    /// <summary>How far patches reach at most.</summary>
    public const int FarthestReach = 8;

    /// <summary>Patches per phase for those: for some eighty weights each.</summary>
    private const int SamplesPerPhase = 12_000;

    /// <summary>What predictions leave in most places, over the noise alone, from which a frame is full of detail: skies and stars leave 1.1 at most, foliage and facades 1.5 or more.</summary>
    private const double MuchDetail = 1.25;

    /// <summary>Far patches.</summary>
    public static Offset[] FarSteps { get; } = Patch.Cross(FarthestReach, LinePredictors.Depth);

    private LineLesson(Lesson lesson, MosaicModel model, bool isFar) =>
        (Model, Scale, Calm, IsFar) = (model, lesson.Against(model.Noise), lesson.Against(model.CalmNoise), isFar);

    public MosaicModel Model { get; }

    /// <summary>What residuals are measured against.</summary>
    public DefectScale Scale { get; }

    /// <summary>The same without the detail that is everywhere: what a line's offset is measured against, to which detail adds nothing.</summary>
    public DefectScale Calm { get; }

    /// <summary>Whether patches reach farther than those of single photosites.</summary>
    public bool IsFar { get; }

    /// <param name="lesson">What the frame taught about single photosites.</param>
    /// <param name="view">The mosaic.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="fills">What to read at photosites already distrusted.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="kept">The models of a video; null: the frame has its own.</param>
    public static LineLesson[] Of(
        Lesson lesson,
        MosaicView view,
        PhaseLayout layout,
        Fills fills,
        ParallelOptions options,
        KeptModels? kept
    )
    {
        var near = new LineLesson(lesson, lesson.Model, isFar: false);
        if (!IsFullOfDetail(lesson.Model))
        {
            return [near];
        }

        using var stripes = new Stripes(view, layout, fills, clamp: false, FarSteps, options);
        MosaicModel Fit() => MosaicModel.Fit(stripes, SamplesPerPhase, classes: false, view.Quantisation, options);
        MosaicModel model = kept is null ? Fit() : kept.For("lines", stripes, Fit, options);
        return [near, new LineLesson(lesson, model, isFar: true)];
    }

    private static bool IsFullOfDetail(MosaicModel model)
    {
        double level = model.Phases.Average(p => p.MeanLevel);
        return model.Noise.Sigma(level) > MuchDetail * model.CalmNoise.Sigma(level);
    }
}
