using System.Buffers.Binary;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Dng;

/// <summary>
/// The opcode FixBadPixelsList (DNG 1.3): photosites and rectangles, (row, column) each. Read with the faults of writers in mind: Android's
/// camera framework announces twice the points it has, the second half being whatever lay in memory, and swaps rows with columns.
/// </summary>
internal static class BadPixelsList
{
    private const int HeaderLength = 12;
    private const int PointLength = 8;
    private const int RectangleLength = 16;

    private readonly record struct Place(int Row, int Column)
    {
        public Place Swapped => new(Column, Row);

        public bool LiesIn(Area area) => Row >= 0 && Column >= 0 && Row < area.Height && Column < area.Width;
    }

    /// <summary>Adds what an opcode lists.</summary>
    /// <param name="parameters">The opcode's parameters.</param>
    /// <param name="area">What its coordinates count from and must lie in.</param>
    /// <param name="map">Receives the defects.</param>
    /// <param name="notes">Receives what was wrong.</param>
    /// <returns>False when the parameters contradict themselves; nothing was added then.</returns>
    public static bool TryRead(ReadOnlySpan<byte> parameters, Area area, DefectMap.Builder map, List<string> notes)
    {
        if (parameters.Length < HeaderLength)
        {
            notes.Add("A FixBadPixelsList opcode is too short: it is ignored.");
            return false;
        }

        uint points = BinaryPrimitives.ReadUInt32BigEndian(parameters[4..]);
        uint rectangles = BinaryPrimitives.ReadUInt32BigEndian(parameters[8..]);
        if (HeaderLength + ((long)points * PointLength) + ((long)rectangles * RectangleLength) != parameters.Length)
        {
            notes.Add(
                $"A FixBadPixelsList opcode of {parameters.Length} bytes cannot hold {points} points and {rectangles} rectangles: it is ignored."
            );
            return false;
        }

        var places = new Place[points];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = ReadPlace(parameters[(HeaderLength + (i * PointLength))..]);
        }

        foreach (Place place in Plausible(places, area, notes))
        {
            map.Add(new Defect(area.Left + place.Column, area.Top + place.Row));
        }

        AddRectangles(parameters[(HeaderLength + (places.Length * PointLength))..], area, map, notes);
        return true;
    }

    /// <summary>The parameters that list a map, coordinates on the whole stored image.</summary>
    public static byte[] Write(DefectMap map, uint bayerPhase)
    {
        var bytes = new byte[HeaderLength + (map.Points.Count * PointLength) + (map.Regions.Count * RectangleLength)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, bayerPhase);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), map.Points.Count);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), map.Regions.Count);
        int at = HeaderLength;
        foreach (
            int number in map
                .Points.SelectMany(p => (int[])[p.Y, p.X])
                .Concat(map.Regions.SelectMany(r => (int[])[r.Area.Top, r.Area.Left, r.Area.Bottom, r.Area.Right]))
        )
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), number);
            at += sizeof(int);
        }

        return bytes;
    }

    private static Place ReadPlace(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadInt32BigEndian(bytes), BinaryPrimitives.ReadInt32BigEndian(bytes[4..]));

    private static IEnumerable<Place> Plausible(Place[] places, Area area, List<string> notes)
    {
        if (SecondHalfIsGarbage(places, area))
        {
            Place[] first = places[..(places.Length / 2)];
            bool swapped = Array.TrueForAll(first, p => p.Swapped.LiesIn(area));
            notes.Add(
                $"The second half of {places.Length} listed photosites is garbage (a fault of Android cameras): it is ignored"
                    + (swapped ? ", and rows and columns are swapped back." : ".")
            );
            return InBounds(swapped ? first.Select(p => p.Swapped) : first, area, notes);
        }

        if (!Array.TrueForAll(places, p => p.LiesIn(area)) && Array.TrueForAll(places, p => p.Swapped.LiesIn(area)))
        {
            notes.Add("Listed photosites lie on the sensor only with rows and columns swapped: they are swapped back.");
            return places.Select(p => p.Swapped);
        }

        return InBounds(places, area, notes);
    }

    /// <summary>
    /// Memory read by mistake is mostly off the sensor either way round, or one value over and over; true lists are neither,
    /// and each photosite stands in them once.
    /// </summary>
    private static bool SecondHalfIsGarbage(Place[] places, Area area)
    {
        int half = places.Length / 2;
        if (half == 0 || places.Length % 2 != 0)
        {
            return false;
        }

        HashSet<Place> earlier = [.. places[..half]];
        int garbage = places[half..].Count(p => (!p.LiesIn(area) && !p.Swapped.LiesIn(area)) || !earlier.Add(p));
        return 2 * garbage > half && Array.TrueForAll(places[..half], p => p.LiesIn(area) || p.Swapped.LiesIn(area));
    }

    private static List<Place> InBounds(IEnumerable<Place> places, Area area, List<string> notes)
    {
        List<Place> all = [.. places];
        int outside = all.RemoveAll(p => !p.LiesIn(area));
        if (outside > 0)
        {
            notes.Add($"{outside} listed photosites lie off the sensor: they are ignored.");
        }

        return all;
    }

    private static void AddRectangles(ReadOnlySpan<byte> bytes, Area area, DefectMap.Builder map, List<string> notes)
    {
        for (; bytes.Length >= RectangleLength; bytes = bytes[RectangleLength..])
        {
            Place from = ReadPlace(bytes);
            Place to = ReadPlace(bytes[PointLength..]);
            var last = new Place(to.Row - 1, to.Column - 1);
            if (from.LiesIn(area) && last.LiesIn(area) && last.Row >= from.Row && last.Column >= from.Column)
            {
                map.Add(
                    new DefectRegion(new Area(area.Left + from.Column, area.Top + from.Row, to.Column - from.Column, to.Row - from.Row))
                );
            }
            else
            {
                notes.Add(
                    $"A listed rectangle (rows {from.Row} to {to.Row}, columns {from.Column} to {to.Column}) is impossible: it is ignored."
                );
            }
        }
    }
}
