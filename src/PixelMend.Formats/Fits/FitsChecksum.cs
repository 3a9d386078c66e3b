using System.Buffers.Binary;
using System.Text;

namespace PixelMend.Formats.Fits;

/// <summary>
/// The DATASUM and CHECKSUM cards (FITS standard 4.0, appendix J): ones' complement sums of 32-bit big-endian words; the second is
/// chosen so that the whole unit sums to zero.
/// </summary>
internal static class FitsChecksum
{
    private const string DataSum = "DATASUM";
    private const string CheckSum = "CHECKSUM";
    private const int ValueAt = 10;

    /// <summary>Brings those of the two cards that a unit has up to date after it changed.</summary>
    public static void Update(Span<byte> unit)
    {
        FitsHeader header = FitsHeader.Read(unit, 0);
        uint dataSum = Sum(unit[header.End..], 0);
        if (header.CardAt(DataSum) is >= 0 and int dataCard)
        {
            SetText(unit.Slice(dataCard, FitsHeader.CardBytes), dataSum.ToString().PadRight(8));
        }

        if (header.CardAt(CheckSum) is >= 0 and int checkCard)
        {
            Span<byte> card = unit.Slice(checkCard, FitsHeader.CardBytes);
            SetText(card, new string('0', 16));
            SetText(card, Encode(~Sum(unit[..header.End], dataSum)));
        }
    }

    /// <summary>Ones' complement sum: carries come back in at the low end.</summary>
    private static uint Sum(ReadOnlySpan<byte> bytes, uint sum)
    {
        ulong total = sum;
        for (int i = 0; i + 4 <= bytes.Length; i += 4)
        {
            total += BinaryPrimitives.ReadUInt32BigEndian(bytes[i..]);
        }

        while (total >> 32 != 0)
        {
            total = (total & uint.MaxValue) + (total >> 32);
        }

        return (uint)total;
    }

    /// <summary>
    /// Sixteen letters and digits that add <paramref name="value"/> to the sum: each byte is spread over four characters of its column,
    /// pairs shifted apart while one of them is punctuation, all rotated right by one because the value starts in an odd column.
    /// </summary>
    private static string Encode(uint value)
    {
        Span<int> letters = stackalloc int[16];
        for (int column = 0; column < 4; column++)
        {
            int part = (int)(value >> (24 - (8 * column))) & 0xFF;
            Span<int> four = [(part / 4) + (part % 4) + '0', (part / 4) + '0', (part / 4) + '0', (part / 4) + '0'];
            while (four.ContainsAnyInRange(0x3A, 0x40) || four.ContainsAnyInRange(0x5B, 0x60))
            {
                for (int pair = 0; pair < 4; pair += 2)
                {
                    if (IsPunctuation(four[pair]) || IsPunctuation(four[pair + 1]))
                    {
                        four[pair]++;
                        four[pair + 1]--;
                    }
                }
            }

            for (int i = 0; i < 4; i++)
            {
                letters[(4 * i) + column] = four[i];
            }
        }

        var text = new StringBuilder(16);
        for (int i = 0; i < 16; i++)
        {
            text.Append((char)letters[(i + 15) % 16]);
        }

        return text.ToString();
    }

    private static bool IsPunctuation(int letter) => letter is (>= 0x3A and <= 0x40) or (>= 0x5B and <= 0x60);

    /// <summary>Replaces a card's string; its comment stays where there is room.</summary>
    private static void SetText(Span<byte> card, string value)
    {
        string rest = Encoding.Latin1.GetString(card[ValueAt..]);
        int open = rest.IndexOf('\'');
        int close = open < 0 ? -1 : rest.IndexOf('\'', open + 1);
        string comment = rest[(close + 1)..].TrimEnd();
        string written = $"'{value}'";
        int gap = close + 1 - written.Length;
        string text = close < 0 ? written : written + new string(' ', Math.Max(gap, 0)) + comment;
        int room = FitsHeader.CardBytes - ValueAt;
        Encoding.Latin1.GetBytes(text.Length > room ? text[..room] : text.PadRight(room), card[ValueAt..]);
    }
}
