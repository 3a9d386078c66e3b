using PixelMend.Defects;
using PixelMend.Formats.Dng;
using PixelMend.Formats.Maps;
using PixelMend.Simulation;

namespace PixelMend.Samples;

/// <summary>One rendered file of samples/ and the camera that took it.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Summary">What it shows.</param>
/// <param name="Camera">Takes it, as frame 0.</param>
public sealed record Sample(string Name, string Summary, SimulatedCamera Camera)
{
    /// <summary>Name of the picture's file.</summary>
    public string FileName => $"{Name}.dng";

    /// <summary>Name of the file that lists its defects.</summary>
    public string TruthName => $"{Name}.truth.csv";

    /// <summary>Renders the picture and its truth.</summary>
    public SimulatedFrame Render() => Camera.Capture(0, new ParallelOptions());

    /// <summary>Renders and writes both files.</summary>
    public void Write(string folder)
    {
        SimulatedFrame shot = Render();
        using FileStream picture = File.Create(Path.Combine(folder, FileName));
        new DngFormat
        {
            WriteOptions = new DngWriteOptions { LosslessJpeg = true, Preview = false },
        }.Write(shot.Frame, picture);
        using FileStream list = File.Create(Path.Combine(folder, TruthName));
        DefectMap truth = shot.Truth.From(shot.Truth.Provenance with { Files = [FileName] });
        new CsvMap().Write(truth, list);
    }
}
