using System.Reflection;

namespace PixelMend.Cli;

/// <summary>What the program calls itself.</summary>
internal static class ProgramInfo
{
    public const string Name = "pixelmend";

    public static string Version { get; } =
        typeof(ProgramInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Name and version, as provenance records them.</summary>
    public static string NameAndVersion => $"{Name} {Version}";
}
