using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>Sums of samples of one sort and of their squares, for as many places as 256 bits of samples hold.</summary>
internal interface IMoments<TSelf, TSample, TSum, TSquare>
    where TSelf : struct, IMoments<TSelf, TSample, TSum, TSquare>
    where TSample : unmanaged
    where TSum : unmanaged
    where TSquare : unmanaged
{
    /// <summary>The sums known from <paramref name="at"/> on.</summary>
    static abstract TSelf Load(ref TSum sum, ref TSquare square, nuint at);

    /// <summary>Adds one sample to the sums of one place.</summary>
    static abstract void Add(TSample x, ref TSum sum, ref TSquare square);

    /// <summary>Adds a sample to each.</summary>
    void Add(Vector256<TSample> x);

    /// <summary>Puts the sums back.</summary>
    void Store(ref TSum sum, ref TSquare square, nuint at);
}

/// <summary>Codes of 16 bits, summed in whole numbers.</summary>
internal struct CodeMoments : IMoments<CodeMoments, ushort, uint, ulong>
{
    private static readonly nuint Half = (nuint)Vector256<uint>.Count;
    private static readonly nuint Quarter = (nuint)Vector256<ulong>.Count;

    private Vector256<uint> sum1;
    private Vector256<uint> sum2;
    private Vector256<ulong> square1;
    private Vector256<ulong> square2;
    private Vector256<ulong> square3;
    private Vector256<ulong> square4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CodeMoments Load(ref uint sum, ref ulong square, nuint at) =>
        new()
        {
            sum1 = Vector256.LoadUnsafe(ref sum, at),
            sum2 = Vector256.LoadUnsafe(ref sum, at + Half),
            square1 = Vector256.LoadUnsafe(ref square, at),
            square2 = Vector256.LoadUnsafe(ref square, at + Quarter),
            square3 = Vector256.LoadUnsafe(ref square, at + (2 * Quarter)),
            square4 = Vector256.LoadUnsafe(ref square, at + (3 * Quarter)),
        };

    /// <inheritdoc/>
    public static void Add(ushort x, ref uint sum, ref ulong square)
    {
        sum += x;
        square += (uint)x * x;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector256<ushort> x)
    {
        (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(x);
        sum1 += low;
        sum2 += high;
        (Vector256<ulong> first, Vector256<ulong> second) = Vector256.Widen(low * low);
        square1 += first;
        square2 += second;
        (first, second) = Vector256.Widen(high * high);
        square3 += first;
        square4 += second;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref uint sum, ref ulong square, nuint at)
    {
        sum1.StoreUnsafe(ref sum, at);
        sum2.StoreUnsafe(ref sum, at + Half);
        square1.StoreUnsafe(ref square, at);
        square2.StoreUnsafe(ref square, at + Quarter);
        square3.StoreUnsafe(ref square, at + (2 * Quarter));
        square4.StoreUnsafe(ref square, at + (3 * Quarter));
    }
}

/// <summary>Floats, summed in double precision.</summary>
internal struct ValueMoments : IMoments<ValueMoments, float, double, double>
{
    private static readonly nuint Half = (nuint)Vector256<double>.Count;

    private Vector256<double> sum1;
    private Vector256<double> sum2;
    private Vector256<double> square1;
    private Vector256<double> square2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ValueMoments Load(ref double sum, ref double square, nuint at) =>
        new()
        {
            sum1 = Vector256.LoadUnsafe(ref sum, at),
            sum2 = Vector256.LoadUnsafe(ref sum, at + Half),
            square1 = Vector256.LoadUnsafe(ref square, at),
            square2 = Vector256.LoadUnsafe(ref square, at + Half),
        };

    /// <inheritdoc/>
    public static void Add(float x, ref double sum, ref double square)
    {
        double wide = x;
        sum += wide;
        square += wide * wide;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector256<float> x)
    {
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(x);
        sum1 += low;
        sum2 += high;
        square1 += low * low;
        square2 += high * high;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref double sum, ref double square, nuint at)
    {
        sum1.StoreUnsafe(ref sum, at);
        sum2.StoreUnsafe(ref sum, at + Half);
        square1.StoreUnsafe(ref square, at);
        square2.StoreUnsafe(ref square, at + Half);
    }
}
