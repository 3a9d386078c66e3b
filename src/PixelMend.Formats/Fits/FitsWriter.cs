using System.Globalization;
using System.Text;
using PixelMend.Frames;

namespace PixelMend.Formats.Fits;

/// <summary>A new FITS file of one image: unsigned 16-bit codes by the usual BZERO, or 32-bit floats.</summary>
internal static class FitsWriter
{
    private const double UnsignedZero = 32768;

    public static void Write(RawFrame frame, Stream output)
    {
        if (!frame.Linearization.IsEmpty)
        {
            throw new NotSupportedException($"{FitsFormat.FormatName} cannot say that samples are not linear; write DNG");
        }

        bool codes = frame.Codes is not null;
        var samples = new FitsSamples(codes ? 16 : -32, codes ? UnsignedZero : 0, 1, null);
        byte[] header = Header(frame, samples);
        output.Write(header);

        var row = new byte[frame.Width * samples.Bytes];
        for (int y = 0; y < frame.Height; y++)
        {
            for (int x = 0; x < frame.Width; x++)
            {
                samples.Patch(row, x, frame.Stored(x, y));
            }

            output.Write(row);
        }

        long dataBytes = (long)row.Length * frame.Height;
        int over = (int)(dataBytes % FitsHeader.BlockBytes);
        output.Write(new byte[over == 0 ? 0 : FitsHeader.BlockBytes - over]);
    }

    private static byte[] Header(RawFrame frame, FitsSamples samples)
    {
        var cards = new StringBuilder();
        Card(cards, "SIMPLE", "T");
        Card(cards, "BITPIX", Number(samples.BitPix));
        Card(cards, "NAXIS", "2");
        Card(cards, "NAXIS1", Number(frame.Width));
        Card(cards, "NAXIS2", Number(frame.Height));
        if (samples.Zero != 0)
        {
            Card(cards, "BZERO", Number(samples.Zero));
            Card(cards, "BSCALE", "1");
        }

        Card(cards, "SATURATE", Number(frame.Levels.White(0, 0)));
        Card(cards, FitsMosaic.RowOrder, Quoted(FitsMosaic.TopDown));
        if (FitsMosaic.Letters(frame.Cfa) is string letters)
        {
            Card(cards, FitsMosaic.Pattern, Quoted(letters));
        }

        FrameInfo info = frame.Info;
        OptionalCard(cards, "INSTRUME", info.Model is string model ? Quoted(model) : null);
        OptionalCard(cards, "EXPTIME", info.ExposureSeconds is double seconds ? Number(seconds) : null);
        OptionalCard(cards, "ISOSPEED", info.Iso is double iso ? Number(iso) : null);
        OptionalCard(cards, "CCD-TEMP", info.TemperatureCelsius is double celsius ? Number(celsius) : null);
        OptionalCard(
            cards,
            "DATE-OBS",
            info.CaptureTime is DateTimeOffset time
                ? Quoted(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture))
                : null
        );
        cards.Append("END".PadRight(FitsHeader.CardBytes));
        int blocks = (cards.Length + FitsHeader.BlockBytes - 1) / FitsHeader.BlockBytes;
        return Encoding.ASCII.GetBytes(cards.ToString().PadRight(blocks * FitsHeader.BlockBytes));
    }

    private static void OptionalCard(StringBuilder cards, string keyword, string? value)
    {
        if (value is not null)
        {
            Card(cards, keyword, value);
        }
    }

    /// <summary>Numbers and letters end in column 30, strings start in column 11 (fixed format).</summary>
    private static void Card(StringBuilder cards, string keyword, string value) =>
        cards.Append($"{keyword, -8}= {(value[0] == '\'' ? value : value.PadLeft(20))}".PadRight(FitsHeader.CardBytes));

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Printable ASCII only, quotes doubled, at least eight characters, cut to the card.</summary>
    private static string Quoted(string text)
    {
        string plain = string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'));
        int most = FitsHeader.CardBytes - 12 - plain.Count(c => c == '\'');
        return $"'{plain[..Math.Clamp(most, 0, plain.Length)].Replace("'", "''", StringComparison.Ordinal), -8}'";
    }
}
