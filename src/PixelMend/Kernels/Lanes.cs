using System.Numerics;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>
/// A few neighbouring floats worked on together. Kernels are written once over this and run with 16, 8, 4 or 1 lanes;
/// every operation is element by element and rounds alike, so that all widths give the same bits. Fused multiply-add is left out for that reason.
/// </summary>
internal interface ILanes<TSelf>
    : IAdditionOperators<TSelf, TSelf, TSelf>,
        ISubtractionOperators<TSelf, TSelf, TSelf>,
        IMultiplyOperators<TSelf, TSelf, TSelf>,
        IDivisionOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    static abstract int Count { get; }

    static abstract TSelf Load(ref readonly float source);

    static abstract TSelf Broadcast(float value);

    static abstract TSelf Min(TSelf a, TSelf b);

    static abstract TSelf Max(TSelf a, TSelf b);

    static abstract TSelf Abs(TSelf a);

    static abstract TSelf Sqrt(TSelf a);

    /// <summary>Magnitudes of <paramref name="a"/> with the sign bits of <paramref name="sign"/> multiplied in.</summary>
    static abstract TSelf FlipSign(TSelf a, TSelf sign);

    static abstract bool AnyGreater(TSelf a, TSelf b);

    void Store(ref float target);
}

/// <summary>Sixteen lanes, 512 bit.</summary>
internal readonly struct Lanes16(Vector512<float> v) : ILanes<Lanes16>
{
    private readonly Vector512<float> v = v;

    public static int Count => 16;

    public static Lanes16 operator +(Lanes16 left, Lanes16 right) => new(left.v + right.v);

    public static Lanes16 operator -(Lanes16 left, Lanes16 right) => new(left.v - right.v);

    public static Lanes16 operator *(Lanes16 left, Lanes16 right) => new(left.v * right.v);

    public static Lanes16 operator /(Lanes16 left, Lanes16 right) => new(left.v / right.v);

    public static Lanes16 Load(ref readonly float source) => new(Vector512.LoadUnsafe(in source));

    public static Lanes16 Broadcast(float value) => new(Vector512.Create(value));

    public static Lanes16 Min(Lanes16 a, Lanes16 b) => new(Vector512.MinNative(a.v, b.v));

    public static Lanes16 Max(Lanes16 a, Lanes16 b) => new(Vector512.MaxNative(a.v, b.v));

    public static Lanes16 Abs(Lanes16 a) => new(Vector512.Abs(a.v));

    public static Lanes16 Sqrt(Lanes16 a) => new(Vector512.Sqrt(a.v));

    public static Lanes16 FlipSign(Lanes16 a, Lanes16 sign) => new(a.v ^ (sign.v & Vector512.Create(-0f)));

    public static bool AnyGreater(Lanes16 a, Lanes16 b) => Vector512.GreaterThanAny(a.v, b.v);

    public void Store(ref float target) => v.StoreUnsafe(ref target);
}

/// <summary>Eight lanes, 256 bit.</summary>
internal readonly struct Lanes8(Vector256<float> v) : ILanes<Lanes8>
{
    private readonly Vector256<float> v = v;

    public static int Count => 8;

    public static Lanes8 operator +(Lanes8 left, Lanes8 right) => new(left.v + right.v);

    public static Lanes8 operator -(Lanes8 left, Lanes8 right) => new(left.v - right.v);

    public static Lanes8 operator *(Lanes8 left, Lanes8 right) => new(left.v * right.v);

    public static Lanes8 operator /(Lanes8 left, Lanes8 right) => new(left.v / right.v);

    public static Lanes8 Load(ref readonly float source) => new(Vector256.LoadUnsafe(in source));

    public static Lanes8 Broadcast(float value) => new(Vector256.Create(value));

    public static Lanes8 Min(Lanes8 a, Lanes8 b) => new(Vector256.MinNative(a.v, b.v));

    public static Lanes8 Max(Lanes8 a, Lanes8 b) => new(Vector256.MaxNative(a.v, b.v));

    public static Lanes8 Abs(Lanes8 a) => new(Vector256.Abs(a.v));

    public static Lanes8 Sqrt(Lanes8 a) => new(Vector256.Sqrt(a.v));

    public static Lanes8 FlipSign(Lanes8 a, Lanes8 sign) => new(a.v ^ (sign.v & Vector256.Create(-0f)));

    public static bool AnyGreater(Lanes8 a, Lanes8 b) => Vector256.GreaterThanAny(a.v, b.v);

    public void Store(ref float target) => v.StoreUnsafe(ref target);
}

/// <summary>Four lanes, 128 bit.</summary>
internal readonly struct Lanes4(Vector128<float> v) : ILanes<Lanes4>
{
    private readonly Vector128<float> v = v;

    public static int Count => 4;

    public static Lanes4 operator +(Lanes4 left, Lanes4 right) => new(left.v + right.v);

    public static Lanes4 operator -(Lanes4 left, Lanes4 right) => new(left.v - right.v);

    public static Lanes4 operator *(Lanes4 left, Lanes4 right) => new(left.v * right.v);

    public static Lanes4 operator /(Lanes4 left, Lanes4 right) => new(left.v / right.v);

    public static Lanes4 Load(ref readonly float source) => new(Vector128.LoadUnsafe(in source));

    public static Lanes4 Broadcast(float value) => new(Vector128.Create(value));

    public static Lanes4 Min(Lanes4 a, Lanes4 b) => new(Vector128.MinNative(a.v, b.v));

    public static Lanes4 Max(Lanes4 a, Lanes4 b) => new(Vector128.MaxNative(a.v, b.v));

    public static Lanes4 Abs(Lanes4 a) => new(Vector128.Abs(a.v));

    public static Lanes4 Sqrt(Lanes4 a) => new(Vector128.Sqrt(a.v));

    public static Lanes4 FlipSign(Lanes4 a, Lanes4 sign) => new(a.v ^ (sign.v & Vector128.Create(-0f)));

    public static bool AnyGreater(Lanes4 a, Lanes4 b) => Vector128.GreaterThanAny(a.v, b.v);

    public void Store(ref float target) => v.StoreUnsafe(ref target);
}

/// <summary>One lane: the ends of rows, and machines without vectors.</summary>
internal readonly struct Lane(float v) : ILanes<Lane>
{
    private readonly float v = v;

    public static int Count => 1;

    public static Lane operator +(Lane left, Lane right) => new(left.v + right.v);

    public static Lane operator -(Lane left, Lane right) => new(left.v - right.v);

    public static Lane operator *(Lane left, Lane right) => new(left.v * right.v);

    public static Lane operator /(Lane left, Lane right) => new(left.v / right.v);

    public static Lane Load(ref readonly float source) => new(source);

    public static Lane Broadcast(float value) => new(value);

    public static Lane Min(Lane a, Lane b) => new(a.v < b.v ? a.v : b.v);

    public static Lane Max(Lane a, Lane b) => new(a.v > b.v ? a.v : b.v);

    public static Lane Abs(Lane a) => new(MathF.Abs(a.v));

    public static Lane Sqrt(Lane a) => new(MathF.Sqrt(a.v));

    public static Lane FlipSign(Lane a, Lane sign) =>
        new(BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(a.v) ^ (BitConverter.SingleToInt32Bits(sign.v) & int.MinValue)));

    public static bool AnyGreater(Lane a, Lane b) => a.v > b.v;

    public void Store(ref float target) => target = v;
}
