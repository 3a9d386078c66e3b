namespace PixelMend.Defects;

/// <summary>What a sensor must keep to; every limit may be absent (null).</summary>
public sealed record SensorSpecification
{
    /// <summary>
    /// The rule of ASTM E2597 on clusters: no photosite of a cluster, nor of lines that touch, may have fewer than five good neighbours of eight.
    /// A line by itself leaves six.
    /// </summary>
    public static SensorSpecification AstmE2597 { get; } = new() { MostKernelPhotosites = 0 };

    /// <summary>Limits on the whole sensor, by zone; the first zones are the innermost.</summary>
    public IReadOnlyList<ZoneSpecification> Zones { get; init; } = [];

    /// <summary>Photosites of the largest cluster, lines left out.</summary>
    public int? LargestCluster { get; init; }

    /// <summary>Clusters of three photosites and more, lines left out.</summary>
    public int? MostClusters { get; init; }

    /// <summary>Columns defective over at least half of their height.</summary>
    public int? MostColumns { get; init; }

    /// <summary>Rows defective over at least half of their width.</summary>
    public int? MostRows { get; init; }

    /// <summary>Photosites of clusters with fewer than five good neighbours of eight (the kernel of a cluster, ASTM E2597), and of lines with four or more defective ones.</summary>
    public int? MostKernelPhotosites { get; init; }
}

/// <summary>Limits within a part of the sensor around its centre.</summary>
public sealed record ZoneSpecification
{
    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>Share of the width and of the height that it takes, around the centre; photosites of earlier zones do not count again.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Most defective photosites of any kind.</summary>
    public int? MostPhotosites { get; init; }

    /// <summary>Most photosites of each kind.</summary>
    public IReadOnlyDictionary<DefectKind, int> MostOfKind { get; init; } = new Dictionary<DefectKind, int>();
}
