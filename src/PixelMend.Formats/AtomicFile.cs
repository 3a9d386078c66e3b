namespace PixelMend.Formats;

/// <summary>
/// A file that appears whole or not at all: written under a temporary name beside its target, renamed when complete, deleted when disposed before.
/// </summary>
public sealed class AtomicFile : IDisposable
{
    private readonly string target;
    private readonly string temporary;
    private readonly bool overwrite;
    private bool complete;

    /// <param name="target">The path to appear.</param>
    /// <param name="overwrite">Whether a file already there may be replaced.</param>
    /// <exception cref="IOException">The target exists and must not be replaced, or cannot be written to.</exception>
    public AtomicFile(string target, bool overwrite)
    {
        this.target = Path.GetFullPath(target);
        this.overwrite = overwrite;
        if (!overwrite && File.Exists(target))
        {
            throw new IOException($"{target} exists already; --force replaces it");
        }

        temporary = Path.Combine(
            Path.GetDirectoryName(this.target)!,
            // Not made from the target's name: that may be as long as names can be.
            $".pixelmend-{Guid.NewGuid():N}.tmp"
        );
        Stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);
    }

    /// <summary>Receives the content.</summary>
    public FileStream Stream { get; }

    /// <summary>Makes the file appear under its name.</summary>
    public void Complete()
    {
        // To the disk itself before the name: after a power cut there must not be a name without content.
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(temporary, target, overwrite);
        complete = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            // Flushes what is buffered, which fails on a full disk; the leftover must go all the same.
            Stream.Dispose();
        }
        finally
        {
            if (!complete)
            {
                File.Delete(temporary);
            }
        }
    }
}
