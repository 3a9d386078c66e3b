using System.CommandLine;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Cli.Maps;
using PixelMend.Cli.Rendering;
using PixelMend.Cli.Reports;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend map show</c>: what a map holds.</summary>
internal static class MapShowVerb
{
    private const int MostWorst = 10;

    public static Command Create()
    {
        var picture = new Option<string?>("--picture")
        {
            Description = "Picture of where the defects are, coloured by kind, or a page with it and the figures.",
            HelpName = "P.png|P.html",
        };
        var force = new Option<bool>("--force") { Description = "Replaces a picture that exists." };
        var verb = new Command("show", "Tells what a map holds: kinds, clusters by size, the most severe, where they lie.")
        {
            picture,
            force,
        };
        var options = new MapOptions(verb, least: 1, most: 1);
        verb.SetAction(line =>
        {
            OutputTarget? target = line.GetValue(picture) is string path ? Target(path, line.GetValue(force), options.Files(line)) : null;
            MapInputs inputs = options.Read(line);
            DefectMap map = inputs.Maps[0];
            MapSummary summary = Of(inputs, map) with { Picture = target?.Path };
            if (target is not null)
            {
                MapPage.Write(summary, map, target);
            }

            MapView.Print(summary, CliJson.Default.MapSummary, options.Json(line), options.Quiet(line), s => MapView.Print(s, map));
            return (int)summary.ExitCode;
        });
        return verb;
    }

    private static OutputTarget Target(string path, bool force, IReadOnlyList<string> inputs)
    {
        MapPage.CheckName(path);
        var target = new OutputTarget(path, force);
        target.Check(inputs.Select(f => FileFacts.Of(f).Identity).ToHashSet(StringComparer.Ordinal));
        return target;
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
