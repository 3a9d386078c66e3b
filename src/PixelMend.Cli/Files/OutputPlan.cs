using PixelMend.Cli.Failures;

namespace PixelMend.Cli.Files;

/// <summary>One input and where its output goes.</summary>
/// <param name="Input">As the user named it.</param>
/// <param name="Output">Null where nothing is written.</param>
internal sealed record PlannedFile(string Input, OutputTarget? Output);

/// <summary>Pairs inputs with outputs, and refuses a plan in which two of them meet.</summary>
internal static class OutputPlan
{
    /// <summary>Nothing is written.</summary>
    public static IReadOnlyList<PlannedFile> Nothing(IReadOnlyList<string> inputs) => [.. inputs.Select(i => new PlannedFile(i, null))];

    /// <summary>Plans one output for each input.</summary>
    /// <param name="inputs">Files to read.</param>
    /// <param name="destination">What <c>--out</c> says: a file for one input, a folder for any number; null: beside each input.</param>
    /// <param name="name">The output's name for an input.</param>
    /// <param name="force">Whether other files may be replaced.</param>
    /// <exception cref="FailureException">Several inputs share one output.</exception>
    public static IReadOnlyList<PlannedFile> For(IReadOnlyList<string> inputs, string? destination, Func<string, string> name, bool force)
    {
        bool folder = destination is not null && IsFolder(destination);
        if (destination is not null && !folder && inputs.Count > 1)
        {
            throw FailureException.Usage($"--out {destination}: {inputs.Count} inputs need an existing folder, or a name that ends in '/'");
        }

        PlannedFile[] plan =
        [
            .. inputs.Select(input => new PlannedFile(input, new OutputTarget(PathFor(input, destination, folder, name), force))),
        ];
        foreach (IGrouping<string, PlannedFile> group in plan.GroupBy(p => p.Output!.Identity, StringComparer.Ordinal))
        {
            if (group.Count() > 1)
            {
                throw FailureException.Usage(
                    $"{string.Join(" and ", group.Select(p => p.Input))} would both be written to {group.First().Output!.Path}; run them apart"
                );
            }
        }

        return plan;
    }

    /// <summary>Creates the folder that <c>--out</c> asks for with its trailing slash.</summary>
    /// <exception cref="FailureException">It cannot be created.</exception>
    public static void CreateFolder(string? destination)
    {
        if (destination is null || !IsFolder(destination))
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(destination);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FailureException.About(destination, e);
        }
    }

    private static bool IsFolder(string destination) => destination.EndsWith('/') || Directory.Exists(destination);

    private static string PathFor(string input, string? destination, bool folder, Func<string, string> name) =>
        destination is null ? Path.Combine(Path.GetDirectoryName(input) ?? string.Empty, name(input))
        : folder ? Path.Combine(destination, name(input))
        : destination;
}
