using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Detection;
using Xunit;

namespace PixelMend.Tests.Algorithms;

public class SettingsTests
{
    private static readonly Parameter[] Parameters = [new("threshold", 0.1, 0, 1, "margin"), new("radius", 2, 1, 5, "reach")];

    [Fact]
    public void What_is_not_given_has_its_default()
    {
        var settings = new Settings(Parameters, Given("radius", 5), Sensitivity.High);
        Assert.Equal(0.1, settings["threshold"]);
        Assert.Equal(5, settings["radius"]);
        Assert.Equal(Sensitivity.High, settings.Sensitivity);
        Assert.Equal(["radius", "threshold"], settings.Values.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("radius", 0.999)]
    [InlineData("radius", 5.001)]
    [InlineData("radius", double.NaN)]
    [InlineData("threshold", double.NegativeInfinity)]
    public void Values_out_of_range_are_refused_by_name(string name, double value) =>
        Assert.Contains(
            $"'{name}'",
            Assert.Throws<ArgumentException>(() => new Settings(Parameters, Given(name, value))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Unknown_names_are_refused_with_the_known_ones()
    {
        string message = Assert.Throws<ArgumentException>(() => new Settings(Parameters, Given("treshold", 1))).Message;
        Assert.Contains("threshold, radius", message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentException>(() => new Settings([], Given("x", 1))).Message;
        Assert.Contains("has none", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Registrations_have_unique_kebab_names_and_defaults_in_range()
    {
        CheckNames(Detectors.All.Select(a => a.Name));
        CheckNames(Correctors.All.Select(a => a.Name));
        foreach (
            IReadOnlyList<Parameter> parameters in Detectors.All.Select(a => a.Parameters).Concat(Correctors.All.Select(a => a.Parameters))
        )
        {
            CheckNames(parameters.Select(p => p.Name));
            Assert.All(parameters, p => Assert.InRange(p.Default, p.Least, p.Most));
        }
    }

    private static void CheckNames(IEnumerable<string> names)
    {
        string[] all = [.. names];
        Assert.Equal(all.Length, all.Distinct(StringComparer.Ordinal).Count());
        Assert.All(all, n => Assert.Matches("^[a-z]+(-[a-z]+)*$", n));
    }

    private static Dictionary<string, double> Given(string name, double value) => new(StringComparer.Ordinal) { [name] = value };
}
