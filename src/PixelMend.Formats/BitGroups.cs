using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Formats;

/// <summary>
/// Samples of 9 to 15 bits, packed without gaps or as MIPI packs them, eight at a time: these fill as many bytes as a sample has bits. A sample is put
/// together from two windows of 16 bits, each of two bytes that a shuffle brings side by side; a multiplication shifts out what stands before the
/// sample's bits, differently for each, and one shift for all what stands behind them.
/// </summary>
internal sealed class BitGroups
{
    /// <summary>Samples in a group.</summary>
    public const int Samples = 8;

    private const int LeastBits = 9;
    private const int MostBits = 15;
    private const int None = -1;

    /// <summary>By their depth.</summary>
    private static readonly BitGroups[] Gapless = [.. Enumerable.Range(LeastBits, MostBits - LeastBits + 1).Select(MakePacked)];
    private static readonly BitGroups[] Mipis = [MakeMipi(10, 4), MakeMipi(12, 2), MakeMipi(14, 4)];

    private readonly int bits;
    private readonly Windows high;
    private readonly Windows low;

    private BitGroups(int bits, Windows high, Windows low)
    {
        this.bits = bits;
        this.high = high;
        this.low = low;
    }

    /// <summary>Samples without gaps, most significant bit first; null for depths of whole bytes and below them.</summary>
    public static BitGroups? Packed(int bits) => bits is >= LeastBits and <= MostBits ? Gapless[bits - LeastBits] : null;

    /// <summary>MIPI CSI-2 RAW10, RAW12 and RAW14.</summary>
    public static BitGroups Mipi(int depth) => Mipis[(depth - 10) / 2];

    /// <summary>Unpacks as many whole groups as can be read 16 bytes at once.</summary>
    /// <returns>How many samples that are.</returns>
    public int Unpack(ReadOnlySpan<byte> packed, Span<ushort> samples)
    {
        int done = 0;
        if (ByteLanes64.IsSupported)
        {
            done = Unpack<ByteLanes64>(packed, samples, done);
        }

        if (ByteLanes32.IsSupported)
        {
            done = Unpack<ByteLanes32>(packed, samples, done);
        }

        return ByteLanes16.IsSupported ? Unpack<ByteLanes16>(packed, samples, done) : done;
    }

    /// <summary>The same with vectors of one width, from a whole group on.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Unpack<TLanes>(ReadOnlySpan<byte> packed, Span<ushort> samples, int from)
        where TLanes : struct, IByteLanes<TLanes>
    {
        int step = TLanes.Groups * Samples;
        int stepBytes = TLanes.Groups * bits;
        int reach = stepBytes - bits + Vector128<byte>.Count;
        int at = from / Samples * bits;
        ref byte source = ref MemoryMarshal.GetReference(packed);
        ref ushort target = ref MemoryMarshal.GetReference(samples);
        TLanes highBytes = TLanes.Repeat(high.Bytes);
        TLanes highFactors = TLanes.Repeat(high.Factors.AsByte());
        TLanes lowBytes = TLanes.Repeat(low.Bytes);
        TLanes lowFactors = TLanes.Repeat(low.Factors.AsByte());
        int x = from;
        for (; x <= samples.Length - step && at <= packed.Length - reach; x += step, at += stepBytes)
        {
            TLanes groups = TLanes.Load(ref Unsafe.Add(ref source, at), (nuint)bits);
            TLanes above = groups.Shuffle(highBytes).Multiply(highFactors).ShiftRight(high.Shift);
            TLanes below = groups.Shuffle(lowBytes).Multiply(lowFactors).ShiftRight(low.Shift);
            above.Or(below).Store(ref Unsafe.Add(ref target, x));
        }

        return x;
    }

    private static BitGroups MakePacked(int bits)
    {
        var above = new (int High, int Low, int Left)[Samples];
        var below = new (int High, int Low, int Left)[Samples];
        for (int i = 0; i < Samples; i++)
        {
            (int at, int offset) = Math.DivRem(i * bits, 8);
            int beyond = offset + bits - 16;
            above[i] = (at, at + 1, offset);
            below[i] = beyond > 0 ? (None, at + 2, beyond) : (None, None, 0);
        }

        return new BitGroups(bits, new Windows(above, 16 - bits), new Windows(below, 8));
    }

    /// <summary>High bytes come first, low bits together behind them, the first sample's lowest.</summary>
    private static BitGroups MakeMipi(int bits, int together)
    {
        int lowBits = bits - 8;
        var above = new (int High, int Low, int Left)[Samples];
        var below = new (int High, int Low, int Left)[Samples];
        for (int i = 0; i < Samples; i++)
        {
            (int group, int within) = Math.DivRem(i, together);
            int start = group * together * bits / 8;
            (int at, int offset) = Math.DivRem(within * lowBits, 8);
            at += start + together;
            above[i] = (start + within, None, 0);
            below[i] = (offset + lowBits > 8 ? at + 1 : None, at, 16 - offset - lowBits);
        }

        return new BitGroups(bits, new Windows(above, 16 - bits), new Windows(below, 16 - lowBits));
    }

    /// <summary>Part of each of eight samples: where its window's two bytes are, what shifts it left, and by how much all are shifted right then.</summary>
    private readonly struct Windows
    {
        public Windows(ReadOnlySpan<(int High, int Low, int Left)> places, int shift)
        {
            Span<byte> bytes = stackalloc byte[2 * Samples];
            Span<ushort> factors = stackalloc ushort[Samples];
            for (int i = 0; i < Samples; i++)
            {
                // No byte has the index that none becomes, which a shuffle takes for a zero.
                bytes[2 * i] = (byte)places[i].Low;
                bytes[(2 * i) + 1] = (byte)places[i].High;
                factors[i] = (ushort)(1 << places[i].Left);
            }

            Bytes = Vector128.Create<byte>(bytes);
            Factors = Vector128.Create<ushort>(factors);
            Shift = shift;
        }

        public Vector128<byte> Bytes { get; }

        public Vector128<ushort> Factors { get; }

        public int Shift { get; }
    }
}
