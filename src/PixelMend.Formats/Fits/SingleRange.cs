namespace PixelMend.Formats.Fits;

/// <summary>
/// Takes samples into single precision, which frames are worked on in. Samples all of which lie beyond its range would become zeros or missing
/// ones: such a frame is refused, not found to be without defects.
/// </summary>
/// <param name="format">Name for messages.</param>
internal sealed class SingleRange(string format)
{
    /// <summary>Below this, single precision has too few digits left to tell a defect from noise.</summary>
    private const double Least = 1e-35;

    private double largest;
    private bool anyFits;

    /// <summary>The sample; NaN where it is missing or too large.</summary>
    public float Take(double value)
    {
        if (double.IsFinite(value))
        {
            largest = Math.Max(largest, Math.Abs(value));
            anyFits |= Math.Abs(value) <= float.MaxValue;
        }

        return (float)value is var single && float.IsFinite(single) ? single : float.NaN;
    }

    /// <summary>Refuses what was taken where it lies beyond the range; zeros alone are a frame.</summary>
    /// <exception cref="RawDataException">It does.</exception>
    public void Check()
    {
        bool isTooSmall = largest is > 0 and < Least;
        bool isTooLarge = largest > float.MaxValue && !anyFits;
        if (isTooSmall || isTooLarge)
        {
            throw new RawDataException(
                RawDataError.Unsupported,
                format,
                $"its samples reach {largest:0.#e+0}, beyond what is worked on ({Least:0e+0} to {float.MaxValue:0.#e+0}): multiply them by a power of ten"
            );
        }
    }
}
