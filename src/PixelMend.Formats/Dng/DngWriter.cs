using System.Runtime.InteropServices;
using PixelMend.Formats.Tiff;
using PixelMend.Frames;

namespace PixelMend.Formats.Dng;

/// <summary>A fresh DNG 1.4 file, little-endian, from any frame: a small picture with all that concerns the camera, and the raw image below it.</summary>
internal static class DngWriter
{
    private const ushort ColorFilterArray = 32803;
    private const ushort LinearRaw = 34892;

    /// <summary>Writes the file.</summary>
    /// <exception cref="NotSupportedException">The mosaic has filters that DNG has no code for.</exception>
    public static void Write(RawFrame frame, DngWriteOptions options, Stream output)
    {
        var raw = new TiffBuilder();
        TiffBuilder main = options.Preview ? new TiffBuilder() : raw;
        CfaPattern cfa = frame.Cfa.Shift(frame.ActiveArea.Left, frame.ActiveArea.Top);
        bool jpeg = options.LosslessJpeg && frame.Codes is not null;
        Area shown = Shown(frame);
        SetVersion(main, frame);
        SetImage(raw, frame, jpeg);
        DngCameraWriter.Set(main, raw, frame.Info);
        DngColor? color = cfa.IsMono ? null : SetMosaic(raw, cfa, frame.Info);
        if (color is not null)
        {
            DngColorWriter.Set(main, color);
        }

        DngLevelWriter.Set(raw, frame);
        SetAreas(raw, frame, shown);
        SetSamples(raw, frame, cfa, jpeg ? options.TileSide : 0);
        if (options.Preview)
        {
            DngPreview.Set(main, frame, shown, color);
            main.Set(TiffTag.SubIfds, raw);
        }

        main.Write(output);
    }

    private static void SetSamples(TiffBuilder raw, RawFrame frame, CfaPattern cfa, int tileSide)
    {
        if (tileSide > 0)
        {
            SetLossless(raw, frame.Codes!, StoredBits(frame), cfa, tileSide);
            return;
        }

        raw.SetLong(TiffTag.RowsPerStrip, (uint)frame.Height);
        byte[] strip = frame.Codes is null
            ? MemoryMarshal.AsBytes(frame.Values!.Samples.AsSpan()).ToArray()
            : BitPacking.Pack(frame.Codes, StoredBits(frame));
        raw.SetSegments([strip], TiffTag.StripOffsets, TiffTag.StripByteCounts);
    }

    /// <summary>Tiles, or strips where one tile would be wider than the image: dcraw misreads that.</summary>
    private static void SetLossless(TiffBuilder raw, Plane<ushort> codes, int bits, CfaPattern cfa, int side)
    {
        bool tiled = codes.Width > side;
        int width = tiled ? side : codes.Width;
        int height = tiled ? side : Math.Min(side, codes.Height);
        List<byte[]> segments = LosslessJpegSegments.Encode(codes, bits, cfa, width, height, fillUp: tiled);
        if (tiled)
        {
            raw.SetLong(TiffTag.TileWidth, (uint)width);
            raw.SetLong(TiffTag.TileLength, (uint)height);
            raw.SetSegments(segments, TiffTag.TileOffsets, TiffTag.TileByteCounts);
        }
        else
        {
            raw.SetLong(TiffTag.RowsPerStrip, (uint)height);
            raw.SetSegments(segments, TiffTag.StripOffsets, TiffTag.StripByteCounts);
        }
    }

    /// <summary>Depths that every reader knows; others are stored in 16 bits.</summary>
    private static int StoredBits(RawFrame frame) =>
        frame.BitDepth switch
        {
            <= 8 => 8,
            10 or 12 or 14 => frame.BitDepth,
            _ => 16,
        };

    private static void SetImage(TiffBuilder tiff, RawFrame frame, bool jpeg)
    {
        tiff.SetLong(TiffTag.NewSubfileType, 0);
        tiff.SetLong(TiffTag.ImageWidth, (uint)frame.Width);
        tiff.SetLong(TiffTag.ImageLength, (uint)frame.Height);
        tiff.Set(TiffTag.BitsPerSample, (ushort)(frame.Codes is null ? 32 : StoredBits(frame)));
        tiff.Set(TiffTag.SampleFormat, (ushort)(frame.Codes is null ? 3 : 1));
        tiff.Set(TiffTag.Compression, (ushort)(jpeg ? 7 : 1));
        tiff.Set(TiffTag.SamplesPerPixel, 1);
        tiff.Set(TiffTag.PlanarConfiguration, 1);
        tiff.Set(TiffTag.Photometric, frame.Cfa.IsMono ? LinearRaw : ColorFilterArray);
    }

    private static void SetVersion(TiffBuilder tiff, RawFrame frame)
    {
        tiff.Set(TiffTag.DngVersion, TiffType.Byte, [1, 4, 0, 0]);
        tiff.Set(TiffTag.DngBackwardVersion, TiffType.Byte, frame.Codes is null ? [1, 4, 0, 0] : [1, 1, 0, 0]);
    }

    private static DngColor SetMosaic(TiffBuilder tiff, CfaPattern cfa, FrameInfo info)
    {
        // DNG lists the planes in the order of their first appearance among its colour codes; red, green and blue always come first.
        var codes = new byte[cfa.PhaseCount];
        for (int i = 0; i < codes.Length; i++)
        {
            int code = CfaTags.Letters.IndexOf((char)cfa[i % cfa.Width, i / cfa.Width]);
            codes[i] =
                code >= 0
                    ? (byte)code
                    : throw new NotSupportedException($"DNG has no code for the filter '{(char)cfa[i % cfa.Width, i / cfa.Width]}'.");
        }

        byte[] planes = [.. codes.Distinct().Order()];
        tiff.Set(TiffTag.CfaRepeatPatternDim, (ushort)cfa.Height, (ushort)cfa.Width);
        tiff.Set(TiffTag.CfaPattern, TiffType.Byte, codes);
        tiff.Set(TiffTag.CfaPlaneColor, TiffType.Byte, planes);
        tiff.Set(TiffTag.CfaLayout, 1);
        return DngColor.Of(planes, info);
    }

    /// <summary>The part that programs are to show.</summary>
    private static Area Shown(RawFrame frame) =>
        frame.Info.DefaultCrop is { } crop && Holds(frame.ActiveArea, crop) ? crop : frame.ActiveArea;

    private static void SetAreas(TiffBuilder tiff, RawFrame frame, Area crop)
    {
        Area active = frame.ActiveArea;
        tiff.SetLong(TiffTag.ActiveArea, (uint)active.Top, (uint)active.Left, (uint)active.Bottom, (uint)active.Right);
        tiff.SetLong(TiffTag.DefaultCropOrigin, (uint)(crop.Left - active.Left), (uint)(crop.Top - active.Top));
        tiff.SetLong(TiffTag.DefaultCropSize, (uint)crop.Width, (uint)crop.Height);
        if (frame.MaskedAreas.Count > 0)
        {
            tiff.SetLong(
                TiffTag.MaskedAreas,
                [.. frame.MaskedAreas.SelectMany(m => (uint[])[(uint)m.Top, (uint)m.Left, (uint)m.Bottom, (uint)m.Right])]
            );
        }
    }

    private static bool Holds(Area outer, Area inner) =>
        inner.Count > 0 && inner.Left >= outer.Left && inner.Top >= outer.Top && inner.Right <= outer.Right && inner.Bottom <= outer.Bottom;
}
