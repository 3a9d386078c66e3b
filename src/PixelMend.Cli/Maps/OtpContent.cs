using PixelMend.Defects;
using PixelMend.Formats;
using PixelMend.Formats.Otp;

namespace PixelMend.Cli.Maps;

/// <summary>What a memory holds after it was programmed, in whichever layout.</summary>
/// <param name="Image">Its bytes.</param>
/// <param name="Holds">What they say, read again.</param>
/// <param name="Added">Entries programmed.</param>
/// <param name="LeftOut">Entries without room.</param>
/// <param name="FreeBytes">Bytes that can still be programmed.</param>
internal sealed record OtpContent(byte[] Image, MapReading Holds, int Added, int LeftOut, int FreeBytes)
{
    /// <summary>Programs a map into an image of our own layout.</summary>
    /// <param name="image">What the memory holds.</param>
    /// <param name="map">Of the sensor.</param>
    /// <param name="withSeverity">Whether severities are kept; null: as before.</param>
    public static OtpContent Of(OtpImage image, DefectMap map, bool? withSeverity = null)
    {
        (OtpImage after, int added, int leftOut) = image.Program(map, withSeverity);
        return new OtpContent(after.ToBytes(), after.Read(new OtpMap(), MapContext.Unknown), added, leftOut, after.FreeBytes);
    }

    /// <summary>Programs a map into the table of a known part.</summary>
    /// <param name="table">The part.</param>
    /// <param name="before">What the memory holds.</param>
    /// <param name="now">The map by now; its size is the sensor's only where it was told.</param>
    /// <param name="erasedIsZero">Whether bits start at 0 and are programmed to 1.</param>
    public static OtpContent Of(PartTable table, byte[] before, MapReading now, bool erasedIsZero)
    {
        DefectMap map = now.Map;
        (byte[] after, int added, int leftOut, int unsayable) = table.Program(before, map, erasedIsZero);
        MapReading holds = table.Read(after, new MapContext { Size = now.SizeIsKnown ? (map.Width, map.Height) : null });
        string[] notes = unsayable == 0 ? [] : [$"{unsayable} entries are left out: the part has no bits for their coordinates."];
        holds = holds with { Notes = [.. holds.Notes, .. notes] };
        return new OtpContent(after, holds, added, leftOut, table.FreeBytes(after, erasedIsZero));
    }
}
