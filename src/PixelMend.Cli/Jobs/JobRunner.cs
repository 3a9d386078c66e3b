using PixelMend.Cli.Files;

namespace PixelMend.Cli.Jobs;

/// <summary>
/// Runs the job on many files. At most as many files as threads are in hand at a time, which bounds memory; threads left over serve the
/// rows within each file. Results come in the order of the inputs, whichever is done first.
/// </summary>
internal sealed class JobRunner(FileJob job, int threads)
{
    /// <param name="files">What to do.</param>
    /// <param name="done">Called for each result in the order of the inputs, one at a time.</param>
    /// <param name="stop">The request to stop.</param>
    /// <exception cref="OperationCanceledException">Stop was requested.</exception>
    public IReadOnlyList<FileResult> Run(IReadOnlyList<PlannedFile> files, Action<FileResult> done, CancellationToken stop)
    {
        int atOnce = Math.Clamp(files.Count, 1, threads);
        var within = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads / atOnce), CancellationToken = stop };
        var results = new FileResult?[files.Count];
        int told = 0;
        var gate = new Lock();
        var across = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = stop };

        // One file at a time off the list: chunks would hold small files back behind large ones.
        var order = System.Collections.Concurrent.Partitioner.Create(
            Enumerable.Range(0, files.Count),
            System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering
        );
        Parallel.ForEach(
            order,
            across,
            i =>
            {
                FileResult result = job.Run(files[i], within);
                lock (gate)
                {
                    results[i] = result;
                    while (told < results.Length && results[told] is { } next)
                    {
                        done(next);
                        told++;
                    }
                }
            }
        );
        return results!;
    }
}
