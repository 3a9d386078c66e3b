using System.Runtime.InteropServices;
using PixelMend.Formats.Tiff;
using PixelMend.Frames;

namespace PixelMend.Formats.Dng;

/// <summary>A fresh DNG 1.4 file, little-endian, one directory, from any frame.</summary>
internal static class DngWriter
{
    private const ushort ColorFilterArray = 32803;
    private const ushort LinearRaw = 34892;
    private const ushort D65 = 21;

    /// <summary>XYZ to linear sRGB under D65 (IEC 61966-2-1): a neutral stand-in where no camera was measured.</summary>
    private static readonly double[] XyzToRgb = [3.2406, -1.5372, -0.4986, -0.9689, 1.8758, 0.0415, 0.0557, -0.2040, 1.0570];

    /// <summary>Writes the file.</summary>
    /// <exception cref="NotSupportedException">The mosaic has filters that DNG has no code for.</exception>
    public static void Write(RawFrame frame, DngWriteOptions options, Stream output)
    {
        var tiff = new TiffBuilder();
        CfaPattern cfa = frame.Cfa.Shift(frame.ActiveArea.Left, frame.ActiveArea.Top);
        bool jpeg = options.LosslessJpeg && frame.Codes is not null;
        SetImage(tiff, frame, jpeg);
        SetCamera(tiff, frame);
        SetMosaic(tiff, cfa);
        DngLevelWriter.Set(tiff, frame);
        SetAreas(tiff, frame);
        if (jpeg)
        {
            uint side = (uint)options.TileSide;
            tiff.SetLong(TiffTag.TileWidth, side);
            tiff.SetLong(TiffTag.TileLength, side);
            tiff.Write(
                DngSamples.LosslessTiles(frame.Codes!, StoredBits(frame), cfa, options.TileSide),
                TiffTag.TileOffsets,
                TiffTag.TileByteCounts,
                output
            );
            return;
        }

        tiff.SetLong(TiffTag.RowsPerStrip, (uint)frame.Height);
        byte[] strip = frame.Codes is null
            ? MemoryMarshal.AsBytes(frame.Values!.Samples.AsSpan()).ToArray()
            : DngSamples.Packed(frame.Codes, StoredBits(frame));
        tiff.Write([strip], TiffTag.StripOffsets, TiffTag.StripByteCounts, output);
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
        tiff.Set(TiffTag.Orientation, 1);
        tiff.Set(TiffTag.DngVersion, TiffType.Byte, [1, 4, 0, 0]);
        tiff.Set(TiffTag.DngBackwardVersion, TiffType.Byte, frame.Codes is null ? [1, 4, 0, 0] : [1, 1, 0, 0]);
    }

    private static void SetCamera(TiffBuilder tiff, RawFrame frame)
    {
        FrameInfo info = frame.Info;
        tiff.Set(TiffTag.ImageDescription, info.Description);
        tiff.Set(TiffTag.Make, info.Make);
        tiff.Set(TiffTag.Model, info.Model);
        tiff.Set(TiffTag.Software, "PixelMend");
        tiff.Set(TiffTag.UniqueCameraModel, info.Model is null ? "Unknown camera" : Unique(info.Make, info.Model));
        tiff.Set(TiffTag.CameraSerialNumber, info.Serial);
        tiff.Set(TiffTag.DateTime, info.CaptureTime?.ToString("yyyy:MM:dd HH:mm:ss"));
        if (info.ExposureSeconds is { } exposure)
        {
            tiff.SetRational(TiffTag.ExposureTime, signed: false, exposure);
        }

        if (info.Iso is >= 1 and <= ushort.MaxValue and { } iso)
        {
            tiff.Set(TiffTag.IsoSpeedRatings, (ushort)Math.Round(iso));
        }

        if (info.Noise.Count > 0)
        {
            double[] profile = [.. info.Noise.SelectMany(n => (double[])[n.Scale, n.Offset])];
            tiff.Set(TiffTag.NoiseProfile, TiffType.Double, MemoryMarshal.AsBytes(profile.AsSpan()));
        }
    }

    private static string Unique(string? make, string model) =>
        make is null || model.StartsWith(make, StringComparison.OrdinalIgnoreCase) ? model : $"{make} {model}";

    private static void SetMosaic(TiffBuilder tiff, CfaPattern cfa)
    {
        tiff.Set(TiffTag.Photometric, cfa.IsMono ? LinearRaw : ColorFilterArray);
        if (cfa.IsMono)
        {
            return;
        }

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
        tiff.SetRational(TiffTag.ColorMatrix1, signed: true, ColorMatrix(planes));
        tiff.SetRational(TiffTag.AsShotNeutral, signed: false, [.. planes.Select(_ => 1.0)]);
        tiff.Set(TiffTag.CalibrationIlluminant1, D65);
    }

    /// <summary>One row per plane: red, green and blue as they are, complementary and white filters as mixtures of them.</summary>
    private static double[] ColorMatrix(byte[] planes)
    {
        double[][] mixtures =
        [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
            [0, .5, .5],
            [.5, 0, .5],
            [.5, .5, 0],
            [1 / 3d, 1 / 3d, 1 / 3d],
        ];
        return
        [
            .. planes.SelectMany(p =>
                Enumerable.Range(0, 3).Select(c => Math.Round(Enumerable.Range(0, 3).Sum(k => mixtures[p][k] * XyzToRgb[(3 * k) + c]), 4))
            ),
        ];
    }

    private static void SetAreas(TiffBuilder tiff, RawFrame frame)
    {
        Area active = frame.ActiveArea;
        tiff.SetLong(TiffTag.ActiveArea, (uint)active.Top, (uint)active.Left, (uint)active.Bottom, (uint)active.Right);
        tiff.SetLong(TiffTag.DefaultCropOrigin, 0, 0);
        tiff.SetLong(TiffTag.DefaultCropSize, (uint)active.Width, (uint)active.Height);
        if (frame.MaskedAreas.Count > 0)
        {
            tiff.SetLong(
                TiffTag.MaskedAreas,
                [.. frame.MaskedAreas.SelectMany(m => (uint[])[(uint)m.Top, (uint)m.Left, (uint)m.Bottom, (uint)m.Right])]
            );
        }
    }
}
