using System.Numerics;
using PixelMend.Kernels;
using PixelMend.Simulation;
using Xunit;

namespace PixelMend.Tests.Kernels;

public class RingScreenTests
{
    private const int Stride = 190;
    private const int Rows = 5;
    private const int Origin = (2 * Stride) + 8;
    private const int Longest = 101;

    private static readonly int[] Ring =
    [
        -2,
        2,
        -2 * Stride,
        2 * Stride,
        (-2 * Stride) - 2,
        (2 * Stride) + 2,
        (-2 * Stride) + 2,
        (2 * Stride) - 2,
    ];

    [Fact]
    public void Codes_are_marked_alike_at_every_width()
    {
        foreach (ushort range in new ushort[] { 3, 60, 5000, 65535 })
        {
            ushort[] plane = Draw(range, r => (ushort)Math.Min(range, (ulong)(r.Next() % (range + 1ul))));
            foreach (
                ScreenMargin<ushort> margin in new[]
                {
                    new ScreenMargin<ushort>(0, new(0, 0), new(0, 0), new(0, 0), new(0, 0), 0),
                    new ScreenMargin<ushort>(
                        (ushort)(range / 4),
                        new((ushort)(range / 9), 3000),
                        new((ushort)(range / 8), 2000),
                        new((ushort)(range / 7), 1500),
                        new((ushort)(range / 6), 900),
                        20000
                    ),
                    new ScreenMargin<ushort>(0, new(21845, 21845), new(21845, 21845), new(21845, 21845), new(21845, 21845), 21845),
                }
            )
            {
                SameAtEveryWidth(plane, margin);
            }
        }
    }

    [Fact]
    public void Floats_are_marked_alike_at_every_width()
    {
        float[] plane = Draw(1, r => (float)r.Gaussian());
        SameAtEveryWidth(plane, new ScreenMargin<float>(0, new(0.1f, 0.2f), new(0.15f, 0.15f), new(0.2f, 0.1f), new(0.3f, 0.05f), 0.1f));
    }

    /// <summary>Whatever reaches a score must be marked: where the prediction is no lower than all but one of the neighbours.</summary>
    [Fact]
    public void Nothing_that_reaches_the_score_is_passed_over()
    {
        var random = new Random64(5);
        foreach (
            (float black, float span, float offset, float slope) in new[]
            {
                (256f, 3839f, 1e-6f, 2e-4f),
                (16f, 239f, 3e-6f, 4e-4f),
                (0f, 65535f, 1e-9f, 0f),
            }
        )
        {
            foreach (float least in new[] { 2.4f, 5, 12 })
            {
                var scale = new DefectScale(offset, slope, new Excuses(0.2f, 0.3f, 0.05f));
                ScreenMargin<ushort> margin = ScreenMargin.OfCodes(scale, least, black, span);
                ScreenMargin<float> floats = ScreenMargin.OfSignals(scale, least);
                int reached = 0;
                for (int round = 0; round < 20_000; round++)
                {
                    (ushort[] codes, float[] signals, float predicted) = Neighborhood(ref random, scale, black, span);
                    if (Score(signals, predicted, scale) >= least)
                    {
                        reached++;
                        Assert.True(RingScreen.Reference<ushort>(codes, Origin, Ring, margin));
                        Assert.True(RingScreen.Reference<float>(signals, Origin, Ring, floats));
                    }
                }

                Assert.True(reached > 500, $"{reached}");
            }
        }
    }

    private static (ushort[] Codes, float[] Signals, float Predicted) Neighborhood(
        ref Random64 random,
        DefectScale scale,
        float black,
        float span
    )
    {
        float level = (float)random.Uniform();
        float sigma = MathF.Sqrt(scale.NoiseOffset + (scale.NoiseSlope * level));
        float spread = sigma * (float)Math.Pow(10, 2 * random.Uniform());
        var codes = new ushort[Stride * Rows];
        var signals = new float[codes.Length];
        foreach (int offset in Ring.Append(0))
        {
            float signal = level + ((offset == 0 ? 8 : 1) * spread * (float)random.Gaussian());
            codes[Origin + offset] = (ushort)Math.Clamp(MathF.Round(black + (span * signal)), 0, black + span);
            signals[Origin + offset] = (codes[Origin + offset] - black) / span;
        }

        float[] ring = [.. Ring.Select(o => signals[Origin + o]).Order()];
        return (codes, signals, ring[1] + ((ring[^2] - ring[1]) * (float)random.Uniform()));
    }

    private static float Score(float[] signals, float predicted, DefectScale scale)
    {
        var score = new float[1];
        var rows = new DefectScoreRows
        {
            Value = signals.AsSpan(Origin, 1),
            Prediction = [predicted],
            Activity = [0f],
            Clean = signals,
            Excess = signals,
            Origin = Origin,
            Opposites = Ring,
            Adjacent = [],
        };
        DefectScore.Reference(rows, scale, score);
        return score[0];
    }

    private static T[] Draw<T>(ulong seed, Func<Random64, T> next)
    {
        var plane = new T[Stride * Rows];
        for (int i = 0; i < plane.Length; i++)
        {
            plane[i] = next(new Random64(seed, (ulong)i));
        }

        return plane;
    }

    private static void SameAtEveryWidth<T>(T[] plane, ScreenMargin<T> margin)
        where T : unmanaged, INumber<T>
    {
        for (int length = 0; length <= Longest; length += length < 40 ? 1 : 13)
        {
            uint[] expected = new uint[(length + 31) / 32];
            for (int i = 0; i < length; i++)
            {
                expected[i / 32] |= RingScreen.Reference<T>(plane, Origin + i, Ring, margin) ? 1u << (i % 32) : 0;
            }

            Assert.Equal(expected, Marks((p, m) => RingScreen.Run<T>(p, Origin, length, Ring, margin, m)));
            Assert.Equal(expected, Marks((p, m) => RingScreen.Run<T, Samples512<T>>(p, Origin, length, Ring, margin, m)));
            Assert.Equal(expected, Marks((p, m) => RingScreen.Run<T, Samples256<T>>(p, Origin, length, Ring, margin, m)));
            Assert.Equal(expected, Marks((p, m) => RingScreen.Run<T, Samples128<T>>(p, Origin, length, Ring, margin, m)));
            Assert.Equal(expected, Marks((p, m) => RingScreen.Run<T, Sample<T>>(p, Origin, length, Ring, margin, m)));

            uint[] Marks(Action<T[], uint[]> run)
            {
                var marks = new uint[expected.Length];
                run(plane, marks);
                return marks;
            }
        }
    }
}
