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

    /// <summary>The name that <c>--dialect</c> knows it by, among formats that share an extension; null where it shares none.</summary>
    public virtual string? Dialect => null;

    /// <summary>What its coordinates count from, unless the user says otherwise.</summary>
    public virtual MapOrigin UsualOrigin => MapOrigin.Full;

    /// <summary>Whether the format says by itself what its coordinates count from, so that nobody can say otherwise.</summary>
    public virtual bool OriginIsFixed => false;

    /// <summary>Whether what a file marks depends on when a frame was taken.</summary>
    public virtual bool DependsOnTime => false;

    /// <summary>Most photosites that a file has room for; null: any number.</summary>
    public virtual int? MostPhotosites => null;

    /// <summary>Whether maps are written in it as files of their own.</summary>
    public virtual bool IsWritten => !StandsInFrame;

    /// <summary>Whether its maps are part of a frame's file, which is needed to write one (<see cref="MapContext.Carrier"/>).</summary>
    public virtual bool StandsInFrame => false;

    /// <summary>Whether a file looks like one of this format, among those that share its extension.</summary>
    public virtual bool Matches(ReadOnlySpan<byte> file) => true;

    /// <summary>Reads a map.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="context">What the frame and the user say about it.</param>
    /// <exception cref="RawDataException">Malformed, for another geometry, or with a coordinate off the sensor; the message names the line.</exception>
    public abstract MapReading Read(ReadOnlyMemory<byte> file, MapContext context);

    /// <summary>Writes a map.</summary>
    /// <param name="map">What to write.</param>
    /// <param name="context">Where coordinates count from; without a size there, the map's own is a guess that is not written.</param>
    /// <param name="output">Receives the file.</param>
    /// <returns>What had to be left out, in words for the user.</returns>
    /// <exception cref="NotSupportedException">The format cannot hold this map, or is not written; the message says why.</exception>
    public abstract IReadOnlyList<string> Write(DefectMap map, MapContext context, Stream output);

    /// <summary>Reads a map for a sensor of the given geometry.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="width">Photosites per row of the frame it is for.</param>
    /// <param name="height">Rows of the frame it is for.</param>
    /// <param name="limits">Bounds on the file.</param>
    /// <exception cref="RawDataException">As <see cref="Read(ReadOnlyMemory{byte}, MapContext)"/>.</exception>
    public DefectMap Read(ReadOnlyMemory<byte> file, int width, int height, ReadLimits limits) =>
        Read(file, new MapContext { Size = (width, height), Limits = limits }).Map;

    /// <summary>Writes a map of a sensor whose size it knows.</summary>
    public void Write(DefectMap map, Stream output) => Write(map, new MapContext { Size = (map.Width, map.Height) }, output);
}
