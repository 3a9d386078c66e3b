using System.Globalization;
using System.Text;

namespace PixelMend.Formats.Fits;

/// <summary>HISTORY cards: what was done to an image, after all its other cards.</summary>
internal static class FitsHistory
{
    private const string Keyword = "HISTORY ";

    /// <summary>The unit with cards that say who changed how many samples and how; the other cards keep their bytes and order.</summary>
    public static byte[] Append(byte[] unit, EditRecord record, int samples)
    {
        FitsHeader header = FitsHeader.Read(unit, 0);
        string first = string.Create(CultureInfo.InvariantCulture, $"{record.Program}: {samples} samples repaired");
        string cards = string.Concat(record.Steps.Prepend(first).SelectMany(Cards));
        string end = cards + "END".PadRight(FitsHeader.CardBytes);
        int blocks = (header.EndCardAt + end.Length + FitsHeader.BlockBytes - 1) / FitsHeader.BlockBytes;
        int dataAt = blocks * FitsHeader.BlockBytes;
        var longer = new byte[dataAt + unit.Length - header.End];
        unit.AsSpan(0, header.EndCardAt).CopyTo(longer);
        longer.AsSpan(header.EndCardAt, dataAt - header.EndCardAt).Fill((byte)' ');
        Encoding.ASCII.GetBytes(end, longer.AsSpan(header.EndCardAt));
        unit.AsSpan(header.End).CopyTo(longer.AsSpan(dataAt));
        return longer;
    }

    /// <summary>A text of any length as cards; the standard allows printable ASCII only.</summary>
    private static IEnumerable<string> Cards(string text) =>
        string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'))
            .Chunk(FitsHeader.CardBytes - Keyword.Length)
            .Select(part => (Keyword + new string(part)).PadRight(FitsHeader.CardBytes));
}
