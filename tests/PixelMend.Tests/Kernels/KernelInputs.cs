using PixelMend.Simulation;

namespace PixelMend.Tests.Kernels;

/// <summary>Random rows and a plane around them for one kernel run: ordinary values, zeros of both signs, denormals, the large and the tiny.</summary>
internal sealed class KernelInputs
{
    private const int RowsAround = 2;
    private const int Neighbors = 8;

    public KernelInputs(int length, ulong seed)
    {
        Length = length;
        var random = new Random64(seed, (ulong)length);
        int stride = length + 24;
        Plane = Draw(ref random, stride * ((2 * RowsAround) + 1));
        Origin = (RowsAround * stride) + 12;
        Offsets = new int[Neighbors];
        for (int t = 0; t < Neighbors; t++)
        {
            int row = (int)(random.Next() % ((2 * RowsAround) + 1)) - RowsAround;
            Offsets[t] = (row * stride) + (int)(random.Next() % 21) - 10;
        }

        Weights = Draw(ref random, Neighbors);
        A = Draw(ref random, length);
        B = Draw(ref random, length);
        C = Draw(ref random, length);
        Factor = (float)random.Gaussian();
    }

    public int Length { get; }

    public float[] A { get; }

    public float[] B { get; }

    public float[] C { get; }

    public float[] Plane { get; }

    /// <summary>Where the row lies in the plane.</summary>
    public int Origin { get; }

    public int[] Offsets { get; }

    public float[] Weights { get; }

    public float Factor { get; }

    private static float[] Draw(ref Random64 random, int count)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (random.Next() % 16) switch
            {
                0 => 0f,
                1 => -0f,
                2 => float.Epsilon * (random.Next() % 1000),
                3 => -1e-39f,
                4 => 1e18f * (float)random.Gaussian(),
                5 => 0.5f,
                _ => (float)random.Gaussian(),
            };
        }

        return values;
    }
}
