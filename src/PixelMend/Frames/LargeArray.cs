using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PixelMend.Frames;

/// <summary>
/// Arrays of the size of a frame. Memory that a process has not used yet is handed over by the system page by page as it is touched, which for
/// a frame in pages of 4 KiB takes several times as long as filling it; Linux hands it over in pages of 2 MiB where it is asked to.
/// </summary>
public static partial class LargeArray
{
    /// <summary>Below this hardly one huge page lies within the array.</summary>
    private const long Worthwhile = 3 << 20;

    /// <summary>MADV_DONTNEED and MADV_HUGEPAGE of the kernel's interface.</summary>
    private const int NotNeeded = 4;
    private const int HugePages = 14;

    /// <summary>An array of zeros.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    public static T[] Zeros<T>(int length)
        where T : unmanaged
    {
        var array = new T[length];
        AskForHugePages(array);
        return array;
    }

    /// <summary>An array of whatever the memory holds, for those who write all of it before they read.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    public static T[] Unfilled<T>(int length)
        where T : unmanaged
    {
        T[] array = GC.AllocateUninitializedArray<T>(length);
        AskForHugePages(array);
        return array;
    }

    /// <summary>Gives the memory of an array back to the system until it is written to again; what it held is lost, if it can be done.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <returns>Whether it was done.</returns>
    public static unsafe bool Vacate<T>(T[] array)
        where T : unmanaged
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        nint page = Environment.SystemPageSize;
        fixed (T* first = array)
        {
            // Whole pages of the array alone: what lies beside it in the first and last is somebody else's.
            nint start = ((nint)first + page - 1) / page * page;
            nint end = ((nint)first + ((nint)array.Length * Unsafe.SizeOf<T>())) / page * page;
            return end > start && Advise(start, (nuint)(end - start), NotNeeded) == 0;
        }
    }

    /// <summary>Advice only: where it is not taken, all is as before but slower.</summary>
    private static unsafe void AskForHugePages<T>(T[] array)
        where T : unmanaged
    {
        nint bytes = (nint)array.Length * Unsafe.SizeOf<T>();
        if (bytes < Worthwhile || !OperatingSystem.IsLinux())
        {
            return;
        }

        fixed (T* first = array)
        {
            nint start = (nint)first / Environment.SystemPageSize * Environment.SystemPageSize;
            _ = Advise(start, (nuint)((nint)first + bytes - start), HugePages);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint start, nuint bytes, int advice);
}
