namespace PixelMend.Formats.Fits;

/// <summary>One plane of an image: its headers, and where its samples lie.</summary>
internal sealed class FitsImage
{
    /// <summary>Planes of an image in colour.</summary>
    private const int ColorPlanes = 3;

    private FitsImage(FitsUnit unit, FitsHeader primary, int plane)
    {
        Unit = unit;
        Primary = primary;
        Width = (int)unit.Axes[0];
        Height = (int)unit.Axes[1];
        Plane = plane;
        Samples = FitsSamples.From(unit.Header);
    }

    public FitsUnit Unit { get; }

    public FitsHeader Primary { get; }

    public FitsHeader Header => Unit.Header;

    public int Width { get; }

    public int Height { get; }

    /// <summary>Number of the plane within its image, from 0.</summary>
    public int Plane { get; }

    /// <summary>Whether this is one colour of a demosaiced picture: every sample of the plane has the same filter then.</summary>
    public bool IsColorPlane => Unit.Axes.Length > 2 && Unit.Axes[2] == ColorPlanes;

    public FitsSamples Samples { get; }

    /// <summary>Byte of the unit's file at which row <paramref name="y"/> starts; the file is known to hold it.</summary>
    public int RowStart(int y) => checked((int)(Header.End + ((((long)Plane * Height) + y) * Width * Samples.Bytes)));

    /// <summary>The planes of a plain image.</summary>
    /// <exception cref="RawDataException">It is a cube of something else than colours, too large, or cut off.</exception>
    public static IReadOnlyList<FitsImage> PlanesOf(FitsUnit unit, FitsHeader primary, ReadLimits limits)
    {
        long[] beyond = [.. unit.Axes.Skip(2).Where(length => length > 1)];
        bool color = beyond is [ColorPlanes] && unit.Axes[2] == ColorPlanes;
        if (beyond.Length > 0 && !color)
        {
            throw new RawDataException(
                RawDataError.Unsupported,
                FitsFormat.FormatName,
                $"the image is a cube of {string.Join(" × ", unit.Axes)} samples; only single planes and three planes of colour are read",
                unit.Header.Start
            );
        }

        limits.CheckSize(FitsFormat.FormatName, unit.Axes[0], unit.Axes[1], unit.Header.Start);
        FitsImage[] planes = [.. Enumerable.Range(0, color ? ColorPlanes : 1).Select(plane => new FitsImage(unit, primary, plane))];
        long samples = unit.Axes[0] * unit.Axes[1] * planes.Length * planes[0].Samples.Bytes;
        if (unit.DataBytes < samples)
        {
            // Those of an image are 0 and 1. With others what follows would be taken for samples.
            throw new RawDataException(
                RawDataError.Malformed,
                FitsFormat.FormatName,
                "PCOUNT and GCOUNT leave no room for the image's samples",
                unit.Header.Start
            );
        }

        long end = unit.Header.End + unit.DataBytes;
        return end <= unit.FileBytes
            ? planes
            : throw new RawDataException(
                RawDataError.Malformed,
                FitsFormat.FormatName,
                $"the file ends after {unit.FileBytes} of {end} bytes",
                unit.FileBytes
            );
    }
}
