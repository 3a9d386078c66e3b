using System.Buffers.Binary;
using System.Text;
using CsCheck;
using PixelMend.Formats.Fits;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Fits;

public class FitsTests
{
    public static readonly EditRecord Record = new("tests 1", ["one step", new string('x', 100)]);

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

    /// <summary>What a repair stores is what is read back, bit by bit: rounded to a number the file can hold.</summary>
    [Theory]
    [InlineData(8, "BZERO   = 0.3", "BSCALE  = 0.007")]
    [InlineData(16, "BZERO   = 0")]
    [InlineData(16, "BZERO   = 1000", "BSCALE  = -0.1")]
    [InlineData(32, "BZERO   = 0")]
    [InlineData(64, "BZERO   = 0.5")]
    [InlineData(-32, "BZERO   = 0")]
    [InlineData(-64, "BZERO   = 0")]
    [InlineData(-32, "BZERO   = 1000000")]
    [InlineData(-32, "BZERO   = 32768", "BSCALE  = 12")]
    [InlineData(-32, "BZERO   = 1500", "BSCALE  = 0.045777764213996")]
    [InlineData(-32, "BSCALE  = -1E10")]
    [InlineData(-64, "BZERO   = 1E20", "BSCALE  = 0.1")]
    [InlineData(16, "BLANK   = 0")]
    [InlineData(8, "BLANK   = 255", "BSCALE  = 0.5")]
    [InlineData(64, "BLANK   = 1")]
    public void Repairs_are_rounded_to_what_the_file_can_store(int bitPix, params string[] cards)
    {
        byte[] data = [.. Enumerable.Range(0, 3 * Math.Abs(bitPix) / 8).Select(i => (byte)(i * 37))];
        byte[] file = FitsFile.Make(bitPix, 3, 1, data, cards);
        RawFrame frame = Read(file);
        Gen.Float[-2, 2]
            .Sample(signal =>
            {
                SampleChange[] changes = [new(0, 0, frame.Stored(0, 0), frame.ToStored(0, 0, signal), 1)];
                byte[] rewritten = Files.Made(output => Format.Rewrite(file, frame, changes, ReadOptions.Default, output));
                Assert.Equal(Bits(frame.With(changes)), Bits(Read(rewritten)));
            });

        static uint[] Bits(RawFrame frame) => [.. frame.Values!.Samples.Select(BitConverter.SingleToUInt32Bits)];
    }

    /// <summary>Found by fuzzing: a repair by the number that stands for missing samples would be one.</summary>
    [Theory]
    [InlineData(5, 5.1f, 6)]
    [InlineData(5, 4.9f, 4)]
    [InlineData(5, 5.6f, 6)]
    [InlineData(255, 400, 254)]
    [InlineData(0, -3, 1)]
    public void A_repair_is_never_the_number_of_missing_samples(int blank, float value, float stored)
    {
        byte[] file = FitsFile.Make(8, 2, 1, [9, 9], $"BLANK   = {blank}");
        SampleChange[] changes = [new(0, 0, 9, Read(file).Grid!.Value.Nearest(value), 1)];
        byte[] rewritten = Files.Made(output => Format.Rewrite(file, Read(file), changes, ReadOptions.Default, output));
        Assert.Equal([stored, 9], Read(rewritten).Values!.Samples);
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

    [Theory]
    [InlineData(8, 1)]
    [InlineData(16, 2)]
    [InlineData(32, 4)]
    [InlineData(64, 8)]
    [InlineData(-32, 4)]
    [InlineData(-64, 8)]
    public void Rewrite_leaves_every_other_byte_alone(int bitPix, int bytes)
    {
        byte[] data = [.. Enumerable.Range(0, 15 * bytes).Select(i => (byte)(bitPix > 0 && i % bytes < bytes - 1 ? 0 : i + 1))];
        byte[] file = FitsFile.Make(bitPix, 5, 3, data, "HIERARCH ESO  thing = 'kept'", "COMMENT kept too");
        RawFrame frame = Read(file);
        SampleChange[] changes = [new(3, 1, frame.Stored(3, 1), 99, 1)];
        byte[] rewritten = Files.Made(output => Format.Rewrite(file, frame, changes, ReadOptions.Default, output));

        int start = FitsFile.DataStart(file) + (8 * bytes);
        Assert.Equal(file[..start], rewritten[..start]);
        Assert.Equal(file[(start + bytes)..], rewritten[(start + bytes)..]);
        Assert.Equal(99, Read(rewritten).Stored(3, 1));
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

    [Fact]
    public void Written_headers_keep_camera_and_exposure()
    {
        var info = new FrameInfo
        {
            Model = "O'Neill's camera",
            ExposureSeconds = 0.008,
            Iso = 3200,
            TemperatureCelsius = -12.5,
            CaptureTime = new DateTimeOffset(2026, 11, 22, 1, 2, 3, 456, TimeSpan.Zero),
        };
        var frame = new RawFrame(new Plane<ushort>(2, 2), 14, CfaPattern.Parse("GRBG"), new Levels(0, 1000)) { Info = info };
        RawFrame again = Read(Files.Made(output => Format.Write(frame, output)));
        Assert.Equal(info with { IsBottomUp = true, Notes = again.Info.Notes, Noise = again.Info.Noise }, again.Info);
        Assert.Equal((1000f, frame.Cfa), (again.Levels.White(0, 0), again.Cfa));
    }

    [Fact]
    public void A_record_is_appended_as_history_and_every_other_card_stays()
    {
        string[] cards = [.. Enumerable.Range(0, 28).Select(i => $"KEY{i:00}   = {i}"), "HISTORY older", "COMMENT kept"];
        byte[] file = FitsFile.Make(8, 5, 3, [.. Enumerable.Range(0, 15).Select(i => (byte)i)], cards);
        RawFrame frame = Read(file);
        SampleChange[] changes = [new(3, 1, 8, 99, 1)];
        byte[] rewritten = Files.Made(output => Format.RewriteWithRecord(file, frame, changes, ReadOptions.Default, Record, output));

        int end = FitsFile.DataStart(file) - 2880 + (file.AsSpan(FitsFile.DataStart(file) - 2880).IndexOf("END   "u8));
        Assert.Equal(file[..end], rewritten[..end]);
        string[] added =
        [
            "HISTORY tests 1: 1 samples repaired",
            "HISTORY one step",
            "HISTORY " + new string('x', 72),
            "HISTORY " + new string('x', 28),
            "END",
        ];
        Assert.Equal(string.Concat(added.Select(c => c.PadRight(80))), Encoding.ASCII.GetString(rewritten, end, 80 * added.Length));
        Assert.Equal(frame.With(changes).Codes!.Samples, Read(rewritten).Codes!.Samples);
        Assert.Equal(2880 * 3, rewritten.Length);
    }

    [Fact]
    public void Without_changes_there_is_nothing_to_record()
    {
        byte[] file = FitsFile.Make(8, 5, 3, new byte[15]);
        Assert.Equal(file, Files.Made(output => Format.RewriteWithRecord(file, Read(file), [], ReadOptions.Default, Record, output)));
    }

    [Theory]
    [InlineData(null, new[] { 1 })]
    [InlineData("2", new[] { 2 })]
    [InlineData("sci", new[] { 1, 3 })]
    [InlineData("ERR", new[] { 2 })]
    [InlineData("all", new[] { 1, 2, 3 })]
    public void Chosen_images_are_changed_and_all_others_keep_their_bytes(string? choice, int[] expected)
    {
        byte[] file = Extensions();
        var options = new ReadOptions { Hdu = choice };
        byte[] rewritten = Repaired(file, options, (frame, _) => [new(1, 1, frame.Stored(1, 1), 77, 1)]);
        IReadOnlyList<FitsUnit> before = FitsUnit.ReadAll(file);
        IReadOnlyList<FitsUnit> after = FitsUnit.ReadAll(rewritten);
        Assert.Equal(expected, Enumerable.Range(0, before.Count).Where(i => !before[i].Bytes.Span.SequenceEqual(after[i].Bytes.Span)));
        Assert.Equal("the end", Encoding.ASCII.GetString(rewritten.AsSpan()[^7..]));
        Assert.All(expected, i => Assert.Equal(77, Format.Read(rewritten, new ReadOptions { Hdu = i.ToString() }).Stored(1, 1)));
    }

    [Fact]
    public void An_image_that_is_not_there_is_refused_with_those_that_are()
    {
        RawDataException error = Assert.Throws<RawDataException>(() => Format.Read(Extensions(), new ReadOptions { Hdu = "VAR" }));
        Assert.Contains(
            "no image is 'VAR'; there are HDU 1 (SCI), HDU 2 (ERR), HDU 3 (SCI), HDU 4 (DQ)",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Planes_of_colour_are_repaired_one_by_one()
    {
        byte[] file = FitsFile.Make(8, 4, 2, [.. Enumerable.Range(0, 24).Select(i => (byte)i)], "NAXIS3  = 3", "BAYERPAT= 'RGGB'");
        Encoding.ASCII.GetBytes("NAXIS   = 3", file.AsSpan(160));
        byte[] rewritten = Repaired(
            file,
            ReadOptions.Default,
            (frame, plane) =>
            {
                Assert.Equal((CfaPattern.Mono, 4, 2, 8f * plane), (frame.Cfa, frame.Width, frame.Height, frame.Stored(0, 0)));
                return [new(plane, 1, frame.Stored(plane, 1), 99, 1)];
            }
        );
        int start = FitsFile.DataStart(rewritten);
        Assert.Equal([4, 13, 22], Enumerable.Range(0, 24).Where(i => rewritten[start + i] == 99));
        Assert.Equal(24 - 3, Enumerable.Range(0, 24).Count(i => rewritten[start + i] == i));
    }

    [Theory]
    [InlineData("NAXIS3  = 4")]
    [InlineData("NAXIS3  = 2")]
    public void Other_cubes_are_refused(string card)
    {
        byte[] file = FitsFile.Make(8, 4, 2, new byte[32], card);
        Encoding.ASCII.GetBytes("NAXIS   = 3", file.AsSpan(160));
        Assert.Equal(RawDataError.Unsupported, Assert.Throws<RawDataException>(() => Read(file)).Error);
    }

    /// <summary>An empty primary unit, SCI, ERR, SCI, a mask, and bytes that belong to nothing.</summary>
    private static byte[] Extensions()
    {
        byte[] data = [.. Enumerable.Range(0, 12).Select(i => (byte)i)];
        string[] names = ["SCI", "ERR", "SCI", "DQ"];
        return
        [
            .. FitsFile.Blocks("SIMPLE  = T", "BITPIX  = 8", "NAXIS   = 0"),
            .. names.SelectMany(name => FitsFile.Extension(8, 4, 3, data, $"EXTNAME = '{name}'")),
            .. "the end"u8,
        ];
    }

    /// <summary>The file with every chosen frame changed, one at a time as the program does it.</summary>
    private static byte[] Repaired(byte[] file, ReadOptions options, Func<RawFrame, int, SampleChange[]> changes)
    {
        using var input = new MemoryStream(file);
        using FrameSequence? sequence = Format.OpenSequence(input, options);
        if (sequence is null)
        {
            RawFrame only = Format.Read(file, options);
            return Files.Made(output => Format.Rewrite(file, only, changes(only, 0), options, output));
        }

        return Files.Made(output =>
        {
            for (int i = 0; sequence.Next() is { } frame; i++)
            {
                sequence.Write(changes(frame, i), Record, output);
            }

            sequence.Finish(output);
        });
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
}
