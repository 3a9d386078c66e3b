using PixelMend.Frames;

namespace PixelMend.Simulation;

/// <summary>
/// A good sensor as numbers: from light to electrons to codes, with the noise of each step. The model follows EMVA 1288 with
/// heavy-tailed read noise; electrons are e⁻, codes are ADU.
/// </summary>
public sealed record SensorModel
{
    /// <summary>The mosaic of filters.</summary>
    public CfaPattern Cfa { get; init; } = CfaPattern.Parse("RGGB");

    /// <summary>Bits per sample, 8 to 16.</summary>
    public int BitDepth { get; init; } = 14;

    /// <summary>Code without light, ADU.</summary>
    public double Black { get; init; } = 512;

    /// <summary>Added to <see cref="Black"/> per position of the CFA period, raster order, ADU; empty for none.</summary>
    public IReadOnlyList<double> BlackOffsets { get; init; } = [];

    /// <summary>Largest code, ADU: where the converter clips.</summary>
    public double White { get; init; } = 16383;

    /// <summary>Gain, ADU per e⁻.</summary>
    public double Gain { get; init; } = 0.55;

    /// <summary>Electrons a photosite can hold.</summary>
    public double FullWell { get; init; } = 30_000;

    /// <summary>Standard deviation of the usual read noise, e⁻.</summary>
    public double ReadNoise { get; init; } = 2.5;

    /// <summary>Part of the readings whose read noise is <see cref="TailFactor"/> times larger: the heavy tails of real sensors.</summary>
    public double TailShare { get; init; } = 0.002;

    /// <summary>How much larger the read noise of those readings is.</summary>
    public double TailFactor { get; init; } = 2.5;

    /// <summary>Standard deviation of the offset that all photosites of a row share, new in every frame, e⁻.</summary>
    public double RowNoise { get; init; } = 0.25;

    /// <summary>Standard deviation of the offset that all photosites of a column share, new in every frame, e⁻.</summary>
    public double ColumnNoise { get; init; } = 0.1;

    /// <summary>Standard deviation of the offset that all photosites of a column share in every frame, e⁻.</summary>
    public double ColumnPattern { get; init; } = 0.2;

    /// <summary>Relative standard deviation of the response to light (PRNU).</summary>
    public double Prnu { get; init; } = 0.006;

    /// <summary>Standard deviation of the fixed offsets without exposure (DSNU), e⁻.</summary>
    public double Dsnu { get; init; } = 0.5;

    /// <summary>Mean dark current at <see cref="Exposure.ReferenceCelsius"/>, e⁻/s.</summary>
    public double DarkCurrent { get; init; } = 1;

    /// <summary>Spread of the dark current from photosite to photosite: standard deviation of its natural logarithm.</summary>
    public double DarkCurrentSpread { get; init; } = 0.5;

    /// <summary>Variance of the read noise with its tails, e⁻².</summary>
    public double ReadVariance => ReadNoise * ReadNoise * (1 + (TailShare * ((TailFactor * TailFactor) - 1)));

    /// <summary>Electrons between black and white.</summary>
    public double ElectronsAtWhite => (White - Black) / Gain;

    /// <summary>Black and white as a frame states them.</summary>
    public Levels Levels
    {
        get
        {
            if (BlackOffsets.Count == 0)
            {
                return new Levels((float)Black, (float)White);
            }

            var white = new float[BlackOffsets.Count];
            Array.Fill(white, (float)White);
            return new Levels(Cfa.Width, Cfa.Height, [.. BlackOffsets.Select(o => (float)(Black + o))], white);
        }
    }

    /// <summary>Standard deviation of a good photosite's reading at a mean of <paramref name="electrons"/>, e⁻, quantisation included.</summary>
    public double NoiseAt(double electrons) =>
        Math.Sqrt(electrons + ReadVariance + (RowNoise * RowNoise) + (ColumnNoise * ColumnNoise) + (1 / (12 * Gain * Gain)));
}
