using System.Numerics;
using PixelMend.Formats;
using PixelMend.Formats.Tiff;
using PixelMend.Frames;

namespace PixelMend.LibRaw;

/// <summary>
/// Cameras' own RAW files, through LibRaw: the whole sensor, masked borders included, as <c>dcraw -E -4</c> has it. Repaired frames go to DNG;
/// files whose samples stand uncompressed in a TIFF container can also be copied with nothing but samples changed.
/// </summary>
public sealed class CameraRawFormat : FrameFormat
{
    /// <summary>Name in messages.</summary>
    internal const string FormatName = "camera RAW";

    /// <summary>No coding of camera RAW puts more samples into a byte of noisy picture; what claims more is no picture.</summary>
    private const int MostSamplesPerByte = 32;

    /// <summary>Small files may claim this many samples all the same.</summary>
    private const int AlwaysAllowed = 1 << 20;

    private const int MostMaskedAreas = 8;

    /// <inheritdoc/>
    public override string Name => FormatName;

    /// <inheritdoc/>
    public override string Summary =>
        "Read: mosaics and mono of all cameras that LibRaw knows, whole sensor. Repaired frames go to DNG; uncompressed TIFF-like files are rewritten "
        + "in place on demand (--in-kind).";

    /// <inheritdoc/>
    public override string Part => LibRawLibrary.Description;

    /// <inheritdoc/>
    public override string StandInExtension => ".dng";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions => CameraSignature.Extensions;

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> head, string name) => CameraSignature.IsIn(head, name);

    /// <inheritdoc/>
    public override RawFrame Read(ReadOnlyMemory<byte> file, ReadOptions options)
    {
        using var camera = new CameraFile(file);
        LibRawLayout layout = camera.Layout;
        var notes = new List<string>();
        Area visible = CheckedArea(camera, file.Length, options.Limits);
        CameraMosaic mosaic = CameraMosaic.Of(camera, visible);
        var declared = new CameraLevels(camera, mosaic, visible);
        Plane<ushort> samples = camera.Unpack();
        Require(visible == VisibleArea(camera), RawDataError.Malformed, "its size changes while it is decoded");
        Require(camera.UInt16(layout.FujiWidth) == 0, RawDataError.Unsupported, "the photosites are not arranged in rows and columns");
        var levels = new CameraLevels(camera, mosaic, visible);
        if (!levels.SameAs(declared))
        {
            notes.Add($"Black level {levels} was measured on the masked border; the file says {declared}.");
        }

        return new RawFrame(samples, Depth(camera, samples), mosaic.Pattern, levels.With(camera.Int32(layout.Maximum)))
        {
            ActiveArea = visible,
            MaskedAreas = MaskedAreas(camera, samples.Width, samples.Height),
            Info = CameraInfo.Read(camera, file, mosaic, visible, notes),
        };
    }

    /// <summary>Copies the file with only the changed samples' bits changed, where its container allows that.</summary>
    /// <exception cref="RawDataException">It does not; the message says why.</exception>
    public override void Rewrite(
        ReadOnlyMemory<byte> original,
        RawFrame frame,
        IReadOnlyList<SampleChange> changes,
        ReadOptions options,
        Stream output
    ) => CameraTiff.Rewrite(original, frame, changes, options.Limits, FormatName, output);

    /// <inheritdoc/>
    public override void Write(RawFrame frame, Stream output) =>
        throw new NotSupportedException($"new {FormatName} files cannot be written; write DNG");

    /// <summary>The visible area, once the sensor's size is known to be possible; nothing is allocated on its word before.</summary>
    private static Area CheckedArea(CameraFile camera, int fileLength, ReadLimits limits)
    {
        (int width, int height) = (camera.UInt16(camera.Layout.RawWidth), camera.UInt16(camera.Layout.RawHeight));
        limits.CheckSize(FormatName, width, height);
        long most = Math.Max(AlwaysAllowed, (long)fileLength * MostSamplesPerByte);
        Require(
            (long)width * height <= most,
            RawDataError.Malformed,
            $"{width} × {height} samples cannot be held by a file of {fileLength} bytes"
        );
        Area visible = VisibleArea(camera);
        Require(
            visible.Count > 0 && visible.ClipTo(width, height) == visible,
            RawDataError.Unsupported,
            $"its visible area of {visible.Width} × {visible.Height} is not part of the {width} × {height} sensor"
        );
        return visible;
    }

    private static Area VisibleArea(CameraFile camera)
    {
        LibRawLayout layout = camera.Layout;
        return new Area(
            camera.UInt16(layout.LeftMargin),
            camera.UInt16(layout.TopMargin),
            camera.UInt16(layout.Width),
            camera.UInt16(layout.Height)
        );
    }

    /// <summary>Top, left, bottom, right of each; unused ones are empty.</summary>
    private static Area[] MaskedAreas(CameraFile camera, int width, int height)
    {
        var areas = new List<Area>();
        for (int i = 0; i < MostMaskedAreas; i++)
        {
            int at = camera.Layout.Masks + (16 * i);
            (int top, int left, int bottom, int right) = (Side(0), Side(1), Side(2), Side(3));
            if (top >= 0 && left >= 0 && bottom > top && right > left && bottom <= height && right <= width)
            {
                areas.Add(new Area(left, top, right - left, bottom - top));
            }

            int Side(int index) => camera.Int32(at + (4 * index));
        }

        return [.. areas];
    }

    /// <summary>Bits that hold every sample and the white level: tables may expand what the converter gave.</summary>
    private static int Depth(CameraFile camera, Plane<ushort> samples)
    {
        uint all = (uint)Math.Clamp(camera.Int32(camera.Layout.Maximum), 1, ushort.MaxValue);
        foreach (ushort sample in samples.Samples)
        {
            all |= sample;
        }

        int needed = 32 - BitOperations.LeadingZeroCount(all);
        return (int)Math.Clamp(camera.UInt32(camera.Layout.RawBits), (uint)needed, 16u);
    }

    private static void Require(bool condition, RawDataError error, string reason)
    {
        if (!condition)
        {
            throw new RawDataException(error, FormatName, reason);
        }
    }
}
