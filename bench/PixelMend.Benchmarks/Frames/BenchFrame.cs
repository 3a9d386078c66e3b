using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Frames;

/// <summary>A frame under its name in the tables.</summary>
internal sealed record BenchFrame(string Name, RawFrame Frame)
{
    /// <summary>Reads a file in any format that PixelMend reads.</summary>
    public static BenchFrame Read(string name, string path, ReadOptions options)
    {
        byte[] file = File.ReadAllBytes(path);
        return new BenchFrame(name, FormatSet.FrameFormatFor(file, path, options).Read(file, options));
    }
}
