using PixelMend.Defects;
using PixelMend.Formats;
using PixelMend.Formats.Dng;
using PixelMend.Formats.Maps;
using PixelMend.Frames;
using PixelMend.Samples;
using PixelMend.Simulation;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>The files of samples/ are what the simulator renders today, so that neither drifts from the other.</summary>
public class SampleFilesTests
{
    /// <summary>The smallest, so that the test is quick.</summary>
    private const string Rendered = "chart-bayer";

    private const long LargestInAll = 15_000_000;

    private static readonly string Folder = Find();

    public static TheoryData<string> Names => [.. SampleSet.All.Select(s => s.Name)];

    [Fact]
    public void The_folder_holds_the_samples_and_nothing_else()
    {
        string[] expected =
        [
            .. SampleSet.All.SelectMany(s => (string[])[s.FileName, s.TruthName]).Append("README.md").Order(StringComparer.Ordinal),
        ];
        // Repaired samples may lie beside them: the README's commands put them there.
        FileInfo[] files = [.. new DirectoryInfo(Folder).GetFiles().Where(f => !f.Name.Contains(".mended.", StringComparison.Ordinal))];
        Assert.Equal(expected, files.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.InRange(files.Sum(f => f.Length), 1, LargestInAll);
    }

    [Fact]
    public void Rendering_again_gives_the_same_samples_and_the_same_truth()
    {
        Sample sample = SampleSet.All.Single(s => s.Name == Rendered);
        SimulatedFrame shot = sample.Render();
        RawFrame file = Read(sample);
        Assert.Equal(shot.Frame.Codes!.Samples, file.Codes!.Samples);
        Assert.Equal((shot.Frame.Cfa, shot.Frame.BitDepth), (file.Cfa, file.BitDepth));
        Assert.Equal(shot.Frame.Levels.ToString(), file.Levels.ToString());
        Assert.Equal(shot.Truth.AllPhotosites(), Truth(sample, file).AllPhotosites());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_sample_says_that_it_is_simulated_and_comes_with_its_truth(string name)
    {
        Sample sample = SampleSet.All.Single(s => s.Name == name);
        RawFrame file = Read(sample);
        Assert.Equal(("PixelMend", "Simulated sensor"), (file.Info.Make, file.Info.Model));
        Assert.StartsWith("Simulated picture, not a photograph", file.Info.Description, StringComparison.Ordinal);
        DefectMap truth = Truth(sample, file);
        Assert.Contains(truth.Points, p => p.Kind == DefectKind.Hot && p.Severity > 20);
        Assert.Equal([sample.FileName], truth.Provenance.Files);
    }

    private static RawFrame Read(Sample sample) =>
        new DngFormat().Read(File.ReadAllBytes(Path.Combine(Folder, sample.FileName)), ReadOptions.Default);

    private static DefectMap Truth(Sample sample, RawFrame frame) =>
        new CsvMap().Read(File.ReadAllBytes(Path.Combine(Folder, sample.TruthName)), frame.Width, frame.Height, ReadLimits.Default);

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PixelMend.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("The tests run outside the project."), "samples");
    }
}
