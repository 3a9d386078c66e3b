namespace PixelMend.Speed;

/// <summary>Places in the checkout that this program was built in.</summary>
internal static class Checkout
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The launcher.</summary>
    public static string Launcher => Path.Combine(Root, "pixelmend");

    /// <summary>The page of a result.</summary>
    public static string Result(string name) => Path.Combine(Root, "bench", "results", name);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "PixelMend.slnx"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The program is not in a checkout."));
}
