using System.CommandLine;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Formats;
using PixelMend.Formats.RawDump;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend stream</c>: raw video from standard input to standard output.</summary>
internal static class StreamVerb
{
    public static Command Create(CancellationToken stop)
    {
        var maps = new Option<string[]>("--map")
        {
            Description = "Map of known defects. Repeatable.",
            HelpName = "MAP",
            DefaultValueFactory = _ => [],
        };
        var noDynamic = new Option<bool>("--no-dynamic") { Description = "Looks for no defects: repairs known ones only." };
        var verb = new Command("stream", "Repairs raw video frame by frame, from standard input to standard output.") { maps, noDynamic };
        CommonOptions common = new CommonOptions(verb, corrects: true).WithoutFile(verb);
        verb.SetAction(line =>
        {
            ReadOptions reading = common.Reading(line);
            ChosenAlgorithms algorithms = common.Algorithms(line, detect: !line.GetValue(noDynamic), correct: true);
            var job = new StreamJob
            {
                Repair = algorithms.ToVideoRepair(),
                Maps = new KnownMaps(line.GetRequiredValue(maps), reading.Limits),
            };
            Refuse(Console.IsInputRedirected, "standard input", "let a program write raw video to it, for instance ffmpeg -f rawvideo");
            Refuse(Console.IsOutputRedirected, "standard output", "send it to a program or file");

            // Reading waits for the other end and hears no request to stop; nothing is left behind when it ends right there.
            using CancellationTokenRegistration leave = stop.Register(() => Environment.Exit((int)ExitCode.Interrupted));
            using FrameSequence frames = RawDumpFormat.OpenVideo(StandardStream.Input(), reading);
            using FileStream output = StandardStream.Output();
            job.Run(frames, output, new ParallelOptions { MaxDegreeOfParallelism = common.Threads(line), CancellationToken = stop });
            return (int)ExitCode.Done;
        });
        return verb;
    }

    private static void Refuse(bool redirected, string what, string advice)
    {
        if (!redirected)
        {
            throw FailureException.Usage($"{what} is a terminal; {advice}");
        }
    }
}
