using System.Diagnostics;
using PixelMend.Formats;

namespace PixelMend.Fuzz;

/// <summary>What one execution may take.</summary>
internal static class Bounds
{
    /// <summary>Longest input, bytes: tables matter, pictures do not.</summary>
    public const int InputBytes = 32 << 10;

    /// <summary>Most memory that one execution may allocate in all, bytes; the limits below allow frames of 128 KiB, of which several copies are made.</summary>
    public const long AllocatedBytes = 32 << 20;

    /// <summary>Most milliseconds.</summary>
    public const double Milliseconds = 1000;

    /// <summary>Limits low enough that thousands of executions fit in a second, and that crossing them shows.</summary>
    public static ReadLimits Limits { get; } =
        new()
        {
            MaxDimension = 4096,
            MaxPhotosites = 1 << 16,
            MaxFileBytes = InputBytes,
            MaxDefects = 1 << 14,
        };

    /// <summary>Runs an input twice: the first time much is compiled, the second is timed.</summary>
    /// <returns>Whether the input was read, not refused.</returns>
    /// <exception cref="InvalidOperationException">More memory or time than allowed.</exception>
    public static bool RunTimed(FuzzTarget target, byte[] input)
    {
        Run(target, input);
        long start = Stopwatch.GetTimestamp();
        bool read = Run(target, input);
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return milliseconds <= Milliseconds ? read : throw new InvalidOperationException($"it took {milliseconds:F0} ms");
    }

    /// <summary>Runs an input and looks at what it took.</summary>
    /// <returns>Whether the input was read, not refused.</returns>
    /// <exception cref="InvalidOperationException">More memory than allowed.</exception>
    public static bool Run(FuzzTarget target, byte[] input)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool read = true;
        try
        {
            target.Run(input);
        }
        catch (RawDataException)
        {
            read = false;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated <= AllocatedBytes
            ? read
            : throw new InvalidOperationException($"{allocated} bytes were allocated for an input of {input.Length}");
    }
}
