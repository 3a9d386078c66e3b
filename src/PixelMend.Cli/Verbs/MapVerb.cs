using System.CommandLine;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend map</c>: what can be done with maps alone.</summary>
internal static class MapVerb
{
    public static Command Create() =>
        new("map", "Shows, converts, merges, compares and grades defect maps.")
        {
            MapShowVerb.Create(),
            MapConvertVerb.Create(),
            MapMergeVerb.Create(),
            MapDiffVerb.Create(),
            MapGradeVerb.Create(),
        };
}
