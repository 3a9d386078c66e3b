using System.CommandLine;
using PixelMend.Cli.Maps;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend map convert</c>: the same defects in another format.</summary>
internal static class MapConvertVerb
{
    public static Command Create()
    {
        var verb = new Command("convert", "Writes a map in another format.");
        var derived = new DerivedMap(verb, least: 1, most: 1);
        verb.SetAction(line => derived.Run(line, maps => maps[0]));
        return verb;
    }
}
