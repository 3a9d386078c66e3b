using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>The least and the largest values of as many places as 256 bits of samples hold.</summary>
internal struct Extremes<T>
    where T : unmanaged, INumber<T>
{
    private Vector256<T> least;
    private Vector256<T> most;
    private Vector256<T> second;
    private Vector256<T> third;

    /// <summary>Those known from <paramref name="at"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Extremes<T> Load<TSum, TSquare>(in TotalsRow<T, TSum, TSquare> totals, nuint at)
        where TSum : unmanaged
        where TSquare : unmanaged =>
        new()
        {
            least = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(totals.Least), at),
            most = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(totals.Most), at),
            second = totals.KeepsThree ? Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(totals.Second), at) : default,
            third = totals.KeepsThree ? Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(totals.Third), at) : default,
        };

    /// <summary>Takes in one value of one place.</summary>
    public static void Update<TSum, TSquare>(T x, in TotalsRow<T, TSum, TSquare> totals, int at)
        where TSum : unmanaged
        where TSquare : unmanaged
    {
        totals.Least[at] = T.Min(totals.Least[at], x);
        if (!totals.KeepsThree)
        {
            totals.Most[at] = T.Max(totals.Most[at], x);
        }
        else if (x > totals.Most[at])
        {
            (totals.Most[at], totals.Second[at], totals.Third[at]) = (x, totals.Most[at], totals.Second[at]);
        }
        else if (x > totals.Second[at])
        {
            (totals.Second[at], totals.Third[at]) = (x, totals.Second[at]);
        }
        else
        {
            totals.Third[at] = T.Max(totals.Third[at], x);
        }
    }

    /// <summary>Takes in a value of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update(Vector256<T> x, bool keepsThree)
    {
        least = Vector256.MinNative(x, least);
        if (keepsThree)
        {
            // What is not the largest may be the second, and so on.
            Vector256<T> rest = Vector256.MinNative(x, most);
            third = Vector256.MaxNative(Vector256.MinNative(rest, second), third);
            second = Vector256.MaxNative(rest, second);
        }

        most = Vector256.MaxNative(x, most);
    }

    /// <summary>Puts them back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store<TSum, TSquare>(in TotalsRow<T, TSum, TSquare> totals, nuint at)
        where TSum : unmanaged
        where TSquare : unmanaged
    {
        least.StoreUnsafe(ref MemoryMarshal.GetReference(totals.Least), at);
        most.StoreUnsafe(ref MemoryMarshal.GetReference(totals.Most), at);
        if (totals.KeepsThree)
        {
            second.StoreUnsafe(ref MemoryMarshal.GetReference(totals.Second), at);
            third.StoreUnsafe(ref MemoryMarshal.GetReference(totals.Third), at);
        }
    }
}
