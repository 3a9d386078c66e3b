using PixelMend.Kernels;
using Xunit;

namespace PixelMend.Tests.Kernels;

/// <summary>
/// Every kernel at every width against its naive reference. Floats must be equal as values, hence bit for bit but for the sign of a zero:
/// minima and maxima of +0 and −0 are either, as processors differ.
/// </summary>
public class KernelTests
{
    private const int Longest = (5 * 16) + 1;
    private const int GuardLength = 16;
    private const float Guard = 12345.678f;

    private delegate void Operation(KernelInputs inputs, Span<float> result);

    private static readonly Dictionary<string, (Operation Reference, Dictionary<string, Operation> Widths)> Table = new(
        StringComparer.Ordinal
    )
    {
        ["AbsoluteDifference"] = Case<AbsoluteDifferenceCase>(),
        ["BoundedScore"] = Case<BoundedScoreCase>(),
        ["DefectScore"] = Case<DefectScoreCase>(),
        ["MedianContrast"] = Case<MedianContrastCase>(),
        ["NeighborSpread"] = WideCase<NeighborSpreadCase>(),
        ["RingClamp"] = Case<RingClampCase>(),
        ["RingExcess"] = Case<RingExcessCase>(),
        ["ToSignal"] = Case<ToSignalCase>(),
        ["PeriodicSum"] = Case<PeriodicSumCase>(),
        ["RunningSum"] = Case<RunningSumCase>(),
        ["TwoPredictions"] = WideCase<TwoPredictionsCase>(),
        ["WeightedSum"] = WideCase<WeightedSumCase>(),
    };

    public static TheoryData<string, string> KernelsAndWidths => [.. Table.SelectMany(k => k.Value.Widths.Keys.Select(w => (k.Key, w)))];

    [Theory]
    [MemberData(nameof(KernelsAndWidths))]
    public void Equals_its_reference_for_every_length_and_writes_nothing_else(string kernel, string width)
    {
        (Operation reference, Dictionary<string, Operation> widths) = Table[kernel];
        for (int length = 1; length <= Longest; length++)
        {
            for (ulong seed = 0; seed < 4; seed++)
            {
                var inputs = new KernelInputs(length, seed);
                var expected = new float[length];
                reference(inputs, expected);
                var buffer = new float[length + (2 * GuardLength)];
                Array.Fill(buffer, Guard);

                widths[width](inputs, buffer.AsSpan(GuardLength, length));

                Assert.Equal(expected, buffer[GuardLength..^GuardLength]);
                Assert.All(buffer[..GuardLength], v => Assert.Equal(Guard, v));
                Assert.All(buffer[^GuardLength..], v => Assert.Equal(Guard, v));
            }
        }
    }

    [Fact]
    public void Every_row_kernel_is_in_the_table()
    {
        string[] kernels =
        [
            .. typeof(IRowKernel)
                .Assembly.GetTypes()
                .Where(t => t.IsValueType && t.GetInterface(nameof(IRowKernel)) != null)
                .Select(t => t.Name),
        ];
        Assert.Equal(kernels.Order(StringComparer.Ordinal), Table.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Equal_rows_are_found_as_one_by_one()
    {
        const int rows = 4;
        for (int length = 1; length <= Longest; length++)
        {
            int stride = length + 3;
            ushort[] plane =
            [
                .. Enumerable.Range(0, stride * (rows + 1)).Select(i => (ushort)((i % stride * 7 % 5 < 2 ? i % stride : i / stride) % 3)),
            ];
            var expected = new bool[length];
            EqualRows.Reference(plane, stride, stride, rows, 0, expected);
            var found = new bool[length];

            EqualRows.Find(plane, stride, stride, rows, found);

            Assert.Equal(expected, found);
            Assert.True(length < 5 || (expected.Contains(true) && expected.Contains(false)));
        }
    }

    [Fact]
    public void Widen_equals_its_reference_for_every_length()
    {
        for (int length = 0; length <= Longest; length++)
        {
            ushort[] codes = [.. Enumerable.Range(0, length).Select(i => (ushort)((i * 40503) + 65535))];
            var expected = new float[length];
            Widen.Reference<ushort, float>(codes, expected);
            var buffer = new float[length + GuardLength];
            Array.Fill(buffer, Guard);

            Widen.Run(codes, buffer);

            Assert.Equal(expected, buffer[..length]);
            Assert.All(buffer[length..], v => Assert.Equal(Guard, v));
        }
    }

    [Fact]
    public void Whole_numbers_become_the_same_doubles_at_every_length()
    {
        for (int length = 0; length <= Longest; length++)
        {
            uint[] numbers = [.. Enumerable.Range(0, length).Select(i => uint.MaxValue - ((uint)i * 77_777_777))];
            ulong[] large = [.. numbers.Select(n => (ulong)n << 21)];
            var doubles = new double[length + 1];
            var more = new double[length + 1];
            (doubles[length], more[length]) = (Guard, Guard);

            Widen.Run(numbers, doubles);
            Widen.Run(large, more);

            Assert.Equal([.. numbers.Select(n => (double)n), Guard], doubles);
            Assert.Equal([.. large.Select(n => (double)n), Guard], more);
        }
    }

    [Fact]
    public void Widen_is_exact_for_every_code()
    {
        ushort[] codes = [.. Enumerable.Range(0, 65536).Select(i => (ushort)i)];
        var floats = new float[codes.Length];
        Widen.Run(codes, floats);
        Assert.Equal(codes.Select(c => (float)c), floats);
    }

    [Fact]
    public void Photosites_without_a_value_have_no_score()
    {
        float[] value = [.. Enumerable.Repeat(float.NaN, 20)];
        float[] rest = [.. Enumerable.Repeat(0.5f, 20)];
        var score = new float[20];
        var rows = new DefectScoreRows
        {
            Value = value,
            Prediction = rest,
            Activity = rest,
            Clean = rest,
            Excess = rest,
            Origin = 0,
            Opposites = [0, 0],
            Adjacent = [0],
        };
        DefectScore.Run(rows, new DefectScale(1, 1, new Excuses(1, 1, 0)), score);
        Assert.All(score, s => Assert.True(float.IsNaN(s)));
    }

    [Fact]
    public void Without_opposite_neighbours_the_whole_residual_is_unexplained()
    {
        float[] ones = [1, 1, 1, 1, 1];
        var score = new float[5];
        var rows = new DefectScoreRows
        {
            Value = [3, 3, -3, 1, 3],
            Prediction = ones,
            Activity = ones,
            Clean = ones,
            Excess = new float[5],
            Origin = 0,
            Opposites = [],
            Adjacent = [0],
        };
        DefectScore.Run(rows, new DefectScale(1, 0, new Excuses(1, 1, 0)), score);
        Assert.Equal([1, 1, 2, 0, 1], score);
    }

    public static TheoryData<int, int, int> OutsideThePlane =>
        new()
        {
            { -1, 0, 5 },
            { 6, 0, 5 },
            { 3, -4, 5 },
            { 3, 3, 5 },
            { 3, int.MaxValue, 5 },
            { 3, int.MinValue, 5 },
            { 0, 0, 11 },
            { 0, 0, 0 },
        };

    [Theory]
    [MemberData(nameof(OutsideThePlane))]
    public void Neighbourhoods_outside_the_plane_are_refused(int origin, int offset, int length)
    {
        var plane = new float[10];
        int[] ring = [0, 0, 0, 0, 0, 0, 0, offset];
        var weights = new float[8];
        var row = new float[length];
        Assert.Throws<ArgumentOutOfRangeException>(() => RingClamp.Run(plane, origin, ring, row));
        Assert.Throws<ArgumentOutOfRangeException>(() => RingExcess.Run(plane, origin, ring, row));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightedSum.Run(plane, origin, ring, weights, row));
        Assert.Throws<ArgumentOutOfRangeException>(() => Score(row, row, row, plane, origin, ring));
    }

    [Fact]
    public void Inputs_shorter_than_the_result_are_refused()
    {
        var four = new float[4];
        var five = new float[5];
        Assert.Throws<ArgumentOutOfRangeException>(() => AbsoluteDifference.Run(four, five, five));
        Assert.Throws<ArgumentOutOfRangeException>(() => AbsoluteDifference.Run(five, four, five));
        Assert.Throws<ArgumentOutOfRangeException>(() => ToSignal.Run(four, 0, five, five));
        Assert.Throws<ArgumentOutOfRangeException>(() => ToSignal.Run(five, 0, four, five));
        Assert.Throws<ArgumentOutOfRangeException>(() => Widen.Run(new ushort[5], four));
        Assert.Throws<ArgumentOutOfRangeException>(() => Widen.Run(new uint[5], new double[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Widen.Run(new ulong[5], new double[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Score(four, five, five, five, 0, [0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Score(five, four, five, five, 0, [0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Score(five, five, four, five, 0, [0, 0]));
    }

    [Fact]
    public void Lists_of_the_wrong_length_are_refused()
    {
        var row = new float[4];
        Assert.Throws<ArgumentOutOfRangeException>(() => RingExcess.Run(row, 0, new int[7], row));
        Assert.Throws<ArgumentOutOfRangeException>(() => RingClamp.Run(row, 0, [], row));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightedSum.Run(row, 0, new int[3], new float[2], row));
        Assert.Throws<ArgumentOutOfRangeException>(() => Score(row, row, row, row, 0, [0, 0, 0]));
    }

    private static void Score(float[] value, float[] prediction, float[] activity, float[] plane, int origin, int[] opposites) =>
        DefectScore.Run(
            new DefectScoreRows
            {
                Value = value,
                Prediction = prediction,
                Activity = activity,
                Clean = plane,
                Excess = plane,
                Origin = origin,
                Opposites = opposites,
                Adjacent = [0],
            },
            new DefectScale(1, 1, new Excuses(1, 1, 0)),
            new float[Math.Max(value.Length, prediction.Length)]
        );

    /// <summary>A kernel that may also be run with several vectors at a time.</summary>
    private static (Operation Reference, Dictionary<string, Operation> Widths) WideCase<T>()
        where T : IKernelCase
    {
        (Operation reference, Dictionary<string, Operation> widths) = Case<T>();
        widths["four of 16"] = T.Run<FourLanes<Lanes16>>;
        widths["four of 8"] = T.Run<FourLanes<Lanes8>>;
        widths["four of 4"] = T.Run<FourLanes<Lanes4>>;
        return (reference, widths);
    }

    private static (Operation Reference, Dictionary<string, Operation> Widths) Case<T>()
        where T : IKernelCase =>
        (
            T.Reference,
            new Dictionary<string, Operation>(StringComparer.Ordinal)
            {
                ["16"] = T.Run<Lanes16>,
                ["8"] = T.Run<Lanes8>,
                ["4"] = T.Run<Lanes4>,
                ["1"] = T.Run<Lane>,
                ["widest"] = T.Run,
            }
        );
}
