using PixelMend.Benchmarks;
using PixelMend.Benchmarks.Output;
using PixelMend.Formats;

const string Usage = """
    usage: PixelMend.Benchmarks COMMAND [FILE...] [--raw SPEC] [--cfa CFA] [--seeds N,N] [--into PAGE.md]
      quality   repair and detection of known defects, ours beside the peers' formulas
      mosaics   the same on pictures mosaicked anew with every kind of filter array
      calibration  static defects found in simulated series, by how far they are off
      sensors   24 megapixels of simulated sensors calibrated: found, and found wrongly
      lines     whole columns and rows found in simulated frames, by how far they are off
      all       all of these
    Without FILE the real frames of ../shared/data are used, or those where PIXELMEND_DATA says.
    --into replaces the command's part of a page; else it prints.
    """;

var options = new ParallelOptions();
(string Name, Func<Arguments, ParallelOptions, string> Run)[] commands =
[
    ("quality", QualityCommand.Run),
    ("mosaics", MosaicsCommand.Run),
    ("lines", LinesCommand.Run),
    ("calibration", CalibrationCommand.Run),
    ("sensors", SensorsCommand.Run),
];
string wanted = args.FirstOrDefault() ?? "";
(string Name, Func<Arguments, ParallelOptions, string> Run)[] chosen = [.. commands.Where(c => wanted == "all" || c.Name == wanted)];
if (chosen.Length == 0)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

try
{
    var arguments = Arguments.Parse(args.Skip(1));
    foreach ((string name, Func<Arguments, ParallelOptions, string> run) in chosen)
    {
        string text = run(arguments, options);
        if (arguments.Into is { } page)
        {
            PageSection.Replace(page, name, text);
        }
        else
        {
            Console.WriteLine(text);
        }
    }

    return 0;
}
catch (Exception e) when (e is FormatException or IOException or RawDataException or InvalidDataException)
{
    Console.Error.WriteLine($"{wanted}: {e.Message}");
    return 2;
}
