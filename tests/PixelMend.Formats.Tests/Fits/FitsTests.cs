using System.Buffers.Binary;
using System.Text;
using CsCheck;
using PixelMend.Formats.Fits;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Fits;

/// <summary>What is read: samples, levels and mosaic, and what is refused.</summary>
public class FitsTests
{
    private static readonly FitsFormat Format = new();

    [Theory]
    [InlineData(8, new[] { 0L, 255 }, 8)]
    [InlineData(16, new[] { -32768L, 32767 }, 16, "BZERO   = 32768.0")]
    [InlineData(16, new[] { -32768L, -28673 }, 12, "BZERO   = 32768", "BSCALE  = 1")]
    public void Unsigned_numbers_are_codes(int bitPix, long[] stored, int depth, params string[] cards)
    {
        RawFrame frame = Read(Make(bitPix, stored, cards));
        Assert.Equal(stored.Select(s => (ushort)(s - stored[0])), frame.Codes!.Samples);
        Assert.Equal(depth, frame.BitDepth);
        Assert.Equal((0f, (float)((1 << depth) - 1)), (frame.Levels.Black(0, 0), frame.Levels.White(0, 0)));
    }

    [Theory]
    [InlineData(16, new[] { -1L, 4000 }, new[] { -1f, 4000 }, 4095)]
    [InlineData(32, new[] { 0L, 65536 }, new[] { 0f, 65536 }, 65536)]
    [InlineData(32, new[] { -2147483648L, -2147483647 }, new[] { 0f, 1 }, 1023, "BZERO   = 2147483648")]
    [InlineData(64, new[] { -5L, 1 }, new[] { -5f, 1 }, 1023)]
    [InlineData(16, new[] { 7L, 9 }, new[] { float.NaN, 9 }, 1023, "BLANK   = 7")]
    [InlineData(8, new[] { 10L, 20 }, new[] { 3f, 5.5f }, 5.5f, "BZERO   = 0.5", "BSCALE  = 2.5D-1")]
    [InlineData(8, new[] { 128L, 0 }, new[] { 0f, -128 }, 1023, "BZERO   = -128")]
    public void Other_numbers_are_floats(int bitPix, long[] stored, float[] values, float white, params string[] cards)
    {
        RawFrame frame = Read(Make(bitPix, stored, cards));
        Assert.Equal(values, frame.Values!.Samples);
        Assert.Equal(white, frame.Levels.White(0, 0));
    }

    /// <summary>Found by fuzzing: no groups make no data, whatever the axes say.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(4000)]
    public void An_image_without_groups_has_no_samples(int bytes)
    {
        byte[] file = FitsFile.Make(16, 40, 50, new byte[bytes], "PCOUNT  = 0", "GCOUNT  = 0");
        RawDataException error = Assert.Throws<RawDataException>(() => new FitsFormat().Read(file, ReadOptions.Default));
        Assert.Equal(RawDataError.Malformed, error.Error);
    }

    [Fact]
    public void Doubles_lose_only_precision_and_missing_values_are_nan()
    {
        double[] stored = [0.1, double.NaN, double.PositiveInfinity, 1e300];
        var data = new byte[32];
        for (int i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteDoubleBigEndian(data.AsSpan(8 * i), stored[i]);
        }

        Assert.Equal([0.1f, float.NaN, float.NaN, float.NaN], Read(FitsFile.Make(-64, 4, 1, data)).Values!.Samples);
    }

    /// <summary>The same scene, an RGGB sensor of 4 × 3 seen upright, as the different writers store it.</summary>
    [Theory]
    [InlineData("RGGB", null, 0, 0, "RGGB")]
    [InlineData("RGGB", "TOP-DOWN", 0, 0, "RGGB")]
    [InlineData("RGGB", "TOP-DOWN", 1, 0, "GRBG")]
    [InlineData("RGGB", "TOP-DOWN", 0, 1, "GBRG")]
    [InlineData("RGGB", "TOP-DOWN", 1, -1, "BGGR")]
    [InlineData("RGGB", "BOTTOM-UP", 0, 0, "RGGB", 3)]
    [InlineData("RGGB", "BOTTOM-UP", 0, 0, "GBRG", 4)]
    [InlineData("RGGB", "BOTTOM-UP", 0, 1, "RGGB", 4)]
    [InlineData("GBGGRGRGRBGBGBGGRGGRGGBGBGBRGRGRGGBG", null, 0, 0, "XTRANS")]
    [InlineData("NONE", null, 0, 0, "MONO")]
    public void Mosaic_keywords_are_honoured(string pattern, string? order, int dx, int dy, string expected, int height = 3)
    {
        string[] cards = [$"BAYERPAT= '{pattern}'", $"XBAYROFF= {dx}", $"YBAYROFF= {dy}", order is null ? "" : $"ROWORDER= '{order}'"];
        RawFrame frame = Read(FitsFile.Make(8, 4, height, new byte[4 * height], cards));
        Assert.Equal(CfaPattern.Parse(expected), frame.Cfa);
    }

    [Fact]
    public void A_given_mosaic_fills_in_where_the_header_names_none()
    {
        CfaPattern given = CfaPattern.Parse("BGGR");
        var options = new ReadOptions { Cfa = given };
        Assert.Equal(given, Format.Read(FitsFile.Make(8, 2, 2, new byte[4]), options).Cfa);
        Assert.Equal(CfaPattern.Parse("RGGB"), Format.Read(FitsFile.Make(8, 2, 2, new byte[4], "BAYERPAT= 'RGGB    '"), options).Cfa);
    }

    /// <summary>Whatever the values, levels are a finite range; only what lies below single precision as a whole is refused.</summary>
    [Fact]
    public void Levels_of_any_floats_are_a_range() =>
        Gen.OneOf(Gen.Float, Gen.Const(0f), Gen.Const(float.MaxValue), Gen.Const(float.MinValue), Gen.Const(float.NaN))
            .Array[1, 50]
            .Where(values => values.Where(float.IsFinite).Select(MathF.Abs).DefaultIfEmpty().Max() is 0 or >= 1e-35f)
            .Sample(values =>
            {
                var data = new byte[values.Length * 4];
                for (int i = 0; i < values.Length; i++)
                {
                    BinaryPrimitives.WriteSingleBigEndian(data.AsSpan(4 * i), values[i]);
                }

                Levels levels = Read(FitsFile.Make(-32, values.Length, 1, data)).Levels;
                Assert.True(levels.White(0, 0) > levels.Black(0, 0));
            });

    [Fact]
    public void White_is_the_saturation_keyword_or_the_largest_light()
    {
        float[] values = [.. Enumerable.Range(0, 5000).Select(i => i % 100f), 250, 3e38f];
        var data = new byte[values.Length * 4];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleBigEndian(data.AsSpan(4 * i), values[i]);
        }

        Assert.Equal(250, Read(FitsFile.Make(-32, values.Length, 1, data)).Levels.White(0, 0));
        Assert.Equal(4000, Read(FitsFile.Make(-32, values.Length, 1, data, "SATURATE= 4000")).Levels.White(0, 0));
        Assert.Equal(200, Read(FitsFile.Make(8, 2, 1, [1, 2], "SATURATE= 200")).Levels.White(0, 0));
    }

    [Theory]
    [InlineData("NAXIS1  = 9", "the file ends after")]
    [InlineData("BITPIX  = 12", "BITPIX = 12 with BSCALE = 1 is not defined")]
    [InlineData("NAXIS1  = 'a'", "NAXIS1 = a is not a whole number")]
    [InlineData("NAXIS1  = -4", "NAXIS1 = -4 is impossible")]
    [InlineData("NAXIS   = 100000", "NAXIS = 100000 is impossible")]
    [InlineData("NAXIS   = 3", "the header lacks NAXIS3")]
    [InlineData("PCOUNT  = 9223372036854775807", "the header states an impossible amount of data")]
    public void Contradictions_are_malformed(string card, string reason)
    {
        byte[] file = FitsFile.Make(8, 4, 1000, new byte[4000], "PCOUNT  = 0");
        string keyword = card[..9];
        int at = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(keyword));
        Encoding.ASCII.GetBytes(card.PadRight(80), file.AsSpan(at));
        RawDataException error = Assert.Throws<RawDataException>(() => Read(file));
        Assert.Equal(RawDataError.Malformed, error.Error);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gain_and_read_noise_are_a_noise_profile()
    {
        byte[] file = FitsFile.Make(8, 4, 16, new byte[64], "BZERO   = 32768", "SATURATE= 60000", "EGAIN   = 2.0", "RDNOISE = 6.0");
        RawFrame frame = Read(file);
        NoiseProfile noise = Assert.Single(frame.Info.Noise);
        double range = frame.Levels.Range;
        Assert.Equal(0.5 / range, noise.Scale, 1e-12);
        Assert.Equal(9 / (range * range), noise.Offset, 1e-12);
        Assert.Empty(Read(FitsFile.Make(8, 4, 16, new byte[64], "BZERO   = 32768", "EGAIN   = 2.0")).Info.Noise);
    }

    /// <summary>Samples that single precision would make zeros or missing ones are no frame without defects.</summary>
    [Theory]
    [InlineData(1e-297, false)]
    [InlineData(1e-40, false)]
    [InlineData(1e-30, true)]
    [InlineData(1e30, true)]
    [InlineData(1e100, false)]
    [InlineData(0, true)]
    public void Samples_beyond_single_precision_are_refused(double scale, bool isRead)
    {
        var data = new byte[48];
        for (int i = 0; i < 6; i++)
        {
            BinaryPrimitives.WriteDoubleBigEndian(data.AsSpan(8 * i), scale * (i + 1));
        }

        byte[] file = FitsFile.Make(-64, 3, 2, data);
        if (isRead)
        {
            Assert.Equal((float)(6 * scale), new FitsFormat().Read(file, ReadOptions.Default).Values![2, 1]);
            return;
        }

        RawDataException refused = Assert.Throws<RawDataException>(() => new FitsFormat().Read(file, ReadOptions.Default));
        Assert.Equal(RawDataError.Unsupported, refused.Error);
        Assert.Contains("multiply them by a power of ten", refused.Message, StringComparison.Ordinal);
    }

    private static RawFrame Read(byte[] file) => Format.Read(file, ReadOptions.Default);

    private static byte[] Make(int bitPix, long[] stored, string[] cards)
    {
        int bytes = bitPix / 8;
        var data = new byte[stored.Length * bytes];
        for (int i = 0; i < stored.Length; i++)
        {
            var eight = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(eight, stored[i]);
            eight.AsSpan(8 - bytes).CopyTo(data.AsSpan(i * bytes));
        }

        return FitsFile.Make(bitPix, stored.Length, 1, data, cards);
    }
}
