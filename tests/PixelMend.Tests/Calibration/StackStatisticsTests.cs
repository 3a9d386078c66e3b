using PixelMend.Calibration;
using PixelMend.Frames;
using PixelMend.Kernels;
using Xunit;

namespace PixelMend.Tests.Calibration;

[Collection(nameof(Alone))] // memory is the whole process's
public class StackStatisticsTests
{
    private static readonly ParallelOptions Threads = new();

    [Theory]
    [InlineData("MONO", 1)]
    [InlineData("RGGB", 4)]
    [InlineData("XTRANS", 17)]
    public void Streaming_is_what_all_frames_at_once_tell(string cfa, int frames)
    {
        RawFrame[] all = [.. Enumerable.Range(0, frames).Select(i => Random(37, 19, cfa, i))];
        var stack = new StackStatistics(all[0]);
        foreach (RawFrame frame in all)
        {
            stack.Add(frame, Threads);
        }

        var mean = new float[37];
        var trimmed = new float[37];
        var deviation = new float[37];
        var trimmedDeviation = new float[37];
        var span = new float[37];
        for (int y = 0; y < 19; y++)
        {
            stack.ReadMean(y, mean);
            stack.ReadTrimmedMean(y, trimmed);
            stack.ReadDeviation(y, deviation);
            stack.ReadTrimmedDeviation(y, trimmedDeviation);
            stack.ReadSpan(y, span);
            for (int x = 0; x < 37; x++)
            {
                double[] values = [.. all.Select(f => (double)f.Codes![x, y]).Order()];
                double[] inner = values.Length < 3 ? [values[0]] : values[1..^1];
                Assert.Equal((float)values.Average(), mean[x]);
                Assert.Equal((float)inner.Average(), trimmed[x]);
                Assert.Equal((float)(values[^1] - values[0]), span[x]);
                Assert.Equal(Deviation(values), deviation[x], Deviation(values) * 1e-5);
                Assert.Equal(frames < 4 ? 0 : Deviation(inner), trimmedDeviation[x], Deviation(inner) * 1e-5);
            }
        }
    }

    [Fact]
    public void Neither_order_nor_threads_change_a_bit()
    {
        RawFrame[] all = [.. Enumerable.Range(0, 9).Select(i => Random(64, 48, "RGGB", i))];
        Assert.Equal(Bits(all, new ParallelOptions { MaxDegreeOfParallelism = 1 }), Bits([.. all.Reverse()], Threads));
    }

    [Fact]
    public void Memory_does_not_grow_with_the_frames()
    {
        RawFrame frame = Random(512, 256, "RGGB", 1);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var stack = new StackStatistics(frame);
        var telegraph = new TelegraphStatistics(stack);
        for (int i = 0; i < 12; i++)
        {
            stack.Add(frame, Threads);
            telegraph.Add(frame, Threads);
        }

        long few = GC.GetTotalMemory(forceFullCollection: true) - before;
        for (int i = 0; i < 100; i++)
        {
            stack.Add(frame, Threads);
            telegraph.Add(frame, Threads);
        }

        long many = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(stack);
        GC.KeepAlive(telegraph);
        Assert.True(few <= 40L * 512 * 256, $"{few / (512.0 * 256)} bytes a photosite");
        Assert.True(many - few < 512 * 256, $"grew by {many - few} bytes");
    }

    [Fact]
    public void Missing_values_are_marked_and_harm_nobody_else()
    {
        var values = new Plane<float>(16, 8);
        values.Samples.AsSpan().Fill(5);
        values[3, 2] = float.NaN;
        var frame = new RawFrame(values, CfaPattern.Mono, new Levels(0, 10));
        var stack = new StackStatistics(frame);
        stack.Add(frame, Threads);
        var mean = new float[16];
        stack.ReadMean(2, mean);
        Assert.True(stack.Missing[3, 2]);
        Assert.Equal(1, stack.Missing.Count);
        Assert.Equal(5, mean[4]);
    }

    [Fact]
    public void Another_geometry_is_refused() =>
        Assert.Throws<ArgumentException>(() => new StackStatistics(Random(8, 8, "MONO", 1)).Add(Random(8, 9, "MONO", 1), Threads));

    [Fact]
    public void The_kernel_is_its_reference_at_every_length()
    {
        for (int length = 0; length <= 33; length++)
        {
            var random = new Random(length);
            float[] row = [.. Enumerable.Range(0, length).Select(_ => (float)random.Next(65536))];
            (double[] Sums, double[] Squares, float[] Least, float[] Most) a = Start(row),
                b = Start(row);
            Accumulate.Run(row, a.Sums, a.Squares, a.Least, a.Most);
            Accumulate.Reference(row, b.Sums, b.Squares, b.Least, b.Most);
            Assert.Equal(b.Sums, a.Sums);
            Assert.Equal(b.Squares, a.Squares);
            Assert.Equal(b.Least, a.Least);
            Assert.Equal(b.Most, a.Most);
        }
    }

    private static (double[] Sums, double[] Squares, float[] Least, float[] Most) Start(float[] row) =>
        (
            [.. row.Select(r => 2.0 * r)],
            [.. row.Select(r => 3.0 * r)],
            [.. row.Select((_, i) => 1000f * i)],
            [.. row.Select((_, i) => 2000f * i)]
        );

    private static float[] Bits(RawFrame[] frames, ParallelOptions options)
    {
        var stack = new StackStatistics(frames[0]);
        foreach (RawFrame frame in frames)
        {
            stack.Add(frame, options);
        }

        var all = new float[4 * 64 * 48];
        for (int y = 0; y < 48; y++)
        {
            stack.ReadMean(y, all.AsSpan(y * 64, 64));
            stack.ReadTrimmedMean(y, all.AsSpan((48 + y) * 64, 64));
            stack.ReadDeviation(y, all.AsSpan((96 + y) * 64, 64));
            stack.ReadTrimmedDeviation(y, all.AsSpan((144 + y) * 64, 64));
        }

        return all;
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return values.Length < 2 ? 0 : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }

    private static RawFrame Random(int width, int height, string cfa, int seed)
    {
        var codes = new Plane<ushort>(width, height);
        var random = new Random(seed);
        foreach (ref ushort code in codes.Samples.AsSpan())
        {
            code = (ushort)random.Next(65536);
        }

        return new RawFrame(codes, 16, CfaPattern.Parse(cfa), new Levels(0, 65535));
    }
}

/// <summary>Tests that no other may run beside.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
