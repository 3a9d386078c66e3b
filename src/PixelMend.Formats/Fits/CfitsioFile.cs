using System.Runtime.InteropServices;

namespace PixelMend.Formats.Fits;

/// <summary>A copy of a file in memory that cfitsio works on. Hold <see cref="Cfitsio.Gate"/> for as long as it lives.</summary>
internal sealed unsafe class CfitsioFile : IDisposable
{
    private const int Growth = 1 << 20;

    // cfitsio keeps the addresses of these two, so they live outside the managed heap.
    private readonly Memory* memory;
    private readonly nint handle;
    private bool closed;

    /// <exception cref="RawDataException">It is not FITS.</exception>
    public CfitsioFile(ReadOnlySpan<byte> content, int mode)
    {
        memory = (Memory*)NativeMemory.Alloc((nuint)sizeof(Memory));
        memory->Buffer = NativeMemory.Alloc((nuint)content.Length);
        memory->Size = (nuint)content.Length;
        content.CopyTo(new Span<byte>(memory->Buffer, content.Length));
        int status = 0;
        Cfitsio.Open(out handle, "memory", mode, &memory->Buffer, &memory->Size, Growth, &Reallocate, ref status);
        if (status != 0)
        {
            closed = true;
            Dispose();
            Cfitsio.Check(status);
        }
    }

    public nint Handle => handle;

    /// <summary>Closes the file and returns its bytes; what follows its last unit is of no meaning.</summary>
    public byte[] Finish()
    {
        int status = 0;
        closed = true;
        Cfitsio.Close(handle, ref status);
        Cfitsio.Check(status);
        return new ReadOnlySpan<byte>(memory->Buffer, checked((int)memory->Size)).ToArray();
    }

    public void Dispose()
    {
        if (!closed)
        {
            int status = 0;
            Cfitsio.Close(handle, ref status);
            closed = true;
        }

        NativeMemory.Free(memory->Buffer);
        NativeMemory.Free(memory);
    }

    [UnmanagedCallersOnly]
    private static void* Reallocate(void* block, nuint size) => NativeMemory.Realloc(block, size);

    private struct Memory
    {
        public void* Buffer;
        public nuint Size;
    }
}
