using System.Runtime.CompilerServices;

namespace PixelMend.Kernels;

/// <summary>
/// Four vectors side by side as one: for sums of many terms, where each addition must wait for the one before and only other sums can fill the time, and where what
/// every step needs besides, weights and offsets, is then read once for four vectors.
/// </summary>
/// <typeparam name="TLanes">One of the four.</typeparam>
internal readonly struct FourLanes<TLanes> : ILanes<FourLanes<TLanes>>
    where TLanes : struct, ILanes<TLanes>
{
    private readonly TLanes a;
    private readonly TLanes b;
    private readonly TLanes c;
    private readonly TLanes d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private FourLanes(TLanes a, TLanes b, TLanes c, TLanes d)
    {
        this.a = a;
        this.b = b;
        this.c = c;
        this.d = d;
    }

    public static int Count => 4 * TLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes<TLanes> operator +(FourLanes<TLanes> left, FourLanes<TLanes> right) =>
        new(left.a + right.a, left.b + right.b, left.c + right.c, left.d + right.d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes<TLanes> operator -(FourLanes<TLanes> left, FourLanes<TLanes> right) =>
        new(left.a - right.a, left.b - right.b, left.c - right.c, left.d - right.d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes<TLanes> operator *(FourLanes<TLanes> left, FourLanes<TLanes> right) =>
        new(left.a * right.a, left.b * right.b, left.c * right.c, left.d * right.d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes<TLanes> operator /(FourLanes<TLanes> left, FourLanes<TLanes> right) =>
        new(left.a / right.a, left.b / right.b, left.c / right.c, left.d / right.d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes<TLanes> Load(ref readonly float source)
    {
        ref float at = ref Unsafe.AsRef(in source);
        return new(
            TLanes.Load(in at),
            TLanes.Load(in Unsafe.Add(ref at, TLanes.Count)),
            TLanes.Load(in Unsafe.Add(ref at, 2 * TLanes.Count)),
            TLanes.Load(in Unsafe.Add(ref at, 3 * TLanes.Count))
        );
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes<TLanes> Broadcast(float value)
    {
        TLanes all = TLanes.Broadcast(value);
        return new(all, all, all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes<TLanes> Min(FourLanes<TLanes> a, FourLanes<TLanes> b) =>
        new(TLanes.Min(a.a, b.a), TLanes.Min(a.b, b.b), TLanes.Min(a.c, b.c), TLanes.Min(a.d, b.d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes<TLanes> Max(FourLanes<TLanes> a, FourLanes<TLanes> b) =>
        new(TLanes.Max(a.a, b.a), TLanes.Max(a.b, b.b), TLanes.Max(a.c, b.c), TLanes.Max(a.d, b.d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes<TLanes> Abs(FourLanes<TLanes> a) => new(TLanes.Abs(a.a), TLanes.Abs(a.b), TLanes.Abs(a.c), TLanes.Abs(a.d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes<TLanes> Sqrt(FourLanes<TLanes> a) =>
        new(TLanes.Sqrt(a.a), TLanes.Sqrt(a.b), TLanes.Sqrt(a.c), TLanes.Sqrt(a.d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes<TLanes> FlipSign(FourLanes<TLanes> a, FourLanes<TLanes> sign) =>
        new(TLanes.FlipSign(a.a, sign.a), TLanes.FlipSign(a.b, sign.b), TLanes.FlipSign(a.c, sign.c), TLanes.FlipSign(a.d, sign.d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(FourLanes<TLanes> a, FourLanes<TLanes> b) =>
        TLanes.AnyGreater(a.a, b.a) || TLanes.AnyGreater(a.b, b.b) || TLanes.AnyGreater(a.c, b.c) || TLanes.AnyGreater(a.d, b.d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float target)
    {
        a.Store(ref target);
        b.Store(ref Unsafe.Add(ref target, TLanes.Count));
        c.Store(ref Unsafe.Add(ref target, 2 * TLanes.Count));
        d.Store(ref Unsafe.Add(ref target, 3 * TLanes.Count));
    }
}
