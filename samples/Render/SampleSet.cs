using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Simulation;

namespace PixelMend.Samples;

/// <summary>Every sample, listed once: scenes and sensors that differ in all that matters to a detector.</summary>
public static class SampleSet
{
    /// <summary>All samples.</summary>
    public static IReadOnlyList<Sample> All { get; } =
    [
        new("night-city", "A skyline at night through a Bayer sensor with hot photosites, clusters and a warm column.", NightCity()),
        new("stars-mono", "Undersampled stars on a cooled monochrome sensor, two minutes long.", Stars()),
        new("foliage-xtrans", "Leaves through an X-Trans mosaic.", Foliage()),
        new("fabric-quad", "Woven cloth through a quad Bayer mosaic, 12 bits.", Fabric()),
        new("chart-bayer", "A resolution chart through a GBRG mosaic with black levels that differ by colour, 12 bits.", Chart()),
    ];

    private static SimulatedCamera NightCity()
    {
        var exposure = new Exposure
        {
            Light = 1.1,
            Seconds = 0.5,
            Celsius = 32,
        };
        return new SimulatedCamera(2400, 1600, Scenes.Named("night-city"), Seeds.From(2))
        {
            Optics = new Optics
            {
                HaloShare = 0.08,
                HaloRadius = 10,
                Vignetting = 0.2,
            },
            Exposure = exposure,
            Defects = new DefectModel
            {
                Reference = exposure,
                Classes =
                [
                    .. new DefectModel().Classes,
                    new(DefectKind.Hot, DefectShape.Single, PerMillion: 60),
                    new(DefectKind.Hot, DefectShape.Cluster, Count: 12),
                    new(DefectKind.Warm, DefectShape.Column, Count: 1),
                    new(DefectKind.Hot, DefectShape.ColumnSegment, Count: 1),
                    new(DefectKind.Dead, DefectShape.RowSegment, Count: 1),
                ],
            },
        };
    }

    private static SimulatedCamera Stars()
    {
        var exposure = new Exposure { Seconds = 120, Celsius = -10 };
        return new SimulatedCamera(1200, 900, Scenes.Named("stars"), Seeds.From(3))
        {
            Optics = new Optics { Blur = 0.5, HaloShare = 0.04 },
            Sensor = new SensorModel
            {
                Cfa = CfaPattern.Mono,
                BitDepth = 16,
                Black = 1000,
                White = 65535,
                Gain = 1.3,
                FullWell = 50_000,
                ReadNoise = 1.6,
                DarkCurrent = 0.1,
            },
            Exposure = exposure,
            Defects = new DefectModel { Reference = exposure },
        };
    }

    private static SimulatedCamera Foliage() =>
        new(1200, 900, Scenes.Named("foliage"), Seeds.From(4))
        {
            Optics = new Optics
            {
                Blur = 0.7,
                HaloShare = 0.02,
                Vignetting = 0.15,
            },
            Sensor = new SensorModel
            {
                Cfa = CfaPattern.XTrans,
                Black = 1022,
                Gain = 0.45,
                FullWell = 40_000,
            },
            Exposure = new Exposure { Light = 0.9 },
        };

    private static SimulatedCamera Fabric() =>
        new(1000, 800, Scenes.Named("fabric"), Seeds.From(5))
        {
            Optics = new Optics { Blur = 0.55 },
            Sensor = new SensorModel
            {
                Cfa = CfaPattern.Parse("QUAD-RGGB"),
                BitDepth = 12,
                Black = 64,
                White = 4095,
                Gain = 0.6,
                FullWell = 8_000,
                ReadNoise = 1.8,
            },
        };

    private static SimulatedCamera Chart() =>
        new(601, 403, Scenes.Named("zone-plate"), Seeds.From(6))
        {
            Sensor = new SensorModel
            {
                Cfa = CfaPattern.Parse("GBRG"),
                BitDepth = 12,
                Black = 128,
                BlackOffsets = [0, 3, -2, 1],
                White = 4095,
                Gain = 0.2,
                FullWell = 25_000,
                ReadNoise = 5,
            },
            Defects = new DefectModel { Classes = [.. new DefectModel().Classes, new(DefectKind.Stuck, DefectShape.Column, Count: 1)] },
        };
}
