namespace PixelMend.TestKit;

/// <summary>The real files: beside the project in ../shared/data, or where PIXELMEND_DATA says. They are never part of the project.</summary>
public static class RealData
{
    /// <summary>Folder of the real files, or null where there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Path of a real file, or null where it is missing; missing fails where CI is set.</summary>
    public static string? Path(string name)
    {
        string? path = Folder is null ? null : System.IO.Path.Combine(Folder, name);
        if (path is not null && File.Exists(path))
        {
            return path;
        }

        return string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))
            ? null
            : throw new FileNotFoundException($"Real file {name} is missing; set PIXELMEND_DATA to the folder that holds it.");
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("PIXELMEND_DATA") is { Length: > 0 } given)
        {
            return given;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = System.IO.Path.Combine(folder.FullName, "..", "shared", "data");
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "PixelMend.slnx")))
            {
                return Directory.Exists(candidate) ? System.IO.Path.GetFullPath(candidate) : null;
            }
        }

        return null;
    }
}
