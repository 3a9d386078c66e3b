using PixelMend.Benchmarks;
using PixelMend.Benchmarks.Output;

const string Usage = """
    usage: PixelMend.Benchmarks COMMAND [FILE...] [--raw SPEC] [--cfa CFA] [--seeds N,N] [--into PAGE.md]
      quality   repair and detection of known defects, ours beside the peers' formulas
      mosaics   the same on pictures mosaicked anew with every kind of filter array
    Without FILE the real frames of ../shared/data are used, or those where PIXELMEND_DATA says.
    --into replaces the command's part of a page; else it prints.
    """;

var options = new ParallelOptions();
(string Name, Func<Arguments, ParallelOptions, string> Run)[] commands = [("quality", QualityCommand.Run), ("mosaics", MosaicsCommand.Run)];
(string Name, Func<Arguments, ParallelOptions, string> Run) command = commands.FirstOrDefault(c => c.Name == args.FirstOrDefault());
if (command.Run is null)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

try
{
    var arguments = Arguments.Parse(args.Skip(1));
    string text = command.Run(arguments, options);
    if (arguments.Into is { } page)
    {
        PageSection.Replace(page, command.Name, text);
    }
    else
    {
        Console.WriteLine(text);
    }

    return 0;
}
catch (Exception e) when (e is FormatException or IOException or PixelMend.Formats.RawDataException or InvalidDataException)
{
    Console.Error.WriteLine($"{command.Name}: {e.Message}");
    return 2;
}
