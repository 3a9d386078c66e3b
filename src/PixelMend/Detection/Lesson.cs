using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>What a frame taught about itself, and two ways to score its photosites by that.</summary>
internal sealed class Lesson
{
    private const int SamplesPerPhase = 10_000;

    /// <summary>The same for a first look, which only has to find what is far off.</summary>
    private const int FirstSamplesPerPhase = 4_000;

    /// <summary>Part of the noise that counts as such: it shows in the residuals around as well.</summary>
    private const double NoiseShare = 0.75;

    private static readonly Excuses Excuses = new(Activity: 0.2f, Support: 0.3f, Texture: 0.05f);

    private readonly MosaicView view;

    private Lesson(MosaicView view, MosaicModel model, DefectScale scale, ScorePass pass, Cascade cascade)
    {
        this.view = view;
        Model = model;
        Scale = scale;
        Pass = pass;
        Cascade = cascade;
    }

    public MosaicModel Model { get; }

    /// <summary>What residuals are measured against: noise as the file declares it where that can be.</summary>
    public DefectScale Scale { get; }

    /// <summary>The same by what the frame shows alone, so that frames with and without a declaration can be joined.</summary>
    public DefectScale Seen => ScaleOf(Model.Noise);

    /// <summary>Scores all photosites of whole bands.</summary>
    public ScorePass Pass { get; }

    /// <summary>Scores what may stand out.</summary>
    public Cascade Cascade { get; }

    /// <param name="view">The mosaic.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="fills">What to read at photosites already distrusted.</param>
    /// <param name="clamp">Whether signals are limited to their rings, for a first look at a frame whose defects are unknown.</param>
    /// <param name="work">Buffers.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="kept">The models of a video; null: the frame has its own.</param>
    public static Lesson Learn(
        MosaicView view,
        PhaseLayout layout,
        Fills fills,
        bool clamp,
        WorkspacePool<ScorePass.Workspace> work,
        ParallelOptions options,
        KeptModels? kept = null
    )
    {
        using var stripes = new Stripes(view, layout, fills, clamp, Patch.Steps(ScorePass.PatchRadius), options);
        int samples = clamp ? FirstSamplesPerPhase : SamplesPerPhase;
        MosaicModel Fit() => MosaicModel.Fit(stripes, samples, classes: false, view.Quantisation, options);
        MosaicModel model = kept is null ? Fit() : kept.For(clamp ? "first round" : "second round", stripes, Fit, options);
        DefectScale scale = Declared(view, model, model.Noise);
        var pass = new ScorePass(view, layout, model, scale, clamp, work);
        return new Lesson(view, model, scale, pass, new Cascade(view, new SiteScorer(view, model, scale, clamp), pass, scale));
    }

    /// <summary>What another idea of the frame's noise comes to, as the file declares it where that can be.</summary>
    public DefectScale Against(NoiseScale noise) => Declared(view, Model, noise);

    private static DefectScale Declared(MosaicView view, MosaicModel model, NoiseScale seen) =>
        ScaleOf(seen.Given(view.Frame.Info.Noise, model.Phases.Average(p => p.MeanLevel), view.Quantisation));

    private static DefectScale ScaleOf(NoiseScale noise) =>
        new((float)(NoiseShare * NoiseShare * noise.Offset), (float)(NoiseShare * NoiseShare * noise.Slope), Excuses);
}
