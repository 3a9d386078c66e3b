namespace PixelMend.Frames;

/// <summary>Values of whole numbers in a file that codes cannot hold, such as signed, 32-bit or scaled ones: <c>Zero + Scale · n</c>.</summary>
/// <param name="Zero">Value of the whole number 0.</param>
/// <param name="Scale">Distance between values; not 0.</param>
/// <param name="Least">Smallest whole number that can be stored.</param>
/// <param name="Most">Largest whole number that can be stored.</param>
public readonly record struct SampleGrid(double Zero, double Scale, double Least, double Most)
{
    /// <summary>The whole number whose value is nearest.</summary>
    public double IndexOf(double value) => Math.Clamp(Math.Round((value - Zero) / Scale), Least, Most);

    /// <summary>The value of a whole number.</summary>
    public double ValueOf(double index) => Zero + (Scale * index);

    /// <summary>The nearest value that can be stored. NaN stays NaN.</summary>
    public float Nearest(float value) => (float)ValueOf(IndexOf(value));
}
