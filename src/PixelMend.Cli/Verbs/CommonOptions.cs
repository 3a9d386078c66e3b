using System.CommandLine;
using System.CommandLine.Parsing;
using PixelMend.Algorithms;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Jobs;
using PixelMend.Correction;
using PixelMend.Detection;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Verbs;

/// <summary>Options that every verb which works on frames has.</summary>
internal sealed class CommonOptions
{
    private const int MostThreads = 1024;

    private readonly Argument<string[]> files = new("FILE")
    {
        Description = "Frames: files, folders, or patterns (quoted or not).",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> raw = new("--raw")
    {
        Description =
            "Geometry of headerless dumps: width=W,height=H,depth=BITS,cfa=RGGB,black=B,white=W"
            + "[,stride=BYTES][,offset=BYTES][,packing=plain|mipi][,endian=little|big].",
        HelpName = "SPEC",
    };

    private readonly Option<string?> cfa = new("--cfa")
    {
        Description = "Mosaic of files that do not name one: MONO, RGGB, QUAD-RGGB, XTRANS, or rows such as RG/GB.",
        HelpName = "CFA",
    };

    private readonly Option<string?> hdu = new("--hdu")
    {
        Description = "Image of FITS files: its number (0 is the primary), its EXTNAME, or all; default: the first.",
        HelpName = "N|NAME|all",
    };

    private readonly Option<string?> endian = new("--endian")
    {
        Description = "Byte order of 16-bit SER video whose mark and look mislead.",
        HelpName = "little|big",
    };

    private readonly Option<string?> detector = new("--detector")
    {
        Description = $"How defects are found: {Names(Detectors.All)}.",
        HelpName = "NAME",
    };

    private readonly Option<string?> corrector = new("--corrector")
    {
        Description = $"How values are inferred: {Names(Correctors.All)}.",
        HelpName = "NAME",
    };

    private readonly Option<string[]> set = new("--set")
    {
        Description = "Sets a parameter of a chosen algorithm; 'pixelmend algorithms' lists them. Repeatable.",
        HelpName = "name=value",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> sensitivity = new("--sensitivity")
    {
        Description = "How readily defects are flagged: the model detector allows some 0.08, 0.8 or 8 false alarms per megapixel.",
        DefaultValueFactory = _ => "normal",
    };

    private readonly Option<int> threads = new("--threads")
    {
        Description = "Threads in all, and most files in memory at a time; the result does not depend on it.",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private readonly Option<bool> json = new("--json") { Description = "Prints one JSON document instead of text." };

    private readonly Option<bool> quiet = new("--quiet") { Description = "Prints nothing but errors." };

    /// <summary>Adds the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="corrects">Whether it infers values with a chosen corrector.</param>
    /// <param name="detects">Whether it finds defects with a chosen detector.</param>
    public CommonOptions(Command verb, bool corrects, bool detects = true)
    {
        endian.AcceptOnlyFromAmong("little", "big");
        sensitivity.AcceptOnlyFromAmong("low", "normal", "high");
        threads.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: string text }] && !(int.TryParse(text, out int n) && n is >= 1 and <= MostThreads))
            {
                result.AddError($"--threads must be 1 to {MostThreads}, not {text}");
            }
        });
        verb.Add(files);
        Option[] choices = detects ? [detector, .. corrects ? new Option[] { corrector } : [], set, sensitivity] : [];
        foreach (Option option in (Option[])[raw, cfa, hdu, endian, .. choices, threads, json, quiet])
        {
            verb.Add(option);
        }
    }

    /// <summary>The inputs as written.</summary>
    /// <exception cref="FailureException">One looks like an option that does not exist.</exception>
    public string[] Files(ParseResult line)
    {
        // The parser takes an unknown option for a file; a file whose name begins with a dash is written after "--", as everywhere.
        var afterDashes = line.Tokens.SkipWhile(t => t.Type != TokenType.DoubleDash).Select(t => t.Value).ToHashSet(StringComparer.Ordinal);
        string[] given = line.GetValue(files) ?? [];
        string? unknown = given.FirstOrDefault(f => f.StartsWith('-') && !afterDashes.Contains(f));
        string verb = line.CommandResult.Command.Name;
        CheckNamed("FILE", given);
        return unknown is null
            ? given
            : throw FailureException.Usage($"there is no option '{unknown}'; '{ProgramInfo.Name} {verb} --help' lists what there is");
    }

    /// <summary>Refuses empty names, which come from the unset variables of scripts.</summary>
    /// <exception cref="FailureException">A name is empty.</exception>
    public static void CheckNamed(string option, params IEnumerable<string?> names)
    {
        if (names.Any(name => name?.Length == 0))
        {
            throw FailureException.Usage($"{option}: the name is empty");
        }
    }

    /// <summary>The option that joins the inputs.</summary>
    public static Option<bool> Sequence(string effect) =>
        new("--sequence") { Description = $"The files are frames of one camera: {effect}" };

    /// <summary>Allows a command line without inputs, where the verb can do without.</summary>
    public CommonOptions WithOptionalFile()
    {
        files.Description = "Frame: one file.";
        files.Arity = ArgumentArity.ZeroOrMore;
        return this;
    }

    /// <summary>Takes no inputs by themselves: the verb has options for each sort of them.</summary>
    public CommonOptions WithoutArgument(Command verb)
    {
        verb.Arguments.Remove(files);
        return this;
    }

    /// <summary>Takes no inputs at all: frames come through standard input, described by <c>--raw</c> alone, and standard output is theirs.</summary>
    public CommonOptions WithoutFile(Command verb)
    {
        WithoutArgument(verb);
        raw.Required = true;
        foreach (Option meaningless in (Option[])[cfa, hdu, endian, json])
        {
            verb.Options.Remove(meaningless);
        }

        return this;
    }

    /// <summary>How readily to flag.</summary>
    public Sensitivity Sensitivity(ParseResult line) => Enum.Parse<Sensitivity>(line.GetRequiredValue(sensitivity), ignoreCase: true);

    /// <summary>Threads in all.</summary>
    public int Threads(ParseResult line) => line.GetValue(threads);

    /// <summary>Whether one JSON document is printed.</summary>
    public bool Json(ParseResult line) => line.GetValue(json);

    /// <summary>Whether nothing is printed.</summary>
    public bool Quiet(ParseResult line) => line.GetValue(quiet);

    /// <summary>What the command line says about the files.</summary>
    /// <exception cref="FailureException">A specification is not understood.</exception>
    public ReadOptions Reading(ParseResult line)
    {
        RawSpec? spec = Read(line, raw, RawSpec.Parse);
        CfaPattern? mosaic = Cfa(line);
        string? misplaced =
            spec is null ? null
            : line.GetValue(hdu) is not null ? "--hdu: files that --raw describes have no images to choose from"
            : line.GetValue(endian) is { } order ? $"--endian: with --raw the byte order stands there: --raw …,endian={order}"
            : mosaic is not null && !spec.Cfa.IsMono && !spec.Cfa.Equals(mosaic) ? $"--cfa {mosaic}: --raw says cfa={spec.Cfa}"
            : null;
        return misplaced is null
            ? new ReadOptions
            {
                Raw = spec is { Cfa.IsMono: true } && mosaic is not null ? spec with { Cfa = mosaic } : spec,
                Cfa = mosaic,
                Hdu = line.GetValue(hdu),
                BigEndian = line.GetValue(endian) is string byteOrder ? byteOrder == "big" : null,
            }
            : throw FailureException.Usage(misplaced);
    }

    /// <summary>The algorithms that the command line names, made ready.</summary>
    /// <exception cref="FailureException">A name or value is not accepted.</exception>
    public ChosenAlgorithms Algorithms(ParseResult line, bool detect, bool correct)
    {
        RefuseIdle(line, detect, "no defects are looked for", detector, sensitivity);
        RefuseIdle(line, correct, "nothing is repaired", corrector);
        return ChosenAlgorithms.Of(
            line.GetValue(detector),
            correct ? line.GetValue(corrector) : null,
            line.GetRequiredValue(set),
            Sensitivity(line),
            detect,
            correct
        );
    }

    /// <summary>Refuses options that could not make a difference.</summary>
    private static void RefuseIdle(ParseResult line, bool works, string why, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            if (!works && line.GetResult(option) is { Implicit: false })
            {
                throw FailureException.Usage($"{option.Name}: {why} here; leave it out");
            }
        }
    }

    /// <summary>The mosaic that the command line names.</summary>
    /// <exception cref="FailureException">It is not understood.</exception>
    public CfaPattern? Cfa(ParseResult line) => Read(line, cfa, CfaPattern.Parse);

    private static T? Read<T>(ParseResult line, Option<string?> option, Func<string, T> parse)
        where T : class
    {
        string? text = line.GetValue(option);
        try
        {
            return text is null ? null : parse(text);
        }
        catch (FormatException e)
        {
            throw FailureException.Usage($"{option.Name} {text}: {e.Message}");
        }
    }

    private static string Names<T>(IReadOnlyList<Algorithm<T>> all) =>
        string.Join(", ", all.Select((a, i) => i == 0 ? $"{a.Name} (the default)" : a.Name));
}
