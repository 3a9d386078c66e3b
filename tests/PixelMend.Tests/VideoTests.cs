using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;
using PixelMend.Prediction;
using PixelMend.Tests.Mosaics;
using Xunit;

namespace PixelMend.Tests;

/// <summary>Models kept over the frames of a video: learned once for a scene, and anew on the first frame that they do not fit.</summary>
public class VideoTests
{
    private const int Width = 320;
    private const int Height = 240;

    /// <summary>Two scenes of one sensor: soft waves, and woven cloth.</summary>
    private const string Scene = "dunes";
    private const string OtherScene = "fabric";

    private static readonly (int X, int Y)[] Hot = [(3, 3), (50, 41), (51, 41), (160, 120), (200, 17), (319, 239)];

    public static TheoryData<string> Cfas => ["MONO", "GRBG", "XTRANS"];

    [Theory]
    [MemberData(nameof(Cfas))]
    public void A_scene_is_learned_once(string cfa)
    {
        (KeptModels detection, KeptModels correction) = (new(), new());
        Repair video = Repairing(new ModelDetector(Settings(), detection), new ModelCorrector(correction));
        for (ulong seed = 1; seed <= 5; seed++)
        {
            RawFrame frame = Frame(cfa, Scene, seed);
            RepairReport kept = video.Run(frame, [], Mosaic.OneThread);
            RepairReport alone = Alone(frame);
            Assert.All(Hot, h => Assert.Contains(kept.Found.AllPhotosites(), d => (d.X, d.Y) == h));
            Assert.InRange(kept.Found.AllPhotosites().Count, Hot.Length, Hot.Length + 2);

            // What the two infer differs by much less than the noise.
            Dictionary<(int X, int Y), float> values = alone.Correction.Changes.ToDictionary(c => (c.X, c.Y), c => c.New);
            Assert.All(
                kept.Correction.Changes.Where(c => Hot.Contains((c.X, c.Y))),
                c => Assert.Equal(values[(c.X, c.Y)], c.New, tolerance: .03f * values[(c.X, c.Y)])
            );
        }

        // Two rounds of detection, one model of correction.
        Assert.Equal((2, 1), (detection.Learned, correction.Learned));
    }

    /// <summary>A cut: every frame of another scene than the one before is judged as if there were no other.</summary>
    [Theory]
    [MemberData(nameof(Cfas))]
    public void Another_scene_is_learned_at_once(string cfa)
    {
        Repair video = Video();
        ulong seed = 0;
        foreach (string scene in (string[])[Scene, OtherScene, Scene])
        {
            RawFrame frame = Frame(cfa, scene, ++seed);
            AssertSame(Alone(frame), video.Run(frame, [], Mosaic.OneThread));
        }
    }

    /// <summary>Light that fades changes the noise: the model is learned anew somewhere on the way, whatever it was.</summary>
    [Fact]
    public void Noise_that_grows_is_noticed()
    {
        var kept = new KeptModels();
        var detector = new ModelDetector(Settings(), kept);
        var random = new Random(5);
        for (int i = 0; i < 6; i++)
        {
            int amplitude = 8 << i;
            RawFrame frame = Mosaic.Of("RGGB", Width, Height, (_, _) => 2000 + random.Next(-amplitude, amplitude + 1));
            var found = new DefectMap.Builder(Width, Height);
            detector.Detect(new Evidence(frame, DefectMap.Empty(Width, Height)), found, Mosaic.OneThread);
            Assert.InRange(found.Build().AllPhotosites().Count, 0, 1);
        }

        Assert.Equal(12, kept.Learned);
    }

    [Fact]
    public void Another_size_is_learned_at_once()
    {
        Repair video = Video();
        video.Run(Frame("RGGB", Scene, 1), [], Mosaic.OneThread);
        RawFrame other = Mosaic.Simulated("RGGB", Width - 64, Height, Scene, 2);
        AssertSame(Alone(other), video.Run(other, [], Mosaic.OneThread));
    }

    [Fact]
    public void Threads_change_nothing()
    {
        Repair one = Video();
        Repair many = Video();
        for (ulong seed = 1; seed <= 3; seed++)
        {
            RawFrame frame = Frame("GRBG", Scene, seed);
            AssertSame(one.Run(frame, [], Mosaic.OneThread), many.Run(frame, [], Mosaic.ManyThreads));
        }
    }

    private static void AssertSame(RepairReport expected, RepairReport actual)
    {
        Assert.Equal(expected.Found.AllPhotosites(), actual.Found.AllPhotosites());
        Assert.Equal(expected.Correction.Changes, actual.Correction.Changes);
    }

    private static Settings Settings() =>
        new(ModelDetector.Registration.Parameters, new Dictionary<string, double>(StringComparer.Ordinal));

    private static Repair Video() =>
        Repairing(
            Assert.IsType<IVideoAlgorithm<IDefectDetector>>(new ModelDetector(Settings()), exactMatch: false).ForVideo(),
            Assert.IsType<IVideoAlgorithm<IDefectCorrector>>(new ModelCorrector(), exactMatch: false).ForVideo()
        );

    private static RepairReport Alone(RawFrame frame) =>
        Repairing(new ModelDetector(Settings()), new ModelCorrector()).Run(frame, [], Mosaic.OneThread);

    private static Repair Repairing(IDefectDetector detector, IDefectCorrector corrector) =>
        new() { Detectors = [detector], Corrector = corrector };

    private static RawFrame Frame(string cfa, string scene, ulong seed) =>
        Mosaic.Simulated(cfa, Width, Height, scene, seed).Put(Hot, (_, _) => 4000);
}
