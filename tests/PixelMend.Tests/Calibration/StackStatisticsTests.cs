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
    [InlineData("RGGB", 17, 1100)]
    public void Streaming_is_what_all_frames_at_once_tell(string cfa, int frames, int width = 37)
    {
        RawFrame[] all = [.. Enumerable.Range(0, frames).Select(i => Random(width, 19, cfa, i))];
        var stack = new StackStatistics(all[0], keepsThree: true);
        foreach (RawFrame[] several in all.Chunk(3))
        {
            stack.Add(several, Threads);
        }

        var mean = new float[width];
        var trimmed = new float[width];
        var deviation = new float[width];
        var trimmedDeviation = new float[width];
        var span = new float[width];
        var largest = new float[3][]
            .Select(_ => new float[width])
            .ToArray();
        for (int y = 0; y < 19; y++)
        {
            stack.ReadMean(y, mean);
            stack.ReadTrimmedMean(y, trimmed);
            stack.ReadDeviation(y, deviation);
            stack.ReadTrimmedDeviation(y, trimmedDeviation);
            stack.ReadSpan(y, span);
            stack.ReadLargest(y, largest[0], largest[1], largest[2]);
            for (int x = 0; x < width; x++)
            {
                double[] values = [.. all.Select(f => (double)f.Codes![x, y]).Order()];
                double[] inner = values.Length < 3 ? [values[0]] : values[1..^1];
                Assert.Equal((float)values.Average(), mean[x]);
                Assert.Equal((float)inner.Average(), trimmed[x]);
                Assert.Equal((float)(values[^1] - values[0]), span[x]);
                Assert.Equal(values.Reverse().Take(3).Select(v => (float)v), largest.Take(values.Length).Select(l => l[x]));
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
        var stack = new StackStatistics(frame, keepsThree: true);
        var telegraph = new TelegraphStatistics(stack);
        for (int i = 0; i < 12; i++)
        {
            telegraph.Add(frame, Threads);
        }

        long few = GC.GetTotalMemory(forceFullCollection: true) - before;
        for (int i = 0; i < 100; i++)
        {
            telegraph.Add(frame, Threads);
        }

        long many = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(stack);
        GC.KeepAlive(telegraph);
        Assert.True(few <= 23L * 512 * 256, $"{few / (512.0 * 256)} bytes a photosite");
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_kernels_are_their_references_at_every_length(bool keepsThree)
    {
        for (int length = 0; length <= 50; length++)
        {
            var random = new Random(length);
            var ours = new Totals(length, keepsThree);
            var theirs = new Totals(length, keepsThree);
            ushort[] codes = [.. Enumerable.Range(0, 5 * length).Select(_ => (ushort)random.Next(65536))];
            float[] values = [.. codes.Select(c => c - 30000.25f)];
            Accumulate.Run<ushort, uint, ulong, CodeMoments>(codes.AsSpan(0, 2 * length), ours.Codes);
            Accumulate.Run<ushort, uint, ulong, CodeMoments>(codes.AsSpan(2 * length), ours.Codes);
            Accumulate.Run<float, double, double, ValueMoments>(values, ours.Values);
            for (int frame = 0; frame < 5; frame++)
            {
                Accumulate.Reference<ushort, uint, ulong, CodeMoments>(codes.AsSpan(frame * length, length), theirs.Codes);
                Accumulate.Reference<float, double, double, ValueMoments>(values.AsSpan(frame * length, length), theirs.Values);
            }

            Assert.Equal(theirs.All, ours.All);
        }
    }

    [Theory]
    [InlineData(3, 60)]
    [InlineData(-40, 30)]
    [InlineData(40, 0)]
    public void Departures_are_their_reference_at_every_length(int drift, int limit)
    {
        for (int length = 0; length <= 100; length++)
        {
            var random = new Random(length);
            ushort[] usual = [.. Enumerable.Range(0, length).Select(i => (ushort)(i % 7 == 0 ? random.Next(30) : random.Next(900, 1100)))];
            ushort[] row = [.. usual.Select(u => (ushort)Math.Max(0, u + random.Next(-100, 100)))];
            row.AsSpan(length / 2, Math.Min(1, length - (length / 2))).Fill(ushort.MaxValue);
            var expected = new int[length];
            int count = Departures.Reference(row, usual, 0, length, drift, limit, expected);
            Assert.Equal(expected[..count], Run<Samples512<ushort>>());
            Assert.Equal(expected[..count], Run<Samples256<ushort>>());
            Assert.Equal(expected[..count], Run<Samples128<ushort>>());
            Assert.Equal(expected[..count], Run<Sample<ushort>>());

            int[] Run<TLanes>()
                where TLanes : struct, ISampleLanes<TLanes, ushort>
            {
                var places = new int[length];
                return places[..Departures.Run<TLanes>(row, usual, drift, limit, places)];
            }
        }
    }

    [Fact]
    public void Means_of_codes_are_within_one_half_at_every_length()
    {
        for (int length = 0; length <= 50; length++)
        {
            var random = new Random(length);
            uint[] sums = [.. Enumerable.Range(0, length).Select(_ => (uint)random.Next(13 * 65535))];
            var means = new ushort[length];
            Widen.Means(sums, 13, means);
            Assert.All(means.Zip(sums), m => Assert.Equal(m.Second / 13.0, m.First, 0.51));
        }
    }

    /// <summary>Memory for the totals of a row.</summary>
    private sealed class Totals(int length, bool keepsThree)
    {
        private readonly uint[] sums = new uint[length];
        private readonly ulong[] squares = new ulong[length];
        private readonly ushort[][] extremes = [Filled(length, ushort.MaxValue), .. Enumerable.Range(0, 3).Select(_ => new ushort[length])];
        private readonly double[][] moments = [new double[length], new double[length]];
        private readonly float[][] outer =
        [
            Filled(length, float.PositiveInfinity),
            .. Enumerable.Range(0, 3).Select(_ => Filled(length, float.NegativeInfinity)),
        ];

        public TotalsRow<ushort, uint, ulong> Codes =>
            new()
            {
                Sums = sums,
                Squares = squares,
                Least = extremes[0],
                Most = extremes[1],
                Second = keepsThree ? extremes[2] : [],
                Third = keepsThree ? extremes[3] : [],
            };

        public TotalsRow<float, double, double> Values =>
            new()
            {
                Sums = moments[0],
                Squares = moments[1],
                Least = outer[0],
                Most = outer[1],
                Second = keepsThree ? outer[2] : [],
                Third = keepsThree ? outer[3] : [],
            };

        public IEnumerable<double> All =>
            [
                .. sums.Select(s => (double)s),
                .. squares.Select(s => (double)s),
                .. extremes.SelectMany(e => e.Select(v => (double)v)),
                .. moments.SelectMany(m => m),
                .. outer.SelectMany(o => o.Select(v => (double)v)),
            ];

        private static T[] Filled<T>(int length, T value)
        {
            var filled = new T[length];
            Array.Fill(filled, value);
            return filled;
        }
    }

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
