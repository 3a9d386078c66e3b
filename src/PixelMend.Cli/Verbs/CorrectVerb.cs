using System.CommandLine;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Cli.Maps;
using PixelMend.Cli.Outputs;
using PixelMend.Formats;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend correct</c>: finds and repairs, RAW in, RAW out.</summary>
internal static class CorrectVerb
{
    public static Command Create(CancellationToken stop)
    {
        var destination = new Option<string?>("--out")
        {
            Description = "File to write, its extension choosing the format, or a folder; default: NAME.mended.EXT beside each input.",
            HelpName = "FILE|DIR",
        };
        var maps = new Option<string[]>("--map")
        {
            Description = "Map of known defects. Repeatable.",
            HelpName = "MAP",
            DefaultValueFactory = _ => [],
        };
        var noDynamic = new Option<bool>("--no-dynamic") { Description = "Looks for no defects: repairs known ones only." };
        var noMap = new Option<bool>("--no-map") { Description = "Ignores the files' own lists of defects." };
        var opcodes = new Option<bool>("--opcodes") { Description = "Leaves every sample alone and adds the map to each DNG as opcodes." };
        var report = new Option<string?>("--report")
        {
            Description = "Page with pictures of what was found and done, or the same figures as JSON.",
            HelpName = "R.html|R.json",
        };
        var delta = new Option<string?>("--delta")
        {
            Description = "Records every changed photosite, enough to undo.",
            HelpName = "D.json",
        };
        Option<bool> sequence = CommonOptions.Sequence("defects that only all of them together show are repaired in each.");
        var inKind = new Option<bool>("--in-kind")
        {
            Description = "Camera RAW files: copies in the camera's own format, only repaired samples changed, instead of DNG.",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Reads, finds and reports; writes no frame." };
        var force = new Option<bool>("--force") { Description = "Replaces outputs that exist." };

        var verb = new Command("correct", "Finds defective photosites and repairs them: RAW in, RAW out.")
        {
            destination,
            maps,
            noDynamic,
            noMap,
            opcodes,
            report,
            delta,
            sequence,
            inKind,
            dryRun,
            force,
        };
        var coordinates = new CoordinateOptions(verb, "the given lists'");
        var common = new CommonOptions(verb, corrects: true);
        verb.SetAction(line =>
        {
            bool asOpcodes = line.GetValue(opcodes);
            if (asOpcodes && (line.GetValue(delta) is not null || line.GetValue(inKind)))
            {
                throw FailureException.Usage("--opcodes changes neither samples nor format: leave out --delta and --in-kind");
            }

            bool ignoresEmbedded = line.GetValue(noMap);
            ReadOptions reading = common.Reading(line) with { IgnoreEmbedded = ignoresEmbedded };
            ChosenAlgorithms algorithms = common.Algorithms(line, detect: !line.GetValue(noDynamic), correct: !asOpcodes);
            bool keepsFormat = asOpcodes || line.GetValue(inKind) || reading.Raw is not null;
            EditRecord record = algorithms.ToRecord();
            var run = new FrameRun(common, line)
            {
                Reading = reading,
                Algorithms = algorithms,
                MapPaths = line.GetRequiredValue(maps),
                Coordinates = coordinates.Read(line),
                UseEmbedded = !ignoresEmbedded,
                Destination = line.GetValue(destination),
                NameOutput = keepsFormat ? OwnOutput.NameFor : OwnOutput.NameForNew,
                CheckDestination =
                    asOpcodes ? OpcodeOutput.CheckName
                    : line.GetValue(inKind) ? FrameOutput.CheckKind
                    : FrameOutput.CheckName,
                Deliver =
                    line.GetValue(dryRun) ? null
                    : asOpcodes ? new OpcodeOutput(reading).Write
                    : new FrameOutput(reading, record).Write,
                Sequences = asOpcodes ? null : new SequenceJob { Record = record },
                ReportPath = line.GetValue(report),
                DeltaPath = line.GetValue(delta),
                Force = line.GetValue(force),
                IsSequence = line.GetValue(sequence),
            };
            return (int)run.Execute(stop);
        });
        return verb;
    }
}
