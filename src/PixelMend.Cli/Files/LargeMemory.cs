namespace PixelMend.Cli.Files;

/// <summary>
/// Memory of the size of a frame. The collector sees no hurry in collecting a few large buffers, nor in giving their memory back, and a process would
/// grow by one for each step of the work; between steps little is alive, so that asking for it costs a few per cent of the work on the frame.
/// </summary>
internal static class LargeMemory
{
    /// <summary>Below this the memory is not worth the time.</summary>
    private const long Large = 1 << 24;

    /// <summary>Makes what earlier steps left behind free for the next one.</summary>
    /// <param name="bytes">What the next step is going to need.</param>
    public static void GiveBack(long bytes)
    {
        if (bytes >= Large)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
