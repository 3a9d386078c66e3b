using System.Runtime.CompilerServices;
using PixelMend.Benchmarks.Output;
using Xunit;

namespace PixelMend.Benchmarks.Tests;

/// <summary>The README shows what was measured, not what somebody typed.</summary>
public class SpeedTableTests
{
    [Fact]
    public void The_readme_shows_the_measured_table()
    {
        string measured = PageSection.Text(Page("bench/results/speed.md"), "speed");
        Assert.Contains("| what | time | ratio |", measured, StringComparison.Ordinal);
        Assert.Equal(measured, PageSection.Text(Page("README.md"), "speed"));
    }

    private static string Page(string path, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", path));
}
