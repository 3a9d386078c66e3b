using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>
/// What each photosite of a row says of a line that runs through it, from codes alone: how far it is from the mean of two neighbours of its colour on other lines, in
/// five steps. result = 2 + [c − m &gt; t] + [c − m &gt; 3 t] − [m − c &gt; t] − [m − c &gt; 3 t], where t is the margin at the darker neighbour's level, and a part of the
/// difference between the two: an edge says little. Whole numbers add up to the same at every width.
/// </summary>
internal static class LineEvidence
{
    /// <summary>What says nothing.</summary>
    public const int Neutral = 2;

    /// <param name="codes">The plane.</param>
    /// <param name="origin">The first photosite of the row.</param>
    /// <param name="before">From a photosite to the one neighbour.</param>
    /// <param name="behind">From a photosite to the other.</param>
    /// <param name="margin">What is but noise.</param>
    /// <param name="result">One step for each photosite, 0 to 4.</param>
    public static void Run(
        ReadOnlySpan<ushort> codes,
        int origin,
        int before,
        int behind,
        in ScreenMargin<ushort> margin,
        Span<ushort> result
    )
    {
        if (Vector512.IsHardwareAccelerated && result.Length >= Vector512<ushort>.Count)
        {
            Run<Samples512<ushort>>(codes, origin, before, behind, margin, result);
        }
        else if (Vector256.IsHardwareAccelerated && result.Length >= Vector256<ushort>.Count)
        {
            Run<Samples256<ushort>>(codes, origin, before, behind, margin, result);
        }
        else if (Vector128.IsHardwareAccelerated && result.Length >= Vector128<ushort>.Count)
        {
            Run<Samples128<ushort>>(codes, origin, before, behind, margin, result);
        }
        else
        {
            Run<Sample<ushort>>(codes, origin, before, behind, margin, result);
        }
    }

    /// <summary>The same with the given width, of which the row must hold one at least.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run<TLanes>(
        ReadOnlySpan<ushort> codes,
        int origin,
        int before,
        int behind,
        in ScreenMargin<ushort> margin,
        Span<ushort> result
    )
        where TLanes : struct, ISampleLanes<TLanes, ushort>
    {
        Neighborhood.Check(codes, origin, [0, before, behind], result.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(result.Length, TLanes.Count);
        ref ushort row = ref Unsafe.Add(ref MemoryMarshal.GetReference(codes), origin);
        ref ushort target = ref MemoryMarshal.GetReference(result);
        var lines = new MarginLanes<ushort, TLanes>(margin);
        TLanes one = TLanes.Broadcast(1);
        TLanes neutral = TLanes.Broadcast(Neutral);
        int last = result.Length - TLanes.Count;
        for (int next = 0; next < result.Length; next += TLanes.Count)
        {
            // The last photosites once more, with as many before them as fill a vector.
            ref ushort at = ref Unsafe.Add(ref row, Math.Min(next, last));
            TLanes center = TLanes.Load(in at);
            TLanes a = TLanes.Load(in Unsafe.Add(ref at, before));
            TLanes b = TLanes.Load(in Unsafe.Add(ref at, behind));
            TLanes mean = TLanes.Mean(a, b);
            TLanes darker = TLanes.Min(a, b);
            TLanes least = lines.Of(darker, TLanes.Above(TLanes.Max(a, b), darker));
            TLanes most = TLanes.Twice(least);
            TLanes high = Steps(TLanes.Above(center, mean), least, most, one);
            TLanes low = Steps(TLanes.Above(mean, center), least, most, one);
            TLanes.Above(TLanes.Add(neutral, high), low).Store(ref Unsafe.Add(ref target, Math.Min(next, last)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Steps<TLanes>(TLanes difference, TLanes least, TLanes more, TLanes one)
        where TLanes : struct, ISampleLanes<TLanes, ushort>
    {
        TLanes beyond = TLanes.Above(difference, least);
        return TLanes.Add(TLanes.Min(beyond, one), TLanes.Min(TLanes.Above(beyond, more), one));
    }

    /// <summary>The plain statement of <see cref="Run"/>.</summary>
    internal static void Reference(
        ReadOnlySpan<ushort> codes,
        int origin,
        int before,
        int behind,
        in ScreenMargin<ushort> margin,
        Span<ushort> result
    )
    {
        for (int i = 0; i < result.Length; i++)
        {
            (int a, int b) = (codes[origin + before + i], codes[origin + behind + i]);
            int difference = codes[origin + i] - ((a + b + 1) / 2);
            int signal = Math.Max(0, Math.Min(a, b) - margin.Black);
            int least = new[] { margin.Dark, margin.Dim, margin.Light, margin.Bright }.Min(l => l.Level + ((signal * l.Growth) >> 16));
            least += (Math.Abs(a - b) * margin.Texture) >> 16;
            int more = least + Math.Min(2 * least, ushort.MaxValue);
            result[i] = (ushort)(
                Neutral + Step(difference > least) + Step(difference > more) - Step(-difference > least) - Step(-difference > more)
            );
        }

        static int Step(bool beyond) => beyond ? 1 : 0;
    }
}
