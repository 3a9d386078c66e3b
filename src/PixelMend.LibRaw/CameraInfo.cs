using PixelMend.Formats.Tiff;
using PixelMend.Frames;

namespace PixelMend.LibRaw;

/// <summary>Camera, exposure and colours as LibRaw tells them.</summary>
internal static class CameraInfo
{
    private const int NameLength = 64;
    private const int LensNameLength = 128;

    /// <summary>Temperatures below this many °C stand for unknown ones.</summary>
    private const float AbsoluteZero = -273.15f;

    /// <summary>What is known.</summary>
    public static FrameInfo Read(CameraFile file, ReadOnlyMemory<byte> bytes, CameraMosaic mosaic, Area active, IReadOnlyList<string> notes)
    {
        LibRawLayout layout = file.Layout;
        bool isNikonD1 = (file.Text(layout.Make, NameLength), file.Text(layout.Model, NameLength)) == ("Nikon", "D1");
        return new FrameInfo
        {
            Make = file.Text(layout.Make, NameLength),
            Model = file.Text(layout.Model, NameLength),
            Serial = file.Text(layout.BodySerial, NameLength) ?? file.Text(layout.InternalBodySerial, NameLength),
            Lens = file.Text(layout.LensName, LensNameLength),
            ExposureSeconds = Positive(file.Float(layout.Shutter)),
            Iso = Positive(file.Float(layout.Iso)),
            FNumber = Positive(file.Float(layout.Aperture)),
            FocalLength = Positive(file.Float(layout.FocalLength)),
            TemperatureCelsius = Temperature(file.Float(layout.SensorTemperature)) ?? Temperature(file.Float(layout.CameraTemperature)),
            CaptureTime = CameraClock(file.Int64(layout.Timestamp)),
            IsCameraClock = true,
            Orientation = Orientation(file.Int32(layout.Flip)),
            DefaultCrop = InsetCrop(file, active),
            ColorMatrix = ColorMatrix(file, mosaic),
            Neutral = Neutral(isNikonD1 ? NikonFactors(bytes) : Factors(file, mosaic)),
            Notes = notes,
        };
    }

    /// <summary>Single precision in its shortest decimal form: 7.6, not 7.599999904632568.</summary>
    private static double? Positive(float value) => float.IsFinite(value) && value is > 1e-9f and < 1e9f ? (double)(decimal)value : null;

    private static double? Temperature(float celsius) =>
        float.IsFinite(celsius) && celsius > AbsoluteZero && celsius < 1000 && celsius != 0 ? (double)(decimal)celsius : null;

    /// <summary>LibRaw takes the camera's clock for this computer's time zone; what the clock showed is got back by the same zone.</summary>
    private static DateTimeOffset? CameraClock(long unixSeconds)
    {
        if (unixSeconds <= 0 || unixSeconds >= DateTimeOffset.MaxValue.ToUnixTimeSeconds() - TimeSpan.SecondsPerDay)
        {
            return null;
        }

        DateTime clock = DateTimeOffset.FromUnixTimeSeconds(unixSeconds).LocalDateTime;
        return new DateTimeOffset(DateTime.SpecifyKind(clock, DateTimeKind.Unspecified), TimeSpan.Zero);
    }

    /// <summary>The EXIF code of LibRaw's turn.</summary>
    private static int Orientation(int flip) =>
        flip switch
        {
            3 => 3,
            5 => 8,
            6 => 6,
            _ => 1,
        };

    /// <summary>Top left and size, where the file has them and they make sense.</summary>
    private static Area? InsetCrop(CameraFile file, Area active)
    {
        int at = file.Layout.InsetCrop;
        var crop = new Area(file.UInt16(at), file.UInt16(at + 2), file.UInt16(at + 4), file.UInt16(at + 6));
        bool lies = crop.Left >= active.Left && crop.Top >= active.Top && crop.Right <= active.Right && crop.Bottom <= active.Bottom;
        return crop.Count > 0 && lies ? crop : null;
    }

    private static Dictionary<CfaColor, XyzResponse> ColorMatrix(CameraFile file, CameraMosaic mosaic)
    {
        var matrix = new Dictionary<CfaColor, XyzResponse>();
        for (int i = 0; i < mosaic.Letters.Count; i++)
        {
            int at = file.Layout.CameraFromXyz + (12 * i);
            var row = new XyzResponse(Value(at), Value(at + 4), Value(at + 8));
            bool known = double.IsFinite(row.X + row.Y + row.Z) && row != default;
            if (known)
            {
                matrix.TryAdd(mosaic.Letters[i], row);
            }
        }

        return matrix;

        double Value(int offset) => file.Float(offset);
    }

    /// <summary>LibRaw's factors make neutral grey equal in all filters; its word for unknown ones is zero.</summary>
    private static Dictionary<CfaColor, double> Factors(CameraFile file, CameraMosaic mosaic)
    {
        var factors = new Dictionary<CfaColor, double>();
        for (int i = 0; i < mosaic.Letters.Count; i++)
        {
            if (Positive(file.Float(file.Layout.CameraMultipliers + (4 * i))) is { } factor)
            {
                factors.TryAdd(mosaic.Letters[i], factor);
            }
        }

        return factors;
    }

    private static Dictionary<CfaColor, double> NikonFactors(ReadOnlyMemory<byte> bytes) =>
        NikonD1.Factors(bytes) is var (red, green, blue)
            ? new()
            {
                [CfaColor.Red] = red,
                [CfaColor.Green] = green,
                [CfaColor.Blue] = blue,
            }
            : [];

    /// <summary>What neutral grey is in each filter, of the brightest.</summary>
    private static Dictionary<CfaColor, double> Neutral(Dictionary<CfaColor, double> factors)
    {
        double least = factors.Count == 0 ? 1 : factors.Values.Min();
        return factors.ToDictionary(f => f.Key, f => least / f.Value);
    }
}
