using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Calibration;

/// <summary>One of the outer readings of a photosite.</summary>
internal enum Extreme
{
    Least,
    Most,
    Second,
    Third,
}

/// <summary>
/// What is kept of a stack for each photosite: sums of readings and of their squares, the least and the largest readings. One implementation for codes
/// of 16 bits, 16 bytes a photosite and 4 more with the second and third largest reading, and one for floats, twice as much.
/// </summary>
internal abstract class StackTotals
{
    /// <summary>Empty totals for frames like this one.</summary>
    public static StackTotals For(RawFrame like, bool keepsThree) =>
        like.Codes is null ? new ValueTotals(like.Width, like.Height, keepsThree) : new CodeTotals(like.Width, like.Height, keepsThree);

    /// <summary>Adds a row of a frame, whose readings are codes or floats as those of the first one were.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="y">The row.</param>
    /// <param name="missing">Receives photosites without a reading.</param>
    public abstract void Add(RawFrame frame, int y, DefectMask missing);

    /// <summary>Sums of the readings and of their squares.</summary>
    public abstract void ReadSums(int y, Span<double> sums, Span<double> squares);

    /// <summary>One of the outer readings; infinite where there were too few.</summary>
    public abstract void ReadExtreme(int y, Extreme which, Span<float> values);

    /// <summary>Sums of one photosite's readings and of their squares, its least and its largest.</summary>
    public abstract SiteTotals At(int x, int y);

    /// <summary>Finds readings of a frame that are farther than a limit from the mean of their photosites, drift taken off.</summary>
    /// <returns>How many columns were written.</returns>
    public abstract int FindDepartures(RawFrame frame, int y, int count, float drift, float limit, Span<int> columns);
}

/// <summary>What is kept of one photosite.</summary>
internal readonly record struct SiteTotals(double Sum, double Square, float Least, float Most);
