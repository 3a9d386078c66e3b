using System.Numerics;
using PixelMend.Frames;

namespace PixelMend.Calibration;

/// <summary>
/// Spectrogram of EMVA 1288: root of the mean power of a plane's rows, or columns, at each spatial frequency. White noise is flat; stripes and
/// periodic patterns stand out as peaks.
/// </summary>
public static class NoiseSpectrum
{
    private const int Longest = 4096;
    private const int MostLines = 256;

    /// <summary>Amplitudes from frequency 0 to ½ cycle per photosite, in the plane's unit; the mean of each line is left out.</summary>
    /// <param name="plane">For instance an averaged dark frame; values that are not finite are left out.</param>
    /// <param name="alongRows">The frequencies along rows, else along columns.</param>
    public static IReadOnlyList<double> Of(Plane<float> plane, bool alongRows)
    {
        int length = alongRows ? plane.Width : plane.Height;
        int lines = alongRows ? plane.Height : plane.Width;
        int n = Math.Min(Longest, (int)BitOperations.RoundUpToPowerOf2((uint)length + 1) / 2);
        int step = Math.Max(1, lines / MostLines);
        var power = new double[(n / 2) + 1];
        int counted = 0;
        for (int line = 0; line < lines; line += step)
        {
            float[] values = [.. Enumerable.Range(0, n).Select(i => alongRows ? plane[i, line] : plane[line, i])];
            double mean = values.Where(float.IsFinite).DefaultIfEmpty().Average();
            // What is missing is like the rest.
            Transform([.. values.Select(v => (Complex)(float.IsFinite(v) ? v - mean : 0))], power);
            counted++;
        }

        return [.. power.Select(p => Math.Sqrt(p / ((double)counted * n)))];
    }

    /// <summary>Adds the power of one line (Cooley and Tukey 1965).</summary>
    private static void Transform(Complex[] values, double[] power)
    {
        Complex[] spectrum = Fourier(values);
        for (int k = 0; k < power.Length; k++)
        {
            double magnitude = spectrum[k % spectrum.Length].Magnitude;
            power[k] += magnitude * magnitude;
        }
    }

    private static Complex[] Fourier(Complex[] values)
    {
        int n = values.Length;
        if (n == 1)
        {
            return values;
        }

        Complex[] even = Fourier([.. values.Where((_, i) => i % 2 == 0)]);
        Complex[] odd = Fourier([.. values.Where((_, i) => i % 2 == 1)]);
        var whole = new Complex[n];
        for (int k = 0; k < n / 2; k++)
        {
            Complex turned = Complex.FromPolarCoordinates(1, -2 * Math.PI * k / n) * odd[k];
            (whole[k], whole[k + (n / 2)]) = (even[k] + turned, even[k] - turned);
        }

        return whole;
    }
}
