namespace PixelMend.Fuzz;

/// <summary>The working copy that this was built in.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PixelMend.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No PixelMend.slnx above the program.");
        }

        return folder.FullName;
    }
}
