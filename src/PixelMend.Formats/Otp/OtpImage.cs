using System.Buffers.Binary;
using System.IO.Hashing;
using PixelMend.Defects;
using PixelMend.Formats.Maps;
using PixelMend.Frames;

namespace PixelMend.Formats.Otp;

/// <summary>
/// The content of a sensor's one-time-programmable memory, whose bits can be programmed once and never back: a header, then records, appended
/// as the sensor ages, then free bytes. The layout stands in docs/formats/otp.md.
/// </summary>
public sealed class OtpImage
{
    /// <summary>Bytes of the header.</summary>
    public const int HeaderLength = 16;

    /// <summary>Bytes of a record beside its entries.</summary>
    public const int RecordOverhead = RecordHeader + ChecksumLength;

    /// <summary>Largest image; parts have a few kilobytes.</summary>
    public const int MostBytes = 1 << 20;

    internal const string FormatName = "OTP image";
    private const byte Free = 0xFF;
    private const byte Version = 1;

    /// <summary>Version of records whose entries have a severity each.</summary>
    private const byte SeverityVersion = 2;
    private const int RecordHeader = 8;
    private const int ChecksumLength = 4;
    private const int MostInRecord = ushort.MaxValue - 1;

    /// <summary>Bytes checked in vain, per byte of the image, before a damaged image is given up.</summary>
    private const int MostTries = 64;

    // Always as of an erased value of ones: memories of the other polarity hold the complement.
    private readonly byte[] data;
    private readonly bool erasedIsZero;

    private OtpImage(byte[] data, bool erasedIsZero)
    {
        this.data = data;
        this.erasedIsZero = erasedIsZero;
        Width = BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(6)) + 1;
        Height = BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(8)) + 1;
    }

    /// <summary>Photosites per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Bytes in all.</summary>
    public int Size => data.Length;

    /// <summary>Whether the newest record keeps severities; an update does as it does.</summary>
    public bool KeepsSeverity => Records().Records is [.., { KeepsSeverity: true }];

    /// <summary>Bytes not programmed yet.</summary>
    public int FreeBytes => data.Length - End(Records().Records);

    private static ReadOnlySpan<byte> Magic => "PMOT"u8;

    private static ReadOnlySpan<byte> RecordMark => "DR"u8;

    /// <summary>Opens an image of either polarity.</summary>
    /// <exception cref="RawDataException">It has no header that is whole, or is too large.</exception>
    public static OtpImage Open(ReadOnlySpan<byte> image)
    {
        if (image.Length > MostBytes)
        {
            throw new RawDataException(
                RawDataError.LimitExceeded,
                FormatName,
                $"the image has {image.Length} bytes, more than the limit of {MostBytes}"
            );
        }

        byte[] plain = image.ToArray();
        byte[] inverse = Inverse(plain);
        bool isZero = inverse.AsSpan().StartsWith(Magic);
        byte[] content = isZero ? inverse : plain;
        string? reason =
            !content.AsSpan().StartsWith(Magic) ? "it does not begin with PMOT, in neither polarity"
            : content.Length < HeaderLength ? $"the header of {HeaderLength} bytes ends after {content.Length}"
            : BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(12)) != Crc32.HashToUInt32(content.AsSpan(0, 12))
                ? "the header's checksum is wrong"
            : null;
        if (reason is not null)
        {
            throw new RawDataException(RawDataError.Malformed, FormatName, reason, 0);
        }

        return content[4] == Version
            ? new OtpImage(content, isZero)
            : throw new RawDataException(RawDataError.Unsupported, FormatName, $"version {content[4]} is not known, only {Version}", 4);
    }

    /// <summary>An image without records.</summary>
    /// <param name="size">Bytes of the memory.</param>
    /// <param name="width">Photosites per row, up to 65,536.</param>
    /// <param name="height">Rows, up to 65,536.</param>
    /// <param name="cfa">The mosaic, whose phase is recorded where it is Bayer; null: unknown.</param>
    /// <param name="erasedIsZero">Whether bits start at 0 and are programmed to 1.</param>
    public static OtpImage Create(int size, int width, int height, CfaPattern? cfa = null, bool erasedIsZero = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, HeaderLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MostBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, ushort.MaxValue + 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, ushort.MaxValue + 1);
        byte[] content = new byte[size];
        content.AsSpan().Fill(Free);
        Magic.CopyTo(content);
        content[4] = Version;
        content[5] = PhaseCode(cfa);
        BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(6), (ushort)(width - 1));
        BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(8), (ushort)(height - 1));
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(12), Crc32.HashToUInt32(content.AsSpan(0, 12)));
        return new OtpImage(content, erasedIsZero);
    }

    /// <summary>The bytes as the memory holds them.</summary>
    public byte[] ToBytes() => erasedIsZero ? Inverse(data) : [.. data];

    /// <summary>
    /// Appends what a map holds beyond the image: the most severe defects where not all fit.
    /// Nothing that is programmed already is touched, and no bit goes back.
    /// </summary>
    /// <param name="map">Of the sensor's size.</param>
    /// <param name="withSeverity">Whether severities are kept, at five bits an entry; null: as the newest record does.</param>
    /// <returns>The new image, the defects appended, and those left out for want of room.</returns>
    /// <exception cref="ArgumentException">The map is for another geometry.</exception>
    public (OtpImage Image, int Added, int LeftOut) Program(DefectMap map, bool? withSeverity = null)
    {
        bool keeps = withSeverity ?? KeepsSeverity;
        DefectRegion[] missing = Missing(map);
        byte[] after = [.. data];
        (List<Record> records, _) = Records();
        int at = End(records);
        byte sequence = (byte)(records.Count == 0 ? 0 : Math.Min(records[^1].Sequence + 1, byte.MaxValue));
        int added = 0;
        while (added < missing.Length)
        {
            int room = Math.Min(MostInRecord, after.Length - at - RecordOverhead);
            (int count, byte[] payload) = MostThatFit(missing.AsSpan(added), room, keeps);
            if (count == 0)
            {
                break;
            }

            WriteRecord(after.AsSpan(at), payload, count, sequence, keeps ? SeverityVersion : Version);
            at += payload.Length + RecordOverhead;
            added += count;
        }

        var image = new OtpImage(after, erasedIsZero);
        OneWay.Check(ToBytes(), image.ToBytes(), erasedIsZero);
        return (image, added, missing.Length - added);
    }

    /// <summary>The defects of all records.</summary>
    /// <exception cref="RawDataException">A record is wrong although its checksum is right, or lies off the sensor the user names.</exception>
    public MapReading Read(MapFormat format, MapContext context)
    {
        var map = new MapAssembly(format, context) { RepeatsAreUsual = true };
        map.CheckGeometry(Width, Height);
        (List<Record> records, int damaged) = Records();
        for (int i = 0; i < records.Count; i++)
        {
            ReadOnlySpan<byte> payload = data.AsSpan(records[i].Offset + RecordHeader, records[i].PayloadLength);
            OtpEntries.Decode(payload, records[i].Count, Width, records[i].KeepsSeverity, map, i);
        }

        if (damaged > 0)
        {
            map.Note($"{damaged} bytes belong to no whole record: programming was torn, or the image is damaged there.");
        }

        return map.Build(new MapProvenance { Algorithm = FormatName });
    }

    /// <summary>Defects that the image lacks or knows with other kinds, the most severe first.</summary>
    private DefectRegion[] Missing(DefectMap map)
    {
        if (map.Width != Width || map.Height != Height)
        {
            throw new ArgumentException(
                $"A map of a {map.Width} × {map.Height} sensor does not fit the memory of one of {Width} × {Height}.",
                nameof(map)
            );
        }

        DefectMap known = Read(new OtpMap(), new MapContext { Size = (Width, Height) }).Map;
        Dictionary<(int, int), DefectKind> points = known.AllPhotosites().ToDictionary(p => (p.X, p.Y), p => p.Kind);
        ILookup<Area, DefectKind> regions = known.Regions.ToLookup(r => r.Area, r => r.Kind);
        IEnumerable<DefectRegion> newPoints = map
            .Points.Where(p => !points.TryGetValue((p.X, p.Y), out DefectKind kind) || (p.Kind & ~kind) != DefectKind.Unknown)
            .Select(p => new DefectRegion(new Area(p.X, p.Y, 1, 1), p.Kind, p.Severity, p.Confidence));
        // A line is one entry that repairs much: lines come before photosites of the same severity.
        return
        [
            .. map
                .Regions.Where(r => !regions[r.Area].Any(kind => (r.Kind & ~kind) == DefectKind.Unknown))
                .Concat(newPoints)
                .OrderByDescending(r => r.Severity)
                .ThenByDescending(r => r.Area.Count),
        ];
    }

    private (int Count, byte[] Payload) MostThatFit(ReadOnlySpan<DefectRegion> regions, int room, bool withSeverity)
    {
        (int count, byte[] payload) = (0, []);
        int most = Math.Min(regions.Length, MostInRecord);
        int tooMany = most + 1;
        // All at once in the common case, then by halves.
        for (int next = most; next > count; next = (count + tooMany) / 2)
        {
            byte[] trial = OtpEntries.Encode(regions[..next].ToArray(), Width, withSeverity);
            if (trial.Length <= room)
            {
                (count, payload) = (next, trial);
            }
            else
            {
                tooMany = next;
            }
        }

        return (count, payload);
    }

    private static void WriteRecord(Span<byte> at, byte[] payload, int count, byte sequence, byte version)
    {
        RecordMark.CopyTo(at);
        BinaryPrimitives.WriteUInt16LittleEndian(at[2..], (ushort)payload.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(at[4..], (ushort)count);
        at[6] = sequence;
        at[7] = version;
        payload.CopyTo(at[RecordHeader..]);
        int end = RecordHeader + payload.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(at[end..], Crc32.HashToUInt32(at[..end]));
    }

    /// <summary>Whole records, and the number of programmed bytes that belong to none.</summary>
    private (List<Record> Records, int Damaged) Records()
    {
        List<Record> records = [];
        int damaged = 0;
        int at = HeaderLength;
        int programmed = data.AsSpan().LastIndexOfAnyExcept(Free) + 1;
        long tried = 0;
        while (at < programmed)
        {
            if (RecordAt(at, ref tried) is { } record)
            {
                records.Add(record);
                at = record.End;
            }
            else
            {
                damaged++;
                at++;
            }
        }

        return (records, damaged);
    }

    private Record? RecordAt(int at, ref long tried)
    {
        ReadOnlySpan<byte> rest = data.AsSpan(at);
        if (rest.Length < RecordOverhead || !rest.StartsWith(RecordMark) || rest[7] is not (Version or SeverityVersion))
        {
            return null;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
        int end = RecordHeader + length;
        if (end + ChecksumLength > rest.Length)
        {
            return null;
        }

        tried += end;
        if (tried > (long)MostTries * data.Length)
        {
            throw new RawDataException(
                RawDataError.Malformed,
                FormatName,
                "the image holds more damaged records than it has bytes for",
                at
            );
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(rest[end..]) == Crc32.HashToUInt32(rest[..end])
            ? new Record(at, length, BinaryPrimitives.ReadUInt16LittleEndian(rest[4..]), rest[6], rest[7] == SeverityVersion)
            : null;
    }

    /// <summary>The first byte behind everything that is programmed.</summary>
    private int End(List<Record> records) =>
        Math.Max(Math.Max(HeaderLength, records.Count == 0 ? 0 : records[^1].End), data.AsSpan().LastIndexOfAnyExcept(Free) + 1);

    /// <summary>The phase word of DNG for Bayer mosaics; unprogrammed where there is none.</summary>
    private static byte PhaseCode(CfaPattern? cfa) =>
        cfa?.ToString() switch
        {
            "GRBG" => 0,
            "RGGB" => 1,
            "BGGR" => 2,
            "GBRG" => 3,
            _ => Free,
        };

    private static byte[] Inverse(byte[] bytes) => Array.ConvertAll(bytes, b => (byte)~b);

    private readonly record struct Record(int Offset, int PayloadLength, int Count, byte Sequence, bool KeepsSeverity)
    {
        public int End => Offset + PayloadLength + RecordOverhead;
    }
}
