using System.Text;
using PixelMend.Defects;
using PixelMend.Formats;
using PixelMend.Formats.Dng;
using PixelMend.Formats.Fits;
using PixelMend.Formats.RawDump;
using PixelMend.Frames;
using PixelMend.TestKit;

namespace PixelMend.Fuzz;

/// <summary>
/// Inputs to start from: small frames and maps in every variant that is written here, corners of the samples, and the small real and
/// hostile files where they are present. They are made when a campaign begins and never kept.
/// </summary>
internal static class Seeds
{
    /// <summary>Photosites per row of the sensor that maps are for.</summary>
    public const int MapWidth = 40;

    /// <summary>Rows of the sensor that maps are for.</summary>
    public const int MapHeight = 30;

    /// <summary>Longest file to start from: shorter ones run faster and leave mutations room to add.</summary>
    private const int FileBytes = 12 << 10;

    private const int CornerWidth = 21;
    private const int CornerHeight = 13;

    /// <summary>Files of a frame format.</summary>
    public static IEnumerable<byte[]> Frames(FrameFormat format)
    {
        FrameFormat[] writers =
            format is DngFormat
                ?
                [
                    format,
                    new DngFormat
                    {
                        WriteOptions = new DngWriteOptions { LosslessJpeg = true, TileSide = 16 },
                    },
                ]
                : [format];
        foreach (FrameFormat writer in writers)
        {
            foreach (RawFrame frame in Corners().Concat(Made()))
            {
                if (Written(output => writer.Write(frame, output)) is byte[] file)
                {
                    yield return file;
                }

                if (writer is DngFormat dng && frame.Codes is not null && Written(output => dng.Write(frame, output)) is byte[] plain)
                {
                    yield return Written(output => dng.WriteWithOpcodes(plain, Map(frame.Width, frame.Height), output))!;
                }
            }
        }

        foreach (string path in RealFiles())
        {
            byte[] file = File.ReadAllBytes(path);
            if (format.Matches(file.AsSpan(0, Math.Min(file.Length, FormatSet.HeadBytes)), path))
            {
                yield return file;
            }
        }
    }

    /// <summary>FITS files with tile-compressed images.</summary>
    public static IEnumerable<byte[]> Tiles() =>
        [.. RealFiles().Select(File.ReadAllBytes).Where(file => file.AsSpan().IndexOf("ZIMAGE"u8) >= 0), TiledImage()];

    /// <summary>A line with a geometry and the dump of it.</summary>
    public static IEnumerable<byte[]> Dumps(RawPacking packing)
    {
        (string Spec, int Bytes)[] dumps =
            packing == RawPacking.Mipi
                ?
                [
                    ("width=8,height=3,depth=10,cfa=RGGB", 30),
                    ("width=5,height=2,depth=12", 18),
                    ("width=9,height=1,depth=14,offset=1,stride=30", 31),
                ]
                :
                [
                    ("width=4,height=3,depth=8", 12),
                    ("width=3,height=2,depth=12,cfa=RG/GB,black=64,white=4095,endian=big", 12),
                    ("width=5,height=3,depth=16,cfa=XTRANS,offset=7,stride=12", 43),
                ];
        return dumps.Select(d =>
            (byte[])[.. Encoding.ASCII.GetBytes(d.Spec), (byte)'\n', .. Enumerable.Range(0, d.Bytes).Select(i => (byte)(i * 37))]
        );
    }

    /// <summary>Files of a map format.</summary>
    public static IEnumerable<byte[]> Maps(MapFormat format)
    {
        yield return Written(output => format.Write(Map(MapWidth, MapHeight), output))!;
        yield return Written(output => format.Write(DefectMap.Empty(MapWidth, MapHeight), output))!;
        foreach (string path in RealFiles().Where(p => format.Extensions.Contains(Path.GetExtension(p), StringComparer.OrdinalIgnoreCase)))
        {
            yield return File.ReadAllBytes(path);
        }

        if (format is FitsMask)
        {
            var samples = new Plane<ushort>(MapWidth, MapHeight);
            samples[3, 4] = 1;
            yield return Written(output => new FitsFormat().Write(new RawFrame(samples, 16, CfaPattern.Mono, new Levels(0, 1)), output))!;
        }
        else
        {
            yield return "3,4\n5,6,dead\n"u8.ToArray();
            yield return "# geometry 40x30\r\nheight,y,x,width,kind\r\n1,2,3,\"4\",hot+noisy\r\n"u8.ToArray();
        }
    }

    /// <summary>Real and hostile files that are small enough.</summary>
    private static IEnumerable<string> RealFiles() =>
        RealData.Folder is string folder
            ? Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(path => new FileInfo(path).Length is > 0 and <= FileBytes)
                .Order(StringComparer.Ordinal)
            : [];

    /// <summary>Top left corners of the samples: real headers' variety with few photosites.</summary>
    private static IEnumerable<RawFrame> Corners() =>
        Directory
            .GetFiles(Path.Combine(Checkout.Root, "samples"), "*.dng")
            .Order(StringComparer.Ordinal)
            .Select(path => Corner(new DngFormat().Read(File.ReadAllBytes(path), ReadOptions.Default)));

    private static RawFrame Corner(RawFrame frame)
    {
        var codes = new Plane<ushort>(CornerWidth, CornerHeight);
        for (int y = 0; y < codes.Height; y++)
        {
            frame.Codes!.Row(y)[..codes.Width].CopyTo(codes.Row(y));
        }

        return new RawFrame(codes, frame.BitDepth, frame.Cfa, new Levels(frame.Levels.Black(0, 0), frame.Levels.White(0, 0)))
        {
            Info = frame.Info,
        };
    }

    /// <summary>Depths, and floats, that no sample has.</summary>
    private static IEnumerable<RawFrame> Made()
    {
        var bytes = new Plane<ushort>(7, 5);
        var values = new Plane<float>(6, 4);
        for (int i = 0; i < bytes.Samples.Length; i++)
        {
            bytes.Samples[i] = (byte)(i * 53);
        }

        for (int i = 0; i < values.Samples.Length; i++)
        {
            values.Samples[i] = i % 5 == 0 ? float.NaN : i * 1.5f;
        }

        yield return new RawFrame(bytes, 8, CfaPattern.Mono, new Levels(0, 255));
        yield return new RawFrame(values, CfaPattern.Mono, new Levels(0, 50));
    }

    private static DefectMap Map(int width, int height)
    {
        var map = new DefectMap.Builder(width, height)
        {
            Provenance = new MapProvenance
            {
                Files = ["a.dng"],
                Algorithm = "model",
                Parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["threshold"] = "4" },
            },
        };
        map.Add(new Defect(1, 2, DefectKind.Hot, 12.5f, 0.75f));
        map.Add(new Defect(5, 2, DefectKind.Dead | DefectKind.Noisy, 3, 1));
        map.Add(new DefectRegion(new Area(3, 0, 1, height), DefectKind.Stuck));
        return map.Build();
    }

    /// <summary>One row in one tile that GZIP_1 coded: enough to lead the checks to the end.</summary>
    private static byte[] TiledImage()
    {
        string[] cards =
        [
            "XTENSION= 'BINTABLE'",
            "BITPIX  = 8",
            "NAXIS   = 2",
            "NAXIS1  = 8",
            "NAXIS2  = 1",
            "PCOUNT  = 24",
            "GCOUNT  = 1",
            "TFIELDS = 1",
            "TTYPE1  = 'COMPRESSED_DATA'",
            "TFORM1  = '1PB(24)'",
            "ZIMAGE  = T",
            "ZBITPIX = 16",
            "ZNAXIS  = 2",
            "ZNAXIS1 = 2",
            "ZNAXIS2 = 1",
            "ZCMPTYPE= 'GZIP_1'",
            "END",
        ];
        byte[] tile = Written(output =>
        {
            using var gzip = new System.IO.Compression.GZipStream(output, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true);
            gzip.Write([0, 1, 0, 2]);
        })!;
        byte[] heap = [.. tile, .. new byte[Math.Max(0, 24 - tile.Length)]];
        return
        [
            .. Block("SIMPLE  = T", "BITPIX  = 8", "NAXIS   = 0", "END"),
            .. Block(cards),
            0,
            0,
            0,
            (byte)tile.Length,
            0,
            0,
            0,
            0,
            .. heap,
        ];
    }

    private static byte[] Block(params string[] cards) =>
        Encoding.ASCII.GetBytes(string.Concat(cards.Select(c => c.PadRight(80))).PadRight(2880));

    /// <summary>What was written; null where the format cannot hold it.</summary>
    private static byte[]? Written(Action<Stream> write)
    {
        using var output = new MemoryStream();
        try
        {
            write(output);
            return output.ToArray();
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }
}
