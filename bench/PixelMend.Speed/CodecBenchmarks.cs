using BenchmarkDotNet.Attributes;
using PixelMend.Formats;
using PixelMend.Formats.Dng;
using PixelMend.Formats.RawDump;
using PixelMend.Formats.Tiff;
using PixelMend.Frames;

namespace PixelMend.Speed;

/// <summary>Samples to and from the bytes of files, 24 megapixels, one thread, beside a copy of the samples.</summary>
public class CodecBenchmarks
{
    private RawFrame frame = null!;
    private Plane<ushort> target = null!;
    private byte[] losslessJpeg = [];
    private byte[] packed12 = [];
    private byte[] packed14 = [];
    private byte[] mipi = [];
    private byte[] fits = [];
    private byte[] ser = [];
    private byte[] png = [];
    private DumpRows mipiRows = null!;

    /// <summary>Makes the files.</summary>
    [GlobalSetup]
    public void Setup()
    {
        frame = SpeedFrames.Of(24);
        target = new Plane<ushort>(frame.Width, frame.Height);
        losslessJpeg = Written(new DngFormat { WriteOptions = new DngWriteOptions { LosslessJpeg = true } });
        packed12 = BitPacking.Pack(frame.Codes!, 12);
        packed14 = BitPacking.Pack(frame.Codes!, 14);
        fits = Written(FormatSet.FrameFormatForWriting("a.fits"));
        ser = Written(FormatSet.FrameFormatForWriting("a.ser"));
        png = Written(FormatSet.FrameFormatForWriting("a.png"));
        RawSpec spec = RawSpec.Parse($"width={frame.Width},height={frame.Height},depth=12,cfa=RGGB,packing=mipi");
        mipiRows = new DumpRows(spec);
        mipi = new byte[mipiRows.FrameBytes];
    }

    /// <summary>Copies the samples.</summary>
    [Benchmark(Baseline = true, Description = "copy")]
    public void Copy() => frame.Codes!.Samples.AsSpan().CopyTo(target.Samples);

    /// <summary>Decodes tiles of lossless JPEG.</summary>
    [Benchmark(Description = "lossless JPEG, decode")]
    public void DecodeJpeg() => DngImage.Open(losslessJpeg, ReadLimits.Default).ReadCodes();

    /// <summary>Encodes them.</summary>
    [Benchmark(Description = "lossless JPEG, encode")]
    public void EncodeJpeg() => LosslessJpegSegments.Encode(frame.Codes!, frame.BitDepth, frame.Cfa, width: 256, height: 256, fillUp: true);

    /// <summary>Unpacks 12-bit samples.</summary>
    [Benchmark(Description = "12 bits packed, unpack")]
    public void Unpack12() => Unpack(packed12, 12);

    /// <summary>Unpacks 14-bit samples.</summary>
    [Benchmark(Description = "14 bits packed, unpack")]
    public void Unpack14() => Unpack(packed14, 14);

    /// <summary>Unpacks MIPI CSI-2 RAW12.</summary>
    [Benchmark(Description = "MIPI RAW12, unpack")]
    public void UnpackMipi() => mipiRows.Decode(mipi, target);

    /// <summary>Reads FITS, whose samples are big-endian and signed.</summary>
    [Benchmark(Description = "FITS 16 bits, read")]
    public RawFrame ReadFits() => FormatSet.FrameFormatForWriting("a.fits").Read(fits, ReadOptions.Default);

    /// <summary>Reads a SER video's first frame.</summary>
    [Benchmark(Description = "SER, read")]
    public RawFrame ReadSer() => FormatSet.FrameFormatForWriting("a.ser").Read(ser, ReadOptions.Default);

    /// <summary>Reads a PNG; nearly all of it is zlib's.</summary>
    [Benchmark(Description = "PNG 16 bits, read")]
    public RawFrame ReadPng() => FormatSet.FrameFormatForWriting("a.png").Read(png, ReadOptions.Default);

    private void Unpack(byte[] packed, int bits)
    {
        int stride = BitPacking.RowBytes(target.Width, bits);
        for (int y = 0; y < target.Height; y++)
        {
            BitPacking.Unpack(packed.AsSpan(y * stride, stride), bits, target.Row(y));
        }
    }

    private byte[] Written(FrameFormat format)
    {
        using var stream = new MemoryStream();
        format.Write(frame, stream);
        return stream.ToArray();
    }
}
