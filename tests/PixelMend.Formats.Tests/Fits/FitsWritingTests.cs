using System.Text;
using CsCheck;
using PixelMend.Formats.Fits;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Fits;

/// <summary>What repairs change of a file, and what they leave.</summary>
public class FitsWritingTests
{
    public static readonly EditRecord Record = new("tests 1", ["one step", new string('x', 100)]);

    private static readonly FitsFormat Format = new();

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

    private static RawFrame Read(byte[] file) => Format.Read(file, ReadOptions.Default);
}
