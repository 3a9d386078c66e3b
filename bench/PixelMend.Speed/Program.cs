using System.Globalization;
using PixelMend.Speed;

const string Usage = """
    usage: PixelMend.Speed COMMAND
      table     kernels, detection, correction, codecs and whole processes; writes bench/results/speed.md and the README's table
      scaling   cost against megapixels, threads, defects and noise; writes bench/results/scaling.md
    """;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["table"]:
        SpeedPage.Write();
        return 0;
    case ["scaling"]:
        ScalingPage.Write();
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
