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
    /// <summary>The number to store whose value is nearest.</summary>
    public double IndexOf(double value)
    {
        double index = Math.Clamp((value - Zero) / Scale, Least, Most);
        return Stored switch
        {
            StoredNumber.Whole => Math.Round(index),
            StoredNumber.Single => (float)index,
            _ => index,
        };
    }

    /// <summary>The value of a number.</summary>
    public double ValueOf(double index) => Zero + (Scale * index);

    /// <summary>The nearest value that can be stored. NaN stays NaN.</summary>
    public float Nearest(float value) => (float)ValueOf(IndexOf(value));
}
