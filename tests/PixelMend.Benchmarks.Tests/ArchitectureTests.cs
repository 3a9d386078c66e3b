using PixelMend.Benchmarks.Peers;
using Xunit;

namespace PixelMend.Benchmarks.Tests;

public class ArchitectureTests
{
    [Fact]
    public void Benchmarks_depend_on_the_core_and_the_formats_only() =>
        Assert.All(
            typeof(PeerDetectors).Assembly.GetReferencedAssemblies().Select(a => a.Name!),
            name => Assert.True(name is "PixelMend" or "PixelMend.Formats" || name.StartsWith("System.", StringComparison.Ordinal), name)
        );

    /// <summary>Peers' formulas are for comparison alone: users must not meet them.</summary>
    [Fact]
    public void No_peer_is_registered_in_the_product()
    {
        string[] ours = [.. Detection.Detectors.All.Select(a => a.Name), .. Correction.Correctors.All.Select(a => a.Name)];
        Assert.DoesNotContain(ours, n => n.EndsWith('*'));
        Assert.All(PeerDetectors.All, p => Assert.EndsWith("*", p.Algorithm.Name, StringComparison.Ordinal));
        Assert.All(PeerCorrectors.All, p => Assert.EndsWith("*", p.Algorithm.Name, StringComparison.Ordinal));
    }
}
