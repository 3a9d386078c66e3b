namespace PixelMend.Formats;

/// <summary>Names of files whose extension may have two parts: <c>night.fits.gz</c> and <c>night.fits.fz</c> are FITS, packed.</summary>
public static class FileName
{
    private static readonly string[] Packed = [".gz", ".fz"];

    /// <summary>The extension with its dot, both parts of a packed file's; empty where there is none.</summary>
    public static string Extension(string path)
    {
        string last = Path.GetExtension(path);
        return Packed.Contains(last, StringComparer.OrdinalIgnoreCase)
            ? Path.GetExtension(Path.GetFileNameWithoutExtension(path)) + last
            : last;
    }

    /// <summary>The name without folder and extension.</summary>
    public static string Stem(string path)
    {
        string name = Path.GetFileName(path);
        return name[..^Extension(name).Length];
    }
}
