using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PixelMend.Kernels;

/// <summary>
/// A few neighbouring samples worked on together, 16-bit codes or floats as they are stored: what a screen needs, which compares and hardly computes.
/// As with <see cref="ILanes{TSelf}"/>, kernels are written once over this and all widths give the same bits. No operation wraps around.
/// </summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="T"><see cref="ushort"/> or <see cref="float"/>.</typeparam>
internal interface ISampleLanes<TSelf, T>
    where TSelf : struct, ISampleLanes<TSelf, T>
    where T : unmanaged, INumber<T>
{
    static abstract int Count { get; }

    static abstract TSelf Load(ref readonly T source);

    static abstract TSelf Broadcast(T value);

    static abstract TSelf Min(TSelf a, TSelf b);

    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>a − b where that is above zero, else zero.</summary>
    static abstract TSelf Above(TSelf a, TSelf b);

    /// <summary>a + b, which the caller knows to fit.</summary>
    static abstract TSelf Add(TSelf a, TSelf b);

    /// <summary>2 a, or the largest sample there is.</summary>
    static abstract TSelf Twice(TSelf a);

    /// <summary>The mean of two samples; of codes rounded up.</summary>
    static abstract TSelf Mean(TSelf a, TSelf b);

    /// <summary>a times a factor below one: of codes in 65536ths, rounded down.</summary>
    static abstract TSelf Times(TSelf a, TSelf factor);

    /// <summary>One bit per lane, set where a &gt; b.</summary>
    static abstract uint Greater(TSelf a, TSelf b);

    void Store(ref T target);
}

/// <summary>512 bits of samples.</summary>
internal readonly struct Samples512<T>(Vector512<T> v) : ISampleLanes<Samples512<T>, T>
    where T : unmanaged, INumber<T>
{
    private readonly Vector512<T> v = v;

    public static int Count => Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples512<T> Load(ref readonly T source) => new(Vector512.LoadUnsafe(in source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples512<T> Broadcast(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples512<T> Min(Samples512<T> a, Samples512<T> b) => new(Vector512.MinNative(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples512<T> Max(Samples512<T> a, Samples512<T> b) => new(Vector512.MaxNative(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples512<T> Above(Samples512<T> a, Samples512<T> b) =>
        new(typeof(T) == typeof(float) ? Vector512.MaxNative(a.v, b.v) - b.v : Vector512.SubtractSaturate(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples512<T> Add(Samples512<T> a, Samples512<T> b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples512<T> Twice(Samples512<T> a) => new(Vector512.AddSaturate(a.v, a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples512<T> Mean(Samples512<T> a, Samples512<T> b)
    {
        if (typeof(T) == typeof(float))
        {
            return new((a.v + b.v) * Vector512.Create(0.5f).As<float, T>());
        }

        if (Avx512BW.IsSupported)
        {
            return new(Avx512BW.Average(a.v.AsUInt16(), b.v.AsUInt16()).As<ushort, T>());
        }

        return new((a.v | b.v) - Vector512.ShiftRightLogical((a.v ^ b.v).AsUInt16(), 1).As<ushort, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples512<T> Times(Samples512<T> a, Samples512<T> factor)
    {
        if (typeof(T) == typeof(float))
        {
            return new(a.v * factor.v);
        }

        if (Avx512BW.IsSupported)
        {
            return new(Avx512BW.MultiplyHigh(a.v.AsUInt16(), factor.v.AsUInt16()).As<ushort, T>());
        }

        return new(
            Vector512.Create(
                Samples256<T>.Times(new(a.v.GetLower()), new(factor.v.GetLower())).Vector,
                Samples256<T>.Times(new(a.v.GetUpper()), new(factor.v.GetUpper())).Vector
            )
        );
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Greater(Samples512<T> a, Samples512<T> b) => (uint)Vector512.GreaterThan(a.v, b.v).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T target) => v.StoreUnsafe(ref target);
}

/// <summary>256 bits of samples.</summary>
internal readonly struct Samples256<T>(Vector256<T> v) : ISampleLanes<Samples256<T>, T>
    where T : unmanaged, INumber<T>
{
    public static int Count => Vector256<T>.Count;

    public Vector256<T> Vector { get; } = v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples256<T> Load(ref readonly T source) => new(Vector256.LoadUnsafe(in source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples256<T> Broadcast(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples256<T> Min(Samples256<T> a, Samples256<T> b) => new(Vector256.MinNative(a.Vector, b.Vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples256<T> Max(Samples256<T> a, Samples256<T> b) => new(Vector256.MaxNative(a.Vector, b.Vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples256<T> Above(Samples256<T> a, Samples256<T> b) =>
        new(
            typeof(T) == typeof(float) ? Vector256.MaxNative(a.Vector, b.Vector) - b.Vector : Vector256.SubtractSaturate(a.Vector, b.Vector)
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples256<T> Add(Samples256<T> a, Samples256<T> b) => new(a.Vector + b.Vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples256<T> Twice(Samples256<T> a) => new(Vector256.AddSaturate(a.Vector, a.Vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples256<T> Mean(Samples256<T> a, Samples256<T> b)
    {
        if (typeof(T) == typeof(float))
        {
            return new((a.Vector + b.Vector) * Vector256.Create(0.5f).As<float, T>());
        }

        if (Avx2.IsSupported)
        {
            return new(Avx2.Average(a.Vector.AsUInt16(), b.Vector.AsUInt16()).As<ushort, T>());
        }

        return new((a.Vector | b.Vector) - Vector256.ShiftRightLogical((a.Vector ^ b.Vector).AsUInt16(), 1).As<ushort, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples256<T> Times(Samples256<T> a, Samples256<T> factor)
    {
        if (typeof(T) == typeof(float))
        {
            return new(a.Vector * factor.Vector);
        }

        if (Avx2.IsSupported)
        {
            return new(Avx2.MultiplyHigh(a.Vector.AsUInt16(), factor.Vector.AsUInt16()).As<ushort, T>());
        }

        return new(
            Vector256.Create(
                Samples128<T>.Times(new(a.Vector.GetLower()), new(factor.Vector.GetLower())).Vector,
                Samples128<T>.Times(new(a.Vector.GetUpper()), new(factor.Vector.GetUpper())).Vector
            )
        );
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Greater(Samples256<T> a, Samples256<T> b) => Vector256.GreaterThan(a.Vector, b.Vector).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T target) => Vector.StoreUnsafe(ref target);
}

/// <summary>128 bits of samples.</summary>
internal readonly struct Samples128<T>(Vector128<T> v) : ISampleLanes<Samples128<T>, T>
    where T : unmanaged, INumber<T>
{
    public static int Count => Vector128<T>.Count;

    public Vector128<T> Vector { get; } = v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples128<T> Load(ref readonly T source) => new(Vector128.LoadUnsafe(in source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples128<T> Broadcast(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples128<T> Min(Samples128<T> a, Samples128<T> b) => new(Vector128.MinNative(a.Vector, b.Vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples128<T> Max(Samples128<T> a, Samples128<T> b) => new(Vector128.MaxNative(a.Vector, b.Vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples128<T> Above(Samples128<T> a, Samples128<T> b) =>
        new(
            typeof(T) == typeof(float) ? Vector128.MaxNative(a.Vector, b.Vector) - b.Vector : Vector128.SubtractSaturate(a.Vector, b.Vector)
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples128<T> Add(Samples128<T> a, Samples128<T> b) => new(a.Vector + b.Vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples128<T> Twice(Samples128<T> a) => new(Vector128.AddSaturate(a.Vector, a.Vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples128<T> Mean(Samples128<T> a, Samples128<T> b)
    {
        if (typeof(T) == typeof(float))
        {
            return new((a.Vector + b.Vector) * Vector128.Create(0.5f).As<float, T>());
        }

        return new((a.Vector | b.Vector) - Vector128.ShiftRightLogical((a.Vector ^ b.Vector).AsUInt16(), 1).As<ushort, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Samples128<T> Times(Samples128<T> a, Samples128<T> factor)
    {
        if (typeof(T) == typeof(float))
        {
            return new(a.Vector * factor.Vector);
        }

        if (Sse2.IsSupported)
        {
            return new(Sse2.MultiplyHigh(a.Vector.AsUInt16(), factor.Vector.AsUInt16()).As<ushort, T>());
        }

        (Vector128<uint> lowA, Vector128<uint> highA) = Vector128.Widen(a.Vector.AsUInt16());
        (Vector128<uint> lowB, Vector128<uint> highB) = Vector128.Widen(factor.Vector.AsUInt16());
        return new(Vector128.Narrow((lowA * lowB) >>> 16, (highA * highB) >>> 16).As<ushort, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Greater(Samples128<T> a, Samples128<T> b) => Vector128.GreaterThan(a.Vector, b.Vector).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T target) => Vector.StoreUnsafe(ref target);
}

/// <summary>One sample: the ends of rows, and machines without vectors.</summary>
internal readonly struct Sample<T>(T v) : ISampleLanes<Sample<T>, T>
    where T : unmanaged, INumber<T>
{
    public static int Count => 1;

    public T Value { get; } = v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sample<T> Load(ref readonly T source) => new(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sample<T> Broadcast(T value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sample<T> Min(Sample<T> a, Sample<T> b) => new(a.Value < b.Value ? a.Value : b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sample<T> Max(Sample<T> a, Sample<T> b) => new(a.Value > b.Value ? a.Value : b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sample<T> Above(Sample<T> a, Sample<T> b) => new((a.Value > b.Value ? a.Value : b.Value) - b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sample<T> Add(Sample<T> a, Sample<T> b) => new(a.Value + b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sample<T> Twice(Sample<T> a) =>
        typeof(T) == typeof(float) ? new(a.Value + a.Value) : new(T.CreateSaturating(2 * uint.CreateTruncating(a.Value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sample<T> Mean(Sample<T> a, Sample<T> b) =>
        typeof(T) == typeof(float)
            ? new((a.Value + b.Value) * T.CreateTruncating(0.5f))
            : new(T.CreateTruncating((uint.CreateTruncating(a.Value) + uint.CreateTruncating(b.Value) + 1) / 2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sample<T> Times(Sample<T> a, Sample<T> factor) =>
        typeof(T) == typeof(float)
            ? new(a.Value * factor.Value)
            : new(T.CreateTruncating((uint.CreateTruncating(a.Value) * uint.CreateTruncating(factor.Value)) >> 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Greater(Sample<T> a, Sample<T> b) => a.Value > b.Value ? 1u : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T target) => target = Value;
}
