using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PixelMend.Frames;

/// <summary>
/// Arrays of the size of a frame. Memory that a process has not used yet is handed over by the system page by page as it is touched, which for
/// a frame in pages of 4 KiB takes several times as long as filling it; Linux hands it over in pages of 2 MiB where it is asked to.
/// </summary>
public static partial class LargeArray
{
    /// <summary>Below this there is no gain: two huge pages, of which one may lie within the array.</summary>
    private const long Worthwhile = 4 << 20;

    /// <summary>MADV_HUGEPAGE of the kernel's interface.</summary>
    private const int HugePages = 14;

    /// <summary>An array of zeros.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    public static T[] Zeros<T>(int length)
        where T : unmanaged
    {
        var array = new T[length];
        Advise(array);
        return array;
    }

    /// <summary>An array of whatever the memory holds, for those who write all of it before they read.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    public static T[] Unfilled<T>(int length)
        where T : unmanaged
    {
        T[] array = GC.AllocateUninitializedArray<T>(length);
        Advise(array);
        return array;
    }

    /// <summary>Advice only: without it, or where nobody takes it, all is as before but slower.</summary>
    private static unsafe void Advise<T>(T[] array)
        where T : unmanaged
    {
        long bytes = (long)array.Length * Unsafe.SizeOf<T>();
        if (bytes < Worthwhile || !OperatingSystem.IsLinux())
        {
            return;
        }

        fixed (T* first = array)
        {
            nint start = (nint)first / Environment.SystemPageSize * Environment.SystemPageSize;
            try
            {
                _ = Advise(start, (nuint)((nint)first + (nint)bytes - start), HugePages);
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
            {
                // Another C library than GNU's.
            }
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint start, nuint bytes, int advice);
}
