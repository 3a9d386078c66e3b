using System.Text.Json;
using PixelMend.Cli.Trials;

namespace PixelMend.Cli.Rendering;

/// <summary>Tells what <c>simulate</c> made.</summary>
internal static class SimulationView
{
    public static void Print(SimulationSummary summary, bool json, bool quiet)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(summary, CliJson.Default.SimulationSummary));
        }
        else if (!quiet)
        {
            Console.Out.WriteLine(TextSummary.Of(summary));
        }
    }
}
