using System.Globalization;
using System.Text;
using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Detection;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>docs/algorithms.md says what the registrations say. With PIXELMEND_WRITE_DOCS set, the test writes the page instead of comparing it.</summary>
public class AlgorithmsPageTests
{
    [Fact]
    public void The_page_says_what_the_registrations_say()
    {
        string path = Path.Combine(Checkout.Root, "docs", "algorithms.md");
        string page = Page();
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("PIXELMEND_WRITE_DOCS")))
        {
            File.WriteAllText(path, page);
        }

        Assert.Equal(page, File.ReadAllText(path));
    }

    private static string Page()
    {
        var page = new StringBuilder();
        page.Append("# Algorithms\n\n");
        page.Append(
            "Generated from the registrations in the code. `--detector` and `--corrector` choose by name, `--set name=value` sets a parameter.\n"
        );
        Section(page, "Detectors", Detectors.All);
        Section(page, "Correctors", Correctors.All);
        return page.ToString();
    }

    private static void Section<T>(StringBuilder page, string title, IReadOnlyList<Algorithm<T>> algorithms)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n");
        foreach (Algorithm<T> algorithm in algorithms)
        {
            string isDefault = ReferenceEquals(algorithm, algorithms[0]) ? " (default)" : "";
            page.Append(
                CultureInfo.InvariantCulture,
                $"\n### `{algorithm.Name}`{isDefault}\n\n{algorithm.Summary}\n\nSource: {algorithm.Source}.\n"
            );
            if (algorithm.Parameters.Count > 0)
            {
                page.Append("\n| parameter | default | range | meaning |\n|---|---|---|---|\n");
            }

            foreach (Parameter p in algorithm.Parameters)
            {
                page.Append(CultureInfo.InvariantCulture, $"| `{p.Name}` | {p.Default} | {p.Least} to {p.Most} | {p.Meaning} |\n");
            }
        }
    }
}
