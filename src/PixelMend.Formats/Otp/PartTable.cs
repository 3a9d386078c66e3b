using PixelMend.Defects;
using PixelMend.Formats.Maps;
using PixelMend.Frames;

namespace PixelMend.Formats.Otp;

/// <summary>
/// Tables of defects as known parts read them from a memory: entries of one length without a header, so that nothing in them tells what they
/// are. An entry of ones is free; so are entries of zeros where there are several.
/// </summary>
public abstract class PartTable : MapFormat
{
    private const byte Ones = byte.MaxValue;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".bin"];

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> file) => false;

    /// <summary>Bytes of an entry.</summary>
    public abstract int EntryLength { get; }

    /// <summary>Whether whole columns have entries of their own.</summary>
    private protected virtual bool HasColumns => false;

    /// <inheritdoc/>
    public sealed override MapReading Read(ReadOnlyMemory<byte> file, MapContext context)
    {
        var map = new MapAssembly(this, context);
        map.CheckFile(file.Length);
        int number = 0;
        int unknown = 0;
        foreach (byte[] entry in Used(file.Span, erasedIsZero: null))
        {
            unknown += ReadEntry(entry, map, new EntryPlace("entry", ++number)) ? 0 : 1;
        }

        if (unknown > 0)
        {
            map.Note($"{unknown} entries of an unknown sort are ignored.");
        }

        if (file.Length % EntryLength != 0)
        {
            map.Note($"{file.Length % EntryLength} bytes at the end are no whole entry: they are ignored.");
        }

        return map.Build(new MapProvenance { Algorithm = Name });
    }

    /// <summary>Writes a table just large enough.</summary>
    public sealed override IReadOnlyList<string> Write(DefectMap map, MapContext context, Stream output)
    {
        var placement = new MapPlacement(this, context);
        placement.RequireSizeToFlip();
        List<byte[]?> entries = [.. Entries(map, placement)];
        byte[][] kept = [.. entries.OfType<byte[]>().Take(MostPhotosites ?? int.MaxValue)];
        foreach (byte[] entry in kept.OrderBy(Order))
        {
            output.Write(entry);
        }

        int leftOut = entries.Count - kept.Length;
        return leftOut == 0
            ? []
            : [$"{leftOut} entries are left out for want of room, or because the part has no bits for their coordinates."];
    }

    /// <summary>Programs what a map holds beyond a memory's content: the most severe where not all fit.</summary>
    /// <param name="before">What the memory holds.</param>
    /// <param name="map">Of the sensor.</param>
    /// <param name="erasedIsZero">Whether bits start at 0 and are programmed to 1.</param>
    /// <returns>The new content, the entries added, those left out for want of room, and those that the part has no bits for.</returns>
    /// <exception cref="NotSupportedException">Entries would have to move, which takes programmed bits back.</exception>
    public (byte[] Image, int Added, int LeftOut, int Unsayable) Program(
        ReadOnlySpan<byte> before,
        DefectMap map,
        bool erasedIsZero = false
    )
    {
        List<byte[]> used = [.. Used(before, erasedIsZero)];
        HashSet<string> known = [.. used.Select(Convert.ToHexString)];
        var placement = new MapPlacement(this, new MapContext { Size = (map.Width, map.Height) });
        List<byte[]?> missing = [.. Entries(map, placement).Where(b => b is null || !known.Contains(Convert.ToHexString(b)))];
        int end = End(before, erasedIsZero);
        int room = Math.Max(0, Math.Min(before.Length / EntryLength, MostPhotosites ?? int.MaxValue) - end);
        byte[][] sayable = [.. missing.OfType<byte[]>().Where(b => !IsErased(b, erasedIsZero))];
        byte[][] added = [.. sayable.Take(room)];

        byte[] after = before.ToArray();
        IEnumerable<byte[]> rewritten = IsOrdered ? used.Concat(added).OrderBy(Order) : added;
        int at = IsOrdered ? 0 : end * EntryLength;
        foreach (byte[] entry in rewritten)
        {
            entry.CopyTo(after, at);
            at += EntryLength;
        }

        try
        {
            OneWay.Check(before, after, erasedIsZero);
        }
        catch (ArgumentException e)
        {
            throw new NotSupportedException(
                $"a {Name} keeps its entries in raster order, and programmed ones would have to move for new ones before them",
                e
            );
        }

        return (after, added.Length, sayable.Length - added.Length, missing.Count - sayable.Length);
    }

    /// <summary>A memory that nothing is programmed in.</summary>
    public static byte[] Erased(int size, bool erasedIsZero)
    {
        byte[] image = new byte[size];
        image.AsSpan().Fill(erasedIsZero ? (byte)0 : Ones);
        return image;
    }

    /// <summary>Bytes behind the last entry.</summary>
    public int FreeBytes(ReadOnlySpan<byte> image, bool erasedIsZero) => image.Length - (End(image, erasedIsZero) * EntryLength);

    /// <summary>Whether the part wants its entries in an order, so that none can be appended before another.</summary>
    private protected virtual bool IsOrdered => false;

    /// <summary>Where an entry stands among the others; alike for parts to which the order means nothing.</summary>
    private protected virtual uint Order(byte[] entry) => 0;

    /// <summary>Adds what an entry says.</summary>
    /// <returns>Whether it is of a known sort.</returns>
    private protected abstract bool ReadEntry(ReadOnlySpan<byte> entry, MapAssembly map, EntryPlace place);

    /// <summary>Writes a photosite, or a column where the part has such entries.</summary>
    /// <returns>Whether its coordinates fit.</returns>
    private protected abstract bool TryWriteEntry(int x, int y, bool isColumn, Span<byte> entry);

    /// <summary>Entries of a memory in their order, those that are free left out.</summary>
    private List<byte[]> Used(ReadOnlySpan<byte> image, bool? erasedIsZero)
    {
        List<byte[]> entries = [];
        for (int at = 0; at + EntryLength <= image.Length; at += EntryLength)
        {
            entries.Add(image.Slice(at, EntryLength).ToArray());
        }

        // A list has each photosite once: several entries of zeros are free ones, a single one is the photosite (0, 0).
        bool zerosAreFree = erasedIsZero ?? entries.Count(e => IsErased(e, erasedIsZero: true)) > 1;
        bool onesAreFree = erasedIsZero != true;
        entries.RemoveAll(e => (zerosAreFree && IsErased(e, erasedIsZero: true)) || (onesAreFree && IsErased(e, erasedIsZero: false)));
        return entries;
    }

    /// <summary>Entries up to the last that is programmed.</summary>
    private int End(ReadOnlySpan<byte> image, bool erasedIsZero) =>
        (image.LastIndexOfAnyExcept(erasedIsZero ? (byte)0 : Ones) + EntryLength) / EntryLength;

    private static bool IsErased(ReadOnlySpan<byte> entry, bool erasedIsZero) => !entry.ContainsAnyExcept(erasedIsZero ? (byte)0 : Ones);

    /// <summary>Every entry of a map, the most severe first; null where the part has no room for its coordinates.</summary>
    private IEnumerable<byte[]?> Entries(DefectMap map, MapPlacement placement)
    {
        DefectRegion[] columns =
        [
            .. map.Regions.Where(r => HasColumns && r.Area.Width == 1 && r.Area.Height == map.Height).DistinctBy(r => r.Area),
        ];
        DefectMask inColumns = Of(map, columns).ToMask();
        IEnumerable<DefectRegion> photosites = map.AllPhotosites()
            .Where(d => !inColumns[d.X, d.Y])
            .Select(d => new DefectRegion(new Area(d.X, d.Y, 1, 1), d.Kind, d.Severity, d.Confidence));
        return columns.Concat(photosites).OrderByDescending(r => r.Severity).Select(r => Written(r.Area, placement));
    }

    private byte[]? Written(Area area, MapPlacement placement)
    {
        byte[] entry = new byte[EntryLength];
        return placement.ToFile(area) is var (x, y) && TryWriteEntry(x, y, area.Height > 1, entry) ? entry : null;
    }

    private static DefectMap Of(DefectMap sensor, DefectRegion[] regions)
    {
        var map = new DefectMap.Builder(sensor.Width, sensor.Height);
        foreach (DefectRegion region in regions)
        {
            map.Add(region);
        }

        return map.Build();
    }
}
