using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PixelMend.Cli.Failures;
using PixelMend.Evaluation;

namespace PixelMend.Cli.Verbs;

/// <summary>Options of the verbs that give frames defects.</summary>
internal sealed class InjectionOptions
{
    private readonly Option<string?> preset = new("--preset")
    {
        Description = $"Which defects: {string.Join("; ", InjectionPresets.All.Select(Describe))}.",
        HelpName = "NAME",
    };

    private readonly Option<string?> density = new("--density")
    {
        Description = $"Part of the photosites that become defective, at most {DefectInjection.MostDensity}; default: the preset's.",
        HelpName = "D",
    };

    private readonly Option<string[]> seeds;

    /// <summary>Adds the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="manySeeds">Whether it draws defects several times.</param>
    public InjectionOptions(Command verb, bool manySeeds)
    {
        seeds = new Option<string[]>("--seed")
        {
            Description = manySeeds
                ? "Chooses the defects; repeatable: each seed is one more trial on every frame. Default: 1."
                : "Chooses the defects, and the scene where one is rendered. Default: 1.",
            HelpName = "N",
            DefaultValueFactory = _ => [],
            Arity = ArgumentArity.OneOrMore,
        };
        verb.Add(preset);
        verb.Add(density);
        verb.Add(seeds);
    }

    /// <summary>Whether the command line says which defects to inject.</summary>
    public bool AreGiven(ParseResult line) => line.GetValue(preset) is not null || line.GetValue(density) is not null;

    /// <summary>The preset chosen.</summary>
    /// <exception cref="FailureException">There is none of that name.</exception>
    public InjectionPreset Preset(ParseResult line)
    {
        string? name = line.GetValue(preset);
        return name is null
            ? InjectionPresets.All[0]
            : InjectionPresets.All.FirstOrDefault(p => p.Name == name)
                ?? throw FailureException.Usage(
                    $"--preset: there is no '{name}'; known: {string.Join(", ", InjectionPresets.All.Select(p => p.Name))}"
                );
    }

    /// <summary>The density chosen, else the preset's.</summary>
    /// <exception cref="FailureException">It is no number, or out of range.</exception>
    public double Density(ParseResult line)
    {
        string? text = line.GetValue(density);
        return text is null ? Preset(line).Density
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value is > 0 and <= DefectInjection.MostDensity
                ? value
            : throw FailureException.Usage(
                $"--density {text}: a density is above 0 and at most {DefectInjection.MostDensity}, for instance 1e-3"
            );
    }

    /// <summary>The one seed of a verb that draws defects once.</summary>
    /// <exception cref="FailureException">It is no whole number, or there are several.</exception>
    public ulong Seed(ParseResult line) =>
        Seeds(line) is [var only] ? only : throw FailureException.Usage("--seed: one seed makes one frame; give one only");

    /// <summary>The seeds chosen, each once.</summary>
    /// <exception cref="FailureException">One is no whole number.</exception>
    public IReadOnlyList<ulong> Seeds(ParseResult line)
    {
        string[] given = line.GetRequiredValue(seeds);
        return given.Length == 0 ? [1] : [.. given.Select(Parse).Distinct()];
    }

    private static ulong Parse(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? seed
            : throw FailureException.Usage($"--seed {text}: a seed is a whole number from 0");

    private static string Describe(InjectionPreset preset, int index) =>
        index == 0 ? $"{preset.Name} (the default), {preset.Summary}" : $"{preset.Name}, {preset.Summary}";
}
