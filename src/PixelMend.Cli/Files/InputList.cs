using PixelMend.Cli.Failures;
using PixelMend.Formats;
using PixelMend.Formats.RawDump;

namespace PixelMend.Cli.Files;

/// <summary>An input left out on purpose.</summary>
internal sealed record SkippedInput(string File, string Reason);

/// <summary>The files to work on, from names, patterns and folders; what makes no sense to repair again is left out with a reason.</summary>
/// <param name="Files">Existing or not, each once, in the order given; those of a pattern or folder by name.</param>
/// <param name="Skipped">Left out.</param>
internal sealed record InputList(IReadOnlyList<string> Files, IReadOnlyList<SkippedInput> Skipped)
{
    public static InputList Of(IReadOnlyList<string> arguments, ReadOptions options)
    {
        var files = new List<string>();
        var skipped = new List<SkippedInput>();
        var dumps = new List<SkippedInput>();
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var outputs = arguments
            .SelectMany(OwnOutput.PathsFor)
            .Select(FileFacts.Of)
            .Where(f => f.Type != FileType.Missing)
            .Select(f => f.Identity)
            .ToHashSet(StringComparer.Ordinal);
        foreach (string argument in arguments)
        {
            FileType type = FileFacts.Of(argument).Type;
            bool broughtIn = type is FileType.Directory or FileType.Missing;
            if (type == FileType.Directory && options.Raw is null)
            {
                dumps.AddRange(DumpsIn(argument, options));
            }

            foreach (string file in Expand(argument, type, options))
            {
                // A pattern that the shell expanded arrives as plain names: there the source beside it tells.
                bool own = OwnOutput.IsMarked(file) && (broughtIn || outputs.Contains(FileFacts.Of(file).Identity));
                if (own)
                {
                    skipped.Add(new SkippedInput(file, "an output of this program; name it alone to repair it again"));
                }
                else if (IdentityOf(file) is var identity && seen.TryAdd(identity, file))
                {
                    files.Add(file);
                }
                else if (seen[identity] is var first && first != file)
                {
                    skipped.Add(new SkippedInput(file, $"the same file as {first}, by another name"));
                }
            }
        }

        return files.Count > 0 || skipped.Count > 0 ? new InputList(files, [.. skipped, .. dumps])
            : dumps.Count > 0 ? throw FailureException.BadData(dumps[0].File, dumps[0].Reason)
            : throw FailureException.BadData(arguments[0], "the folder holds no file of a known format; 'pixelmend formats' lists them");
    }

    private static string IdentityOf(string file) => FileFacts.Of(file) is { Type: not FileType.Missing } facts ? facts.Identity : file;

    /// <summary>Files of a folder that look like dumps by their name alone, which cannot be read without their geometry.</summary>
    private static IEnumerable<SkippedInput> DumpsIn(string folder, ReadOptions options)
    {
        FrameFormat dump = FormatSet.Frames.First(format => format is RawDumpFormat);
        return FilesIn(folder)
            .Where(file => HasExtensionOf(dump, file) && !IsFrame(file, options))
            .Order(StringComparer.Ordinal)
            .Select(file => new SkippedInput(file, "a headerless dump needs its geometry: give --raw width=…,height=…,depth=…,cfa=…"));
    }

    private static IReadOnlyList<string> Expand(string argument, FileType type, ReadOptions options)
    {
        if (type == FileType.Directory)
        {
            return [.. FilesIn(argument).Where(file => IsFrame(file, options)).Order(StringComparer.Ordinal)];
        }

        if (type != FileType.Missing || !Glob.IsPattern(argument))
        {
            return [argument];
        }

        IReadOnlyList<string> matches = Glob.Expand(argument);
        return matches.Count > 0 ? matches : throw FailureException.InputOutput(argument, "no file matches");
    }

    private static string[] FilesIn(string folder)
    {
        try
        {
            return Directory.GetFiles(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FailureException.About(folder, e);
        }
    }

    /// <summary>
    /// A folder's other files are none of our business; dumps, which have no mark, go by their extension. One that looks like a frame by its name alone
    /// stays, to be reported in its turn: a frame that a card or a copy left empty must not go unnoticed.
    /// </summary>
    private static bool IsFrame(string file, ReadOptions options)
    {
        if (FileFacts.Of(file).Type != FileType.Regular && !FileFacts.IsGarbled(file))
        {
            return false;
        }

        try
        {
            FrameFormat format = FormatSet.FrameFormatFor(InputFile.ReadHead(file), file, options);
            return options.Raw is null || HasExtensionOf(format, file);
        }
        catch (RawDataException)
        {
            return FormatSet.Frames.Any(format => format is not RawDumpFormat && HasExtensionOf(format, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return FormatSet.Frames.Any(format => HasExtensionOf(format, file));
        }
    }

    private static bool HasExtensionOf(FrameFormat format, string file) =>
        format.Extensions.Contains(FileName.Extension(file), StringComparer.OrdinalIgnoreCase);
}
