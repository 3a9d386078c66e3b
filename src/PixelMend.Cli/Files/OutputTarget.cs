using PixelMend.Cli.Failures;
using PixelMend.Formats;

namespace PixelMend.Cli.Files;

/// <summary>Where one output goes, checked before any work is done for it.</summary>
/// <param name="Path">As shown to the user.</param>
/// <param name="Overwrite">Whether a file there may be replaced.</param>
internal sealed record OutputTarget(string Path, bool Overwrite)
{
    /// <summary>The file itself, where the path is a link to it: the link stays a link.</summary>
    public string FinalPath
    {
        get
        {
            // In full: of a path without a folder, the runtime takes the link's target for one in the root.
            string full = System.IO.Path.GetFullPath(Path);
            return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
    }

    /// <summary>What tells two targets apart, whether they exist or not.</summary>
    public string Identity
    {
        get
        {
            FileFacts facts = FileFacts.Of(Path);
            string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) ?? "/";
            return facts.Type == FileType.Missing
                ? System.IO.Path.Combine(FileFacts.Of(folder).Identity, System.IO.Path.GetFileName(Path))
                : facts.Identity;
        }
    }

    /// <summary>Makes sure that a file can be made there, by making one and taking it away: for outputs that come last, after hours of work.</summary>
    /// <exception cref="FailureException">It cannot.</exception>
    public void Try()
    {
        try
        {
            using var attempt = new AtomicFile(FinalPath, Overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FailureException.About(Path, e);
        }
    }

    /// <summary>Refuses what must not or cannot be written.</summary>
    /// <param name="inputs">Identities of files that are read, which are never written over.</param>
    /// <exception cref="FailureException">It is an input, exists, or its folder does not.</exception>
    public void Check(IReadOnlySet<string> inputs)
    {
        FileFacts facts = FileFacts.Of(Path);
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) ?? "/";
        string? refusal = facts.Type switch
        {
            FileType.Directory => "is a folder, where a file is to be written",
            FileType.Special => "is a pipe or device; outputs are written as files and renamed",
            FileType.Regular when inputs.Contains(facts.Identity) => "is an input and is never written over; choose another name",
            FileType.Regular when !Overwrite => "exists already; --force replaces it",
            FileType.Missing when !Directory.Exists(folder) => "its folder does not exist; create it first",
            _ => null,
        };
        if (refusal is not null)
        {
            throw FailureException.InputOutput(Path, refusal);
        }
    }
}
