using System.CommandLine;
using PixelMend.Cli.Jobs;
using PixelMend.Cli.Maps;
using PixelMend.Cli.Rendering;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend map show</c>: what a map holds.</summary>
internal static class MapShowVerb
{
    private const int MostWorst = 10;

    public static Command Create()
    {
        var verb = new Command("show", "Tells what a map holds: kinds, clusters by size, the most severe, where they lie.");
        var options = new MapOptions(verb, least: 1, most: 1);
        verb.SetAction(line =>
        {
            MapInputs inputs = options.Read(line);
            DefectMap map = inputs.Maps[0];
            MapSummary summary = Of(inputs, map);
            MapView.Print(summary, CliJson.Default.MapSummary, options.Json(line), options.Quiet(line), s => MapView.Print(s, map));
            return (int)summary.ExitCode;
        });
        return verb;
    }

    private static MapSummary Of(MapInputs inputs, DefectMap map)
    {
        IReadOnlyList<Defect> all = map.AllPhotosites();
        return new MapSummary
        {
            Files = inputs.Files,
            Width = map.Width,
            Height = map.Height,
            SizeIsKnown = inputs.SizeIsKnown,
            Provenance = map.Provenance,
            Photosites = all.Count,
            Regions = map.Regions.Count,
            ByKind = Summary.ByKind(all),
            Clusters = [.. Cluster.In(map.Points).CountBy(c => c.Size).OrderBy(c => c.Key).Select(c => new ClusterCount(c.Key, c.Value))],
            InClusterKernels = ClusterKernel.Count(all, map.ToMask(), CfaPattern.Mono),
            Worst = [.. all.OrderByDescending(d => d.Severity).Take(MostWorst).Select(MapPhotosite.Of)],
            Notes = inputs.Notes,
        };
    }
}
