namespace PixelMend.Frames;

/// <summary>What kind of number a file stores for a sample.</summary>
public enum StoredNumber
{
    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A float of single precision.</summary>
    Single,

    /// <summary>A float of double precision.</summary>
    Double,
}

/// <summary>Values of numbers in a file that codes cannot hold, such as signed, 32-bit or scaled ones: <c>Zero + Scale · n</c>.</summary>
/// <param name="Zero">Value of the number 0.</param>
/// <param name="Scale">What one more makes of the value; not 0.</param>
/// <param name="Least">Smallest number that can be stored.</param>
/// <param name="Most">Largest number that can be stored.</param>
/// <param name="Stored">What kind of number it is.</param>
public readonly record struct SampleGrid(double Zero, double Scale, double Least, double Most, StoredNumber Stored = StoredNumber.Whole)
{
    /// <summary>The whole number that stands for a missing sample, and so for no value; null where there is none.</summary>
    public double? Missing { get; init; }

    /// <summary>The number to store whose value is nearest.</summary>
    public double IndexOf(double value)
    {
        double index = Math.Clamp((value - Zero) / Scale, Least, Most);
        return Stored switch
        {
            StoredNumber.Whole when Math.Round(index) == Missing => BesideMissing(index),
            StoredNumber.Whole => Math.Round(index),
            StoredNumber.Single => (float)index,
            _ => index,
        };
    }

    /// <summary>The value of a number.</summary>
    public double ValueOf(double index) => Zero + (Scale * index);

    /// <summary>The nearest value that can be stored. NaN stays NaN.</summary>
    public float Nearest(float value) => (float)ValueOf(IndexOf(value));

    private double BesideMissing(double index)
    {
        double missing = Missing!.Value;
        return missing < Most && (index >= missing || missing <= Least) ? missing + 1 : missing - 1;
    }
}
