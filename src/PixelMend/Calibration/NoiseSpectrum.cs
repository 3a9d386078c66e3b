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
        Complex[] turns = [.. Enumerable.Range(0, n / 2).Select(k => Complex.FromPolarCoordinates(1, -2 * Math.PI * k / n))];
        var spectrum = new Complex[n];
        int counted = 0;
        for (int line = 0; line < lines; line += step)
        {
            float[] values = [.. Enumerable.Range(0, n).Select(i => alongRows ? plane[i, line] : plane[line, i])];
            double mean = values.Where(float.IsFinite).DefaultIfEmpty().Average();
            // What is missing is like the rest.
            Transform([.. values.Select(v => float.IsFinite(v) ? v - mean : 0)], stride: 1, turns, spectrum);
            Add(spectrum, power);
            counted++;
        }

        return [.. power.Select(p => Math.Sqrt(p / ((double)counted * n)))];
    }

    private static void Add(Complex[] spectrum, double[] power)
    {
        for (int k = 0; k < power.Length; k++)
        {
            double magnitude = spectrum[k % spectrum.Length].Magnitude;
            power[k] += magnitude * magnitude;
        }
    }

    /// <summary>The spectrum of every so many values (Cooley and Tukey 1965).</summary>
    /// <param name="values">The first one, and all that follow it in the line.</param>
    /// <param name="stride">From one value to the next.</param>
    /// <param name="turns">The parts of a full turn that the whole line takes, up to one half.</param>
    /// <param name="spectrum">Receives it; as long as there are values, a power of two.</param>
    private static void Transform(ReadOnlySpan<double> values, int stride, ReadOnlySpan<Complex> turns, Span<Complex> spectrum)
    {
        if (spectrum.Length == 1)
        {
            spectrum[0] = values[0];
            return;
        }

        Span<Complex> even = spectrum[..(spectrum.Length / 2)];
        Span<Complex> odd = spectrum[even.Length..];
        Transform(values, 2 * stride, turns, even);
        Transform(values[stride..], 2 * stride, turns, odd);
        for (int k = 0; k < even.Length; k++)
        {
            Complex turned = turns[k * stride] * odd[k];
            (even[k], odd[k]) = (even[k] + turned, even[k] - turned);
        }
    }
}
