using PixelMend.Algorithms;
using PixelMend.Benchmarks.Peers;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Formats.Tests;
using PixelMend.Frames;
using PixelMend.TestKit;
using Xunit;

namespace PixelMend.Benchmarks.Tests;

/// <summary>The peers' formulas say what the referee's, which others wrote, say of the same frame.</summary>
public sealed class RefereeAgreementTests : IDisposable
{
    /// <summary>The referee mirrors the frame at its borders, where peers and these formulas stop.</summary>
    private const int Margin = 8;

    /// <summary>Sites so far apart that each is isolated for every formula.</summary>
    private const int Spacing = 6;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pixelmend-witness-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("RGGB")]
    [InlineData("GRBG")]
    [InlineData("GBRG")]
    [InlineData("BGGR")]
    public void The_referee_agrees(string cfa)
    {
        RawFrame frame = WitnessFrame.Busy(cfa, seed: 7);
        Ask(frame);
        foreach (Peer<IDefectDetector> peer in PeerDetectors.All)
        {
            if (Answer<byte>(peer.Algorithm.Name, "found") is { } expected)
            {
                CheckFound(frame, peer.Algorithm, expected);
            }
        }

        foreach (Peer<IDefectCorrector> peer in PeerCorrectors.All)
        {
            if (Answer<double>(peer.Algorithm.Name, "predicted") is { } expected)
            {
                CheckPredicted(frame, peer.Algorithm, expected);
            }
        }
    }

    private static void CheckFound(RawFrame frame, Algorithm<IDefectDetector> algorithm, byte[] expected)
    {
        var found = new DefectMap.Builder(frame.Width, frame.Height);
        var evidence = new Evidence(frame, DefectMap.Empty(frame.Width, frame.Height));
        Make(algorithm).Detect(evidence, found, WitnessFrame.Threads);
        DefectMask mask = found.Build().ToMask();
        (int X, int Y)[] inside = [.. Inside(1)];
        Assert.InRange(inside.Count(s => mask[s.X, s.Y]), 10, 500);
        Assert.Equal(inside.Where(s => expected[(s.Y * frame.Width) + s.X] != 0), inside.Where(s => mask[s.X, s.Y]));
    }

    private static void CheckPredicted(RawFrame frame, Algorithm<IDefectCorrector> algorithm, double[] expected)
    {
        // Another offset each time, so that all phases and more than a grid's places are compared.
        for (int offset = 0; offset < 9; offset++)
        {
            var map = new DefectMap.Builder(frame.Width, frame.Height);
            map.AddRange(Inside(Spacing).Select(s => new Defect(s.X + (offset % 3), s.Y + (offset / 3))));
            CorrectionReport report = Make(algorithm).Correct(frame, map.Build(), WitnessFrame.Threads);
            Assert.Empty(report.Unreachable);
            Assert.All(report.Changes, c => Assert.Equal(expected[(c.Y * frame.Width) + c.X], c.New, 0.02));
        }
    }

    private static IEnumerable<(int X, int Y)> Inside(int spacing)
    {
        for (int y = Margin; y < WitnessFrame.Height - Margin; y += spacing)
        {
            for (int x = Margin; x < WitnessFrame.Width - Margin; x += spacing)
            {
                yield return (x, y);
            }
        }
    }

    private static T Make<T>(Algorithm<T> algorithm) =>
        algorithm.Create(new Settings(algorithm.Parameters, new Dictionary<string, double>(StringComparer.Ordinal)));

    private void Ask(RawFrame frame)
    {
        string referee = Path.GetFullPath(Path.Combine(RealData.Folder ?? "nowhere", "..", "referee"));
        Assert.SkipUnless(File.Exists(Path.Combine(referee, "referee.py")), "the referee is missing");
        string samples = Path.Combine(folder.FullName, "frame.f4");
        File.WriteAllBytes(samples, System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(frame.Values!.Samples));
        string[] said = Python.Run(
            "referee_formulas.py",
            referee,
            samples,
            $"{frame.Width}",
            $"{frame.Height}",
            $"{frame.Cfa}",
            $"{WitnessFrame.Black}",
            $"{WitnessFrame.White}",
            folder.FullName
        );
        Assert.SkipWhen(
            said[^1] == "scipy is missing" && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")),
            "python3 with scipy is missing"
        );
        Assert.Equal("done", said[^1]);
    }

    private T[]? Answer<T>(string name, string extension)
        where T : unmanaged
    {
        string path = Path.Combine(folder.FullName, $"{name.TrimEnd('*')}.{extension}");
        return File.Exists(path) ? System.Runtime.InteropServices.MemoryMarshal.Cast<byte, T>(File.ReadAllBytes(path)).ToArray() : null;
    }
}
