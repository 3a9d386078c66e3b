using System.Globalization;
using System.Text;

namespace PixelMend.Formats.Fits;

/// <summary>One header: 80-byte cards in blocks of 2880, up to the card END. Only cards with a value are looked at; none is changed here.</summary>
internal sealed class FitsHeader
{
    public const int BlockBytes = 2880;
    public const int CardBytes = 80;
    private const int KeywordBytes = 8;

    private readonly Dictionary<string, (string Value, int Card)> cards = new(StringComparer.Ordinal);

    private FitsHeader(int start, int endCardAt, int end)
    {
        Start = start;
        EndCardAt = endCardAt;
        End = end;
    }

    /// <summary>Byte at which the header starts.</summary>
    public int Start { get; }

    /// <summary>Byte at which the card END starts.</summary>
    public int EndCardAt { get; }

    /// <summary>Byte after the header's last block: where the data start.</summary>
    public int End { get; }

    /// <exception cref="RawDataException">The header is not complete.</exception>
    public static FitsHeader Read(ReadOnlySpan<byte> file, int start)
    {
        int at = start;
        var found = new List<(string Keyword, string Value, int Card)>();
        while (true)
        {
            if (file.Length - at < CardBytes)
            {
                throw new RawDataException(RawDataError.Malformed, FitsFormat.FormatName, "the header has no END card", start);
            }

            ReadOnlySpan<byte> card = file.Slice(at, CardBytes);
            string keyword = Encoding.Latin1.GetString(card[..KeywordBytes]).TrimEnd();
            if (keyword == "END")
            {
                break;
            }

            if (card[KeywordBytes] == '=' && card[KeywordBytes + 1] == ' ')
            {
                found.Add((keyword, ValueOf(Encoding.Latin1.GetString(card[(KeywordBytes + 2)..])), at));
            }

            at += CardBytes;
        }

        long blocks = (at - start + CardBytes + BlockBytes - 1) / BlockBytes;
        var header = new FitsHeader(start, at, (int)Math.Min(start + (blocks * BlockBytes), file.Length));
        foreach ((string keyword, string value, int card) in found)
        {
            header.cards.TryAdd(keyword, (value, card));
        }

        return header;
    }

    /// <summary>The value's text, quotes removed; null when the card is absent or empty.</summary>
    public string? Text(string keyword) => cards.TryGetValue(keyword, out var card) && card.Value.Length > 0 ? card.Value : null;

    /// <summary>Byte at which the card starts, or -1.</summary>
    public int CardAt(string keyword) => cards.TryGetValue(keyword, out var card) ? card.Card : -1;

    /// <summary>A finite number, or null when the card is absent or holds none.</summary>
    public double? Number(string keyword) =>
        double.TryParse(Text(keyword)?.Replace('D', 'E'), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && double.IsFinite(number)
            ? number
            : null;

    /// <summary>A whole number; <paramref name="missing"/> when the card is absent.</summary>
    /// <exception cref="RawDataException">The card holds something else, or there is no default.</exception>
    public long Whole(string keyword, long? missing = null)
    {
        string? text = Text(keyword);
        if (text is null && missing is long value)
        {
            return value;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)
            ? whole
            : throw new RawDataException(
                RawDataError.Malformed,
                FitsFormat.FormatName,
                text is null ? $"the header lacks {keyword}" : $"{keyword} = {text} is not a whole number",
                Math.Max(CardAt(keyword), Start)
            );
    }

    /// <summary>A string ends at its closing quote ('' stands for one), anything else at the comment.</summary>
    private static string ValueOf(string field)
    {
        string text = field.TrimStart();
        if (!text.StartsWith('\''))
        {
            int slash = text.IndexOf('/');
            return (slash < 0 ? text : text[..slash]).Trim();
        }

        var value = new StringBuilder();
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == '\'' && (i + 1 == text.Length || text[++i] != '\''))
            {
                break;
            }

            value.Append(text[i]);
        }

        return value.ToString().TrimEnd();
    }
}
