namespace PixelMend.Simulation;

/// <summary>Every scene, listed once.</summary>
public static class Scenes
{
    /// <summary>All registrations.</summary>
    public static IReadOnlyList<SceneKind> All { get; } =
    [
        NightCity.Registration,
        StarField.Registration,
        Foliage.Registration,
        Fabric.Registration,
        ZonePlate.Registration,
        CloudySky.Registration,
        ColorChart.Registration,
        FlatField.Registration,
    ];

    /// <summary>The scene called <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists them.</exception>
    public static SceneKind Named(string name) =>
        All.FirstOrDefault(s => s.Name == name)
        ?? throw new ArgumentException(
            $"There is no scene '{name}'; there are {string.Join(", ", All.Select(s => s.Name))}.",
            nameof(name)
        );
}
