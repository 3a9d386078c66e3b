namespace PixelMend.EndToEnd.Tests;

/// <summary>The working copy that the tests were built in.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    public static string Launcher { get; } = Path.Combine(Root, "pixelmend");

    private static string Find()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PixelMend.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No PixelMend.slnx above the tests.");
        }

        return folder.FullName;
    }
}
