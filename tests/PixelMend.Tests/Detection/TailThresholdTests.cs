using PixelMend.Detection;
using PixelMend.Simulation;
using Xunit;

namespace PixelMend.Tests.Detection;

public class TailThresholdTests
{
    private const long Photosites = 1_000_000;

    [Theory]
    [InlineData(4, 0.01)]
    [InlineData(6, 0.02)]
    [InlineData(8, 0.05)]
    public void Exponential_tails_are_continued_to_the_false_alarms_asked_for(double rate, double atStart)
    {
        float[] scores = Tail(rate, atStart);
        foreach (double alarms in new[] { 20e-6, 2e-6, 0.3e-6 })
        {
            // Beyond where 1.5 lies, with the published margin of one fifth.
            double second = atStart * Math.Exp(-rate / 2);
            double expected = 1.5 + (1.2 * Math.Log(second / alarms) / rate);
            Assert.Equal(Math.Max(TailThreshold.Least, expected), TailThreshold.Find(scores, Photosites, alarms), 0.25);
        }
    }

    [Fact]
    public void Defects_do_not_raise_it()
    {
        float[] scores = Tail(6, 0.02);
        var random = new Random64(2);
        float[] defects = [.. Enumerable.Range(0, 500).Select(_ => 3.5f + (float)(40 * random.Uniform()))];
        Assert.Equal(TailThreshold.Find(scores, Photosites, 2e-6), TailThreshold.Find([.. scores, .. defects], Photosites, 2e-6), 0.25f);
    }

    [Fact]
    public void Fewer_false_alarms_need_a_higher_one_within_bounds()
    {
        float[] scores = Tail(3, 0.05);
        float last = 0;
        foreach (double alarms in new[] { 1, 1e-3, 2e-5, 2e-6, 3e-7, 1e-30 })
        {
            float threshold = TailThreshold.Find(scores, Photosites, alarms);
            Assert.InRange(threshold, Math.Max(last, TailThreshold.Least), 10);
            last = threshold;
        }
    }

    [Fact]
    public void Without_scores_it_is_a_usual_one() => Assert.InRange(TailThreshold.Find([], 0, 2e-6), TailThreshold.Least, 4);

    /// <summary>Scores above 1 of photosites of which a part reaches 1, falling off with a rate.</summary>
    private static float[] Tail(double rate, double atStart)
    {
        var random = new Random64(1);
        return
        [
            .. Enumerable
                .Range(0, (int)(Photosites * atStart))
                .Select(_ => TailThreshold.Start - (float)(Math.Log(1 - random.Uniform()) / rate)),
        ];
    }
}
