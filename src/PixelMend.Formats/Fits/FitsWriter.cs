using System.Globalization;
using PixelMend.Frames;

namespace PixelMend.Formats.Fits;

/// <summary>A new FITS file of one image: unsigned 16-bit codes by the usual BZERO, or 32-bit floats.</summary>
internal static class FitsWriter
{
    private const double UnsignedZero = 32768;

    /// <param name="frame">The frame.</param>
    /// <param name="complete">Adds cards to the header that are not the frame's.</param>
    /// <param name="output">Receives the file.</param>
    public static void Write(RawFrame frame, Func<byte[], byte[]> complete, Stream output)
    {
        if (!frame.Linearization.IsEmpty)
        {
            throw new NotSupportedException($"{FitsFormat.FormatName} cannot say that samples are not linear; write DNG");
        }

        bool codes = frame.Codes is not null;
        var samples = new FitsSamples(codes ? 16 : -32, codes ? UnsignedZero : 0, 1, null);
        output.Write(complete(Header(frame, samples)));

        var data = new FitsData(output);
        var row = new byte[frame.Width * samples.Bytes];
        for (int y = 0; y < frame.Height; y++)
        {
            if (frame.Codes is not null)
            {
                FitsSamples.Encode(frame.Codes.Row(y), row);
            }
            else
            {
                FitsSamples.Encode(frame.Values!.Row(y), row);
            }

            data.Write(row);
        }

        data.Pad();
    }

    private static byte[] Header(RawFrame frame, FitsSamples samples)
    {
        FitsCards cards = new FitsCards()
            .Add("SIMPLE", true)
            .Add("BITPIX", samples.BitPix)
            .Add("NAXIS", 2)
            .Add("NAXIS1", frame.Width)
            .Add("NAXIS2", frame.Height);
        if (samples.Zero != 0)
        {
            cards.Add("BZERO", samples.Zero).Add("BSCALE", 1);
        }

        FrameInfo info = frame.Info;
        return cards
            .Add("SATURATE", frame.Levels.White(0, 0))
            .Add(FitsMosaic.RowOrder, FitsMosaic.TopDown)
            .AddKnown(FitsMosaic.Pattern, FitsMosaic.Letters(frame.Cfa))
            .AddKnown("INSTRUME", info.Model)
            .AddKnown("EXPTIME", info.ExposureSeconds)
            .AddKnown("ISOSPEED", info.Iso)
            .AddKnown("CCD-TEMP", info.TemperatureCelsius)
            .AddKnown("DATE-OBS", info.CaptureTime?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture))
            .ToBlocks();
    }
}
