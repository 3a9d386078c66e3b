using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace PixelMend.Formats;

/// <summary>
/// One, two or four stretches of 16 bytes worked on together, as bytes or as words of 16 bits. Unpacking is written once over this; all widths give the
/// same words.
/// </summary>
internal interface IByteLanes<TSelf>
    where TSelf : struct, IByteLanes<TSelf>
{
    /// <summary>Whether this machine has such vectors.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>Number of stretches.</summary>
    static abstract int Groups { get; }

    /// <summary>Stretches that start <paramref name="stride"/> bytes apart.</summary>
    static abstract TSelf Load(ref readonly byte source, nuint stride);

    /// <summary>The same 16 bytes in every stretch.</summary>
    static abstract TSelf Repeat(Vector128<byte> bytes);

    /// <summary>Bytes of each stretch by their index within it; 255 gives zero.</summary>
    TSelf Shuffle(TSelf indices);

    /// <summary>The lower halves of the words' products.</summary>
    TSelf Multiply(TSelf factors);

    /// <summary>Words shifted, zeros moving in.</summary>
    TSelf ShiftRight(int count);

    TSelf Or(TSelf other);

    /// <summary>Stores the words one after the other.</summary>
    void Store(ref ushort target);
}

/// <summary>128 bits.</summary>
internal readonly struct ByteLanes16(Vector128<byte> v) : IByteLanes<ByteLanes16>
{
    private readonly Vector128<byte> v = v;

    public static bool IsSupported => (Ssse3.IsSupported || AdvSimd.Arm64.IsSupported) && BitConverter.IsLittleEndian;

    public static int Groups => 1;

    public static ByteLanes16 Load(ref readonly byte source, nuint stride) => new(Vector128.LoadUnsafe(in source));

    public static ByteLanes16 Repeat(Vector128<byte> bytes) => new(bytes);

    public ByteLanes16 Shuffle(ByteLanes16 indices) => new(Vector128.ShuffleNative(v, indices.v));

    public ByteLanes16 Multiply(ByteLanes16 factors) => new((v.AsUInt16() * factors.v.AsUInt16()).AsByte());

    public ByteLanes16 ShiftRight(int count) => new((v.AsUInt16() >>> count).AsByte());

    public ByteLanes16 Or(ByteLanes16 other) => new(v | other.v);

    public void Store(ref ushort target) => v.AsUInt16().StoreUnsafe(ref target);
}

/// <summary>256 bits.</summary>
internal readonly struct ByteLanes32(Vector256<byte> v) : IByteLanes<ByteLanes32>
{
    private readonly Vector256<byte> v = v;

    public static bool IsSupported => Avx2.IsSupported;

    public static int Groups => 2;

    public static ByteLanes32 Load(ref readonly byte source, nuint stride) =>
        new(Vector256.Create(Vector128.LoadUnsafe(in source), Vector128.LoadUnsafe(in source, stride)));

    public static ByteLanes32 Repeat(Vector128<byte> bytes) => new(Vector256.Create(bytes, bytes));

    public ByteLanes32 Shuffle(ByteLanes32 indices) => new(Avx2.Shuffle(v, indices.v));

    public ByteLanes32 Multiply(ByteLanes32 factors) => new((v.AsUInt16() * factors.v.AsUInt16()).AsByte());

    public ByteLanes32 ShiftRight(int count) => new((v.AsUInt16() >>> count).AsByte());

    public ByteLanes32 Or(ByteLanes32 other) => new(v | other.v);

    public void Store(ref ushort target) => v.AsUInt16().StoreUnsafe(ref target);
}

/// <summary>512 bits.</summary>
internal readonly struct ByteLanes64(Vector512<byte> v) : IByteLanes<ByteLanes64>
{
    private readonly Vector512<byte> v = v;

    public static bool IsSupported => Avx512BW.IsSupported;

    public static int Groups => 4;

    public static ByteLanes64 Load(ref readonly byte source, nuint stride) =>
        new(
            Vector512.Create(
                Vector256.Create(Vector128.LoadUnsafe(in source), Vector128.LoadUnsafe(in source, stride)),
                Vector256.Create(Vector128.LoadUnsafe(in source, 2 * stride), Vector128.LoadUnsafe(in source, 3 * stride))
            )
        );

    public static ByteLanes64 Repeat(Vector128<byte> bytes) =>
        new(Vector512.Create(Vector256.Create(bytes, bytes), Vector256.Create(bytes, bytes)));

    public ByteLanes64 Shuffle(ByteLanes64 indices) => new(Avx512BW.Shuffle(v, indices.v));

    public ByteLanes64 Multiply(ByteLanes64 factors) => new((v.AsUInt16() * factors.v.AsUInt16()).AsByte());

    public ByteLanes64 ShiftRight(int count) => new((v.AsUInt16() >>> count).AsByte());

    public ByteLanes64 Or(ByteLanes64 other) => new(v | other.v);

    public void Store(ref ushort target) => v.AsUInt16().StoreUnsafe(ref target);
}
