using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace PixelMend.Fuzz;

/// <summary>Which branches of the instrumented assembly an execution took, and how often by powers of two; all empty where it is not instrumented.</summary>
internal sealed unsafe class Coverage
{
    private const int Branches = 1 << 16;

    private readonly byte* taken = (byte*)NativeMemory.AllocZeroed(Branches);
    private readonly byte[] seen = new byte[Branches];

    public Coverage() => Trace.SharedMem = taken;

    /// <summary>Forgets the last execution.</summary>
    public void Clear()
    {
        NativeMemory.Clear(taken, Branches);
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether the last execution went where none had gone before; from now on one has.</summary>
    public bool AddNew()
    {
        bool isNew = false;
        var words = new ReadOnlySpan<ulong>(taken, Branches / sizeof(ulong));
        for (int w = 0; w < words.Length; w++)
        {
            if (words[w] == 0)
            {
                continue;
            }

            for (int i = w * sizeof(ulong); i < (w + 1) * sizeof(ulong); i++)
            {
                int count = taken[i];
                byte size = count == 0 ? (byte)0 : (byte)(1 << int.Log2(count));
                isNew |= (size & ~seen[i]) != 0;
                seen[i] |= size;
            }
        }

        return isNew;
    }
}
