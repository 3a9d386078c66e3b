using PixelMend.Defects;

namespace PixelMend.Formats;

/// <summary>A file format of defect maps. Adding one is one new class and one line in <see cref="FormatSet"/>.</summary>
public abstract class MapFormat
{
    /// <summary>Short name, as in messages and <c>pixelmend formats</c>.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence: what is kept and what is lost.</summary>
    public abstract string Summary { get; }

    /// <summary>File name extensions with their dot, lower case; the first is the usual one.</summary>
    public abstract IReadOnlyList<string> Extensions { get; }

    /// <summary>Reads a map for a sensor of the given geometry.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="width">Photosites per row of the frame it is for.</param>
    /// <param name="height">Rows of the frame it is for.</param>
    /// <param name="limits">Bounds on the file.</param>
    /// <exception cref="RawDataException">Malformed, for another geometry, or with a coordinate off the sensor; the message names the line.</exception>
    public abstract DefectMap Read(ReadOnlyMemory<byte> file, int width, int height, ReadLimits limits);

    /// <summary>Writes a map.</summary>
    public abstract void Write(DefectMap map, Stream output);
}
