using CsCheck;
using PixelMend.Formats.Dng;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Dng;

/// <summary>Fresh DNG files say what the frame says.</summary>
public class DngWriteTests
{
    internal static Gen<RawFrame> Frames { get; } =
        from width in Gen.Int[1, 70]
        from height in Gen.Int[1, 40]
        from depth in Gen.Int[8, 16]
        from cfa in Gen.OneOf(["MONO", "RGGB", "BGGR", "GRBG", "GBRG", "QUAD-RGGB", "XTRANS", "CMYG", "RGWB/GRBW"]).Select(CfaPattern.Parse)
        from left in Gen.Int[0, width - 1]
        from top in Gen.Int[0, height - 1]
        from black in Gen.Int[0, 60].Array[4]
        from rowBlack in Gen.OneOf([0, height]).SelectMany(n => Gen.Int[0, 9].Select(i => i / 4f).Array[n])
        from linear in Gen.Bool
        from samples in Gen.Int[0, (1 << depth) - 1].Select(s => (ushort)s).Array[width * height]
        select new RawFrame(
            new Plane<ushort>(width, height, samples),
            depth,
            cfa,
            new Levels(
                2,
                2,
                [.. black.Select(b => (float)b)],
                [.. Enumerable.Repeat((float)((1 << depth) - 1), 4)],
                [.. rowBlack.Select((r, y) => y < top ? 0 : r)]
            )
        )
        {
            ActiveArea = new Area(left, top, width - left, height - top),
            MaskedAreas = left > 0 ? [new Area(0, 0, left, height)] : [],
            Linearization = linear ? new ushort[] { 0, 5, 17, (ushort)((1 << depth) - 1) } : default(ReadOnlyMemory<ushort>),
            Info = new FrameInfo
            {
                Make = "Maker",
                Model = "Model 7",
                Serial = "0815",
                Description = "simulated",
                ExposureSeconds = 0.004,
                Iso = 800,
                TemperatureCelsius = -12.5,
                CaptureTime = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
                Noise = [new NoiseProfile(1e-4, 2e-7)],
            },
        };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_written_is_read_back(bool losslessJpeg) =>
        Frames.Sample(
            frame =>
            {
                RawFrame read = WriteAndRead(frame, losslessJpeg);
                Assert.Equal(frame.Codes!.Samples, read.Codes!.Samples);
                Assert.Equal(frame.Cfa, read.Cfa);
                Assert.Equal(frame.ActiveArea, read.ActiveArea);
                Assert.Equal(frame.MaskedAreas, read.MaskedAreas);
                Assert.Equal(frame.Linearization.ToArray(), read.Linearization.ToArray());
                Assert.Equal(frame.Info with { Notes = [], Noise = [] }, read.Info with { Notes = [], Noise = [] });
                Assert.Equal(frame.Info.Noise, read.Info.Noise);
                Assert.Empty(read.Info.Notes);
                AssertSameLevels(frame, read);
            },
            iter: 300
        );

    [Fact]
    public void Floats_keep_every_bit()
    {
        float[] samples = [0, -0f, 1, float.NaN, float.PositiveInfinity, 1e-40f, -3.25f, 65535.5f, .1f, 7, 8, 9];
        var frame = new RawFrame(new Plane<float>(4, 3, samples), CfaPattern.Parse("RGGB"), new Levels(0, 1));
        RawFrame read = WriteAndRead(frame, losslessJpeg: true);
        Assert.Equal(samples.Select(BitConverter.SingleToUInt32Bits), read.Values!.Samples.Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void A_filter_without_a_DNG_code_is_refused()
    {
        var frame = new RawFrame(new Plane<ushort>(4, 4), 12, CfaPattern.Parse("RG/GI"), new Levels(0, 4095));
        Assert.Throws<NotSupportedException>(() => new DngFormat().Write(frame, new MemoryStream()));
    }

    private static RawFrame WriteAndRead(RawFrame frame, bool losslessJpeg)
    {
        var format = new DngFormat
        {
            WriteOptions = new DngWriteOptions { LosslessJpeg = losslessJpeg, TileSide = 16 },
        };
        using var file = new MemoryStream();
        format.Write(frame, file);
        return format.Read(file.ToArray(), ReadOptions.Default);
    }

    private static void AssertSameLevels(RawFrame frame, RawFrame read)
    {
        Area area = frame.ActiveArea;
        for (int y = area.Top; y < area.Bottom; y++)
        {
            for (int x = area.Left; x < area.Right; x++)
            {
                Assert.Equal(frame.Levels.Black(x, y), read.Levels.Black(x, y));
                Assert.Equal(frame.Levels.White(x, y), read.Levels.White(x, y));
            }
        }
    }
}
