using System.Globalization;
using System.Text;

namespace PixelMend.Formats.Fits;

/// <summary>A new header, card by card, in the standard's fixed format: numbers and letters end in column 30, strings start in column 11.</summary>
internal sealed class FitsCards
{
    private readonly StringBuilder cards = new();

    public FitsCards Add(string keyword, bool value) => AddCard(keyword, value ? "T" : "F");

    public FitsCards Add(string keyword, double value) => AddCard(keyword, value.ToString("R", CultureInfo.InvariantCulture));

    public FitsCards Add(string keyword, string value) => AddCard(keyword, Quoted(value));

    /// <summary>Adds a card of another header.</summary>
    public FitsCards AddVerbatim(string card)
    {
        cards.Append(card);
        return this;
    }

    /// <summary>Adds nothing where the value is unknown.</summary>
    public FitsCards AddKnown(string keyword, double? value) => value is double known ? Add(keyword, known) : this;

    /// <summary>Adds nothing where the value is unknown.</summary>
    public FitsCards AddKnown(string keyword, string? value) => value is null ? this : Add(keyword, value);

    /// <summary>The cards with END, in whole blocks.</summary>
    public byte[] ToBlocks()
    {
        string all = cards + "END".PadRight(FitsHeader.CardBytes);
        int blocks = (all.Length + FitsHeader.BlockBytes - 1) / FitsHeader.BlockBytes;
        return Encoding.Latin1.GetBytes(all.PadRight(blocks * FitsHeader.BlockBytes));
    }

    private FitsCards AddCard(string keyword, string value)
    {
        cards.Append($"{keyword, -8}= {(value[0] == '\'' ? value : value.PadLeft(20))}".PadRight(FitsHeader.CardBytes));
        return this;
    }

    /// <summary>Printable ASCII only, quotes doubled, at least eight characters, cut to the card.</summary>
    private static string Quoted(string text)
    {
        string plain = string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'));
        int most = FitsHeader.CardBytes - 12 - plain.Count(c => c == '\'');
        return $"'{plain[..Math.Clamp(most, 0, plain.Length)].Replace("'", "''", StringComparison.Ordinal), -8}'";
    }
}
