using System.Buffers;

namespace PixelMend.Prediction;

/// <summary>A large buffer on loan: frame after frame and round after round work in the same memory. Its content is undefined at first.</summary>
internal readonly struct RentedFloats : IDisposable
{
    private readonly float[] array;

    public RentedFloats(int length)
    {
        array = ArrayPool<float>.Shared.Rent(length);
        Length = length;
    }

    public int Length { get; }

    public Span<float> Span => array.AsSpan(0, Length);

    public void Dispose() => ArrayPool<float>.Shared.Return(array);
}
