using System.Diagnostics;
using System.Text;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Speed;

/// <summary>What detection with correction costs as one thing changes and all others stay, beside a copy of the same frame.</summary>
internal static class ScalingPage
{
    private const int Runs = 3;
    private const double Usual = 24;

    private static readonly double[] Megapixels = [1, 4, 16, 24, 50, 100, 200];
    private static readonly double[] Densities = [0, 1e-5, 1e-4, 1e-3, 1e-2];
    private static readonly double[] ReadNoises = [1, 2.5, 10, 40];

    public static void Write()
    {
        var text = new StringBuilder(
            $"""
            # Scaling

            Written by `bench/scaling`: detection and correction of a rendered sky in memory with a fit of its own, best of {Runs} runs, and the ratio to a
            one-thread copy of the same frame. {Environment.ProcessorCount} processors, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}.


            """
        );
        Add(text, "megapixels, two threads", Megapixels, m => (SpeedFrames.Of(m), 2));
        Add(text, $"threads, {Usual} MP", [1, 2], t => (SpeedFrames.Of(Usual), (int)t));
        Add(
            text,
            $"part of the photosites that is defective, {Usual} MP, two threads",
            Densities,
            d => (SpeedFrames.Of(Usual, density: d), 2)
        );
        Add(text, $"read noise, e⁻, {Usual} MP, two threads", ReadNoises, n => (SpeedFrames.Of(Usual, readNoise: n), 2));
        File.WriteAllText(Checkout.Result("scaling.md"), text.ToString());
    }

    private static void Add(StringBuilder text, string what, double[] points, Func<double, (RawFrame Frame, int Threads)> make)
    {
        text.Append($"| {what} | time | µs per megapixel | ratio to a copy |\n| --- | --- | --- | --- |\n");
        foreach (double point in points)
        {
            (RawFrame frame, int threads) = make(point);
            Console.Error.WriteLine($"{what}: {point}");
            (double time, double copy) = Measure(frame, threads);
            double size = frame.Codes!.Samples.Length / 1e6;
            text.Append($"| {point} | {time:0.0} ms | {time * 1000 / size:0} | {time / copy:0.0} |\n");
        }

        text.Append('\n');
    }

    /// <summary>Milliseconds, alternately, so that whatever else the machine does meets both.</summary>
    private static (double Time, double Copy) Measure(RawFrame frame, int threads)
    {
        var repair = new Repair
        {
            Detectors = [Chosen.Detector()],
            Corrector = Chosen.Corrector("model"),
            MostDefective = 1,
        };
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        ushort[] copy = new ushort[frame.Codes!.Samples.Length];
        (double time, double copying) = (double.MaxValue, double.MaxValue);
        for (int i = 0; i < Runs; i++)
        {
            time = Math.Min(time, Milliseconds(() => repair.Run(frame, [], options)));
            copying = Math.Min(copying, Milliseconds(() => frame.Codes.Samples.AsSpan().CopyTo(copy)));
        }

        return (time, copying);
    }

    private static double Milliseconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
