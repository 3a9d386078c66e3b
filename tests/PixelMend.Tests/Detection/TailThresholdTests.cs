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
    [InlineData(10, 0.05)]
    [InlineData(3.6, 0.115)]
    public void Power_tails_are_continued_to_the_false_alarms_asked_for(double power, double atStart)
    {
        var tail = new TailThreshold(new ScoreSample(Tail(power, atStart), Photosites));
        foreach (double alarms in new[] { 20e-6, 2e-6, 0.3e-6 })
        {
            double expected = TailThreshold.Start * Math.Pow(atStart / alarms, 1 / power);
            Assert.InRange(tail.For(alarms) / Math.Clamp(expected, TailThreshold.Least, 12), 0.7, 1.35);
        }
    }

    [Fact]
    public void Defects_do_not_raise_it_nor_lower_it_much()
    {
        float[] scores = Tail(6, 0.02);
        var random = new Random64(2);
        float[] defects = [.. Enumerable.Range(0, 500).Select(_ => 6 + (float)(40 * random.Uniform()))];
        float with = new TailThreshold(new ScoreSample([.. scores, .. defects], Photosites)).For(2e-6);
        Assert.InRange(with / new TailThreshold(new ScoreSample(scores, Photosites)).For(2e-6), 0.7f, 1.05f);
    }

    [Fact]
    public void Fewer_false_alarms_need_a_higher_one_within_bounds()
    {
        var tail = new TailThreshold(new ScoreSample(Tail(4, 0.05), Photosites));
        float last = 0;
        foreach (double alarms in new[] { 1, 1e-3, 2e-5, 2e-6, 3e-7, 1e-30 })
        {
            float threshold = tail.For(alarms);
            Assert.InRange(threshold, Math.Max(last, TailThreshold.Least), 12);
            last = threshold;
        }
    }

    [Fact]
    public void Without_scores_it_is_a_usual_one() =>
        Assert.InRange(new TailThreshold(new ScoreSample([], 0)).For(2e-6), TailThreshold.Least, 9);

    /// <summary>Scores of photosites of which a part reaches the start, falling off with a power.</summary>
    private static float[] Tail(double power, double atStart)
    {
        var random = new Random64(1);
        return
        [
            .. Enumerable
                .Range(0, (int)(Photosites * atStart))
                .Select(_ => TailThreshold.Start * (float)Math.Pow(1 - random.Uniform(), -1 / power)),
        ];
    }
}
