using System.Diagnostics;

namespace PixelMend.Fuzz;

/// <summary>
/// Fuzzing without afl: random damage to a growing corpus, in this process. Where the assembly is instrumented, inputs that take new branches join
/// the corpus, else those that are read rather than refused do, up to a number.
/// </summary>
internal sealed class ManagedLoop(FuzzTarget target, Coverage coverage, string findings)
{
    /// <summary>Most inputs to mutate.</summary>
    private const int CorpusLimit = 4096;

    private readonly HashSet<string> crashes = new(StringComparer.Ordinal);
    private readonly List<byte[]> corpus = [];
    private long executions;
    private double slowest;

    /// <summary>Runs for a time and prints what came of it.</summary>
    /// <returns>Number of different findings.</returns>
    public int Run(TimeSpan time, int seed)
    {
        foreach (byte[] start in target.Seeds())
        {
            Execute(start);
            corpus.Add(start);
        }

        int seeds = corpus.Count;
        var random = new Random(seed);
        var mutator = new Mutator(seed);
        long start0 = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start0) < time)
        {
            byte[] input = mutator.Mutate(Pick(random), Pick(random));
            if (Execute(input) && corpus.Count < CorpusLimit)
            {
                corpus.Add(input);
            }
        }

        Console.WriteLine(
            $"{target.Name}: {executions} executions in {time.TotalSeconds:0} s, {crashes.Count} findings, "
                + $"slowest {slowest:0} ms, corpus {seeds} grown to {corpus.Count}"
        );
        return crashes.Count;
    }

    /// <summary>New inputs lead further: half of the picks are among the last.</summary>
    private byte[] Pick(Random random) =>
        corpus[random.Next(2) == 0 ? random.Next(corpus.Count) : random.Next(corpus.Count * 3 / 4, corpus.Count)];

    /// <returns>Whether the input is worth keeping.</returns>
    private bool Execute(byte[] input)
    {
        executions++;
        coverage.Clear();
        byte[] given = [.. input]; // a target may put its input right
        long start = Stopwatch.GetTimestamp();
        try
        {
            Bounds.Run(target, given);
        }
        catch (Exception finding)
        {
            Keep(input, finding);
            return false;
        }

        double took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        slowest = Math.Max(slowest, took);
        if (took > Bounds.Milliseconds)
        {
            Keep(input, new TimeoutException($"{took:0} ms for an input of {input.Length} bytes"));
        }

        return coverage.AddNew();
    }

    /// <summary>One input for each place that an exception comes from.</summary>
    private void Keep(byte[] input, Exception finding)
    {
        string[] frames = (finding.StackTrace ?? "").Split('\n', StringSplitOptions.TrimEntries);
        string place =
            $"{finding.GetType().Name} {Array.Find(frames, f => f.Contains("PixelMend.Formats", StringComparison.Ordinal)) ?? finding.Message}";
        if (!crashes.Add(place))
        {
            return;
        }

        Directory.CreateDirectory(findings);
        string path = Path.Combine(findings, $"{target.Name}-{crashes.Count}");
        File.WriteAllBytes(path, input);
        Console.WriteLine($"{target.Name}: {path}: {finding}");
    }
}
