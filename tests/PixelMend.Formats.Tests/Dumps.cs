using CsCheck;
using PixelMend.Frames;

namespace PixelMend.Formats.Tests;

/// <summary>Random geometries of dumps.</summary>
internal static class Dumps
{
    public static Gen<CfaPattern> Cfas { get; } =
        Gen.OneOf(["MONO", "RGGB", "GBRG", "QUAD-BGGR", "XTRANS", "RGWB/GRBW"]).Select(CfaPattern.Parse);

    public static Gen<RawSpec> Specs { get; } =
        from width in Gen.Int[1, 23]
        from height in Gen.Int[1, 9]
        from mipi in Gen.Bool
        from depth in mipi ? Gen.OneOf(10, 12, 14) : Gen.Int[1, 16]
        from cfa in Cfas
        from padding in Gen.Int[-1, 5]
        from offset in Gen.Int[0, 7]
        from big in Gen.Bool
        select Padded(
            new RawSpec
            {
                Width = width,
                Height = height,
                Depth = depth,
                Cfa = cfa,
                Offset = offset,
                Packing = mipi ? RawPacking.Mipi : RawPacking.Plain,
                BigEndian = big,
            },
            padding
        );

    private static RawSpec Padded(RawSpec spec, int padding) => padding < 0 ? spec : spec with { Stride = (int)spec.RowBytes + padding };
}
