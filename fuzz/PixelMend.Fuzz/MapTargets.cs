using PixelMend.Defects;
using PixelMend.Formats;
using PixelMend.Formats.Fits;
using PixelMend.Formats.Maps;
using PixelMend.Formats.Otp;

namespace PixelMend.Fuzz;

/// <summary>Map formats: read for a small sensor; what was read is written and read again, and has to mark the same photosites.</summary>
internal static class MapTargets
{
    /// <summary>One for each parser.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        Of("csv", new CsvMap()),
        Of("json", new JsonMap()),
        Of("mask", new FitsMask()),
        Of("dcraw", new DcrawList()),
        Of("rawtherapee", new RawTherapeeList()),
        Of("siril", new SirilList()),
        Of("mlvapp", new MlvAppList()),
        Of("phd2", new Phd2List()),
        Of("pixinsight", new PixInsightList()),
        Of("imperx", ImperxList.Hot),
        Of("dalsa", new DalsaMap()),
        Of("otp", new OtpMap()),
        Of("hisilicon", new HiSiliconTable()),
        Of("ti", new TexasInstrumentsTable()),
        Of("phaseone", new PhaseOneTable()),
    ];

    private static FuzzTarget Of(string name, MapFormat format) => new(name, input => Read(format, input), () => Seeds.Maps(format));

    private static void Read(MapFormat format, byte[] input)
    {
        // Native cfitsio stays out, see FrameTargets.
        if (format is FitsMask && FitsUnit.ReadAll(input).Any(unit => unit.IsCompressed))
        {
            return;
        }

        DefectMap map = format.Read(input, Seeds.MapWidth, Seeds.MapHeight, Bounds.Limits);
        if (map.AllPhotosites().Count > format.MostPhotosites)
        {
            return;
        }

        using var output = new MemoryStream();
        format.Write(map, output);
        DefectMap again = format.Read(output.ToArray(), map.Width, map.Height, ReadLimits.Default);
        if (!Places(map).SequenceEqual(Places(again)))
        {
            throw new InvalidOperationException($"{format.Name}: the map written reads back otherwise");
        }
    }

    private static IEnumerable<(int X, int Y)> Places(DefectMap map) => map.AllPhotosites().Select(d => (d.X, d.Y));
}
