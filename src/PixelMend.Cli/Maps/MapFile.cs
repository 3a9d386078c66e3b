using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Formats;

namespace PixelMend.Cli.Maps;

/// <summary>A map's file in memory, its format known, not yet parsed.</summary>
internal sealed record MapFile(string Path, MapFormat Format, byte[] Bytes)
{
    /// <summary>Reads the file.</summary>
    /// <param name="path">As the user named it.</param>
    /// <param name="limits">Bounds on it.</param>
    /// <param name="option">The option or argument that names it.</param>
    /// <param name="dialect">Chooses among formats that share an extension.</param>
    /// <exception cref="FailureException">It cannot be read, or its extension is unknown.</exception>
    public static MapFile Open(string path, ReadLimits limits, string option, string? dialect = null)
    {
        try
        {
            FormatSet.MapFormatFor(path, [], dialect);
            byte[] bytes = InputFile.Read(path, limits);
            return new MapFile(path, FormatSet.MapFormatFor(path, bytes, dialect), bytes);
        }
        catch (NotSupportedException e)
        {
            throw FailureException.Usage($"{option} {e.Message}");
        }
    }

    /// <summary>The format that a new map's name and the dialect choose.</summary>
    /// <param name="path">As the user named it.</param>
    /// <param name="option">The option that names it.</param>
    /// <param name="dialect">Chooses among formats that share an extension.</param>
    /// <param name="hasCarrier">Whether there is a frame's file that a map can be written into.</param>
    /// <exception cref="FailureException">There is none, or it needs such a file.</exception>
    public static MapFormat FormatToWrite(string path, string option = "--out", string? dialect = null, bool hasCarrier = false)
    {
        try
        {
            return FormatSet.MapFormatFor(path, dialect, hasCarrier);
        }
        catch (NotSupportedException e)
        {
            throw FailureException.Usage($"{option} {e.Message}");
        }
    }

    /// <summary>Refuses a dialect that none of the files can be in.</summary>
    /// <exception cref="FailureException">It would have no effect.</exception>
    public static void CheckDialect(string? dialect, params IReadOnlyCollection<string> paths)
    {
        if (dialect is not null && !paths.Any(path => FormatSet.HasDialect(path, dialect)))
        {
            string extensions = string.Join(", ", FormatSet.ExtensionsOf(dialect));
            throw FailureException.Usage(
                $"--dialect {dialect} is for {extensions} files, not for {string.Join(", ", paths)}; leave it out"
            );
        }
    }

    /// <summary>Parses it.</summary>
    /// <exception cref="FailureException">It is malformed or for another geometry.</exception>
    public MapReading Read(MapContext context)
    {
        try
        {
            return Format.Read(Bytes, context);
        }
        catch (RawDataException e)
        {
            throw FailureException.BadData(Path, e.Message);
        }
    }
}
