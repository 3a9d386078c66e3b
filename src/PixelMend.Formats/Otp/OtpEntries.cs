using System.Numerics;
using PixelMend.Defects;
using PixelMend.Formats.Maps;
using PixelMend.Frames;

namespace PixelMend.Formats.Otp;

/// <summary>
/// The payload of a record: a bit-packed list of rectangles in raster order of their top left, each by its distance from the one before,
/// most of them single photosites.
/// </summary>
internal static class OtpEntries
{
    private const int OrderBits = 5;
    private const int KindBits = 4;
    private const int MaskBits = 16;
    private const uint SeveralKinds = 15;

    /// <summary>Encodes rectangles of a sensor of the given width.</summary>
    /// <param name="regions">The rectangles.</param>
    /// <param name="sensorWidth">Photosites per row.</param>
    /// <param name="withSeverity">Whether each entry has its severity.</param>
    public static byte[] Encode(IEnumerable<DefectRegion> regions, int sensorWidth, bool withSeverity)
    {
        DefectRegion[] sorted = [.. regions.OrderBy(r => Index(r, sensorWidth))];
        ulong[] steps = new ulong[sorted.Length];
        long last = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            long index = Index(sorted[i], sensorWidth);
            steps[i] = (ulong)(index - last);
            last = index;
        }

        int order = Enumerable.Range(0, 1 << OrderBits).MinBy(k => steps.Sum(s => (long)OtpBitWriter.GolombLength(s, k)));
        var bits = new OtpBitWriter();
        bits.Write((uint)order, OrderBits);
        for (int i = 0; i < sorted.Length; i++)
        {
            bits.WriteGolomb(steps[i], order);
            WriteKind(bits, sorted[i].Kind);
            if (withSeverity)
            {
                bits.Write(OtpSeverity.CodeOf(sorted[i].Severity), OtpSeverity.Bits);
            }

            Area area = sorted[i].Area;
            bits.Write(area.Count == 1 ? 0u : 1, 1);
            if (area.Count != 1)
            {
                bits.WriteGolomb((ulong)area.Width - 1, 0);
                bits.WriteGolomb((ulong)area.Height - 1, 0);
            }
        }

        return bits.ToBytes();
    }

    /// <summary>Adds the rectangles of a payload to a map.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="sensorWidth">Photosites per row.</param>
    /// <param name="withSeverity">Whether each entry has its severity.</param>
    /// <param name="map">Receives them, checked.</param>
    /// <param name="number">Number of the record, for messages.</param>
    public static void Decode(ReadOnlySpan<byte> payload, int count, int sensorWidth, bool withSeverity, MapAssembly map, int number)
    {
        var place = new EntryPlace("record", number);
        var bits = new OtpBitReader(payload);
        bool isWhole = bits.TryRead(OrderBits, out ulong order);
        ulong index = 0;
        for (int i = 0; i < count; i++)
        {
            ulong width = 0;
            ulong height = 0;
            ulong severity = 0;
            isWhole =
                isWhole
                & bits.TryReadGolomb((int)order, out ulong step)
                & TryReadKind(ref bits, map, place, out DefectKind kind)
                & (!withSeverity || bits.TryRead(OtpSeverity.Bits, out severity))
                & bits.TryRead(1, out ulong isRectangle);
            if (isRectangle == 1)
            {
                isWhole = isWhole && bits.TryReadGolomb(0, out width) && bits.TryReadGolomb(0, out height);
            }

            index += step;
            (ulong y, ulong x) = (index / (ulong)sensorWidth, index % (ulong)sensorWidth);
            if (!isWhole || y > ushort.MaxValue || width > ushort.MaxValue || height > ushort.MaxValue)
            {
                throw map.Malformed(place, $"entry {i + 1} of {count} is no photosite, although the checksum is right");
            }

            map.Add(new MapEntry((int)x, (int)y, (int)width + 1, (int)height + 1, kind, OtpSeverity.Of((uint)severity)), place);
        }
    }

    private static long Index(DefectRegion region, int sensorWidth) => ((long)region.Area.Top * sensorWidth) + region.Area.Left;

    /// <summary>Code 0 is unknown, 1 to 9 a kind by its place in the table of kinds, 15 several, with a mask of 16 bits behind it.</summary>
    private static void WriteKind(OtpBitWriter bits, DefectKind kind)
    {
        uint mask = (uint)kind;
        if (BitOperations.PopCount(mask) > 1)
        {
            bits.Write(SeveralKinds, KindBits);
            bits.Write(mask, MaskBits);
        }
        else
        {
            bits.Write((uint)(32 - BitOperations.LeadingZeroCount(mask)), KindBits);
        }
    }

    private static bool TryReadKind(ref OtpBitReader bits, MapAssembly map, EntryPlace place, out DefectKind kind)
    {
        kind = DefectKind.Unknown;
        if (!bits.TryRead(KindBits, out ulong code))
        {
            return false;
        }

        ulong mask = code == 0 ? 0 : 1UL << ((int)code - 1);
        if (code == SeveralKinds && !bits.TryRead(MaskBits, out mask))
        {
            return false;
        }

        kind = (DefectKind)mask;
        return mask < 1UL << DefectKinds.All.Count ? true : throw map.Malformed(place, $"kind {code} (bits {mask:X}) is not known");
    }
}
