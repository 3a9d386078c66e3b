using PixelMend.Defects;

namespace PixelMend.Formats.Otp;

/// <summary>Maps in the image of a sensor's one-time-programmable memory.</summary>
public sealed class OtpMap : MapFormat
{
    /// <summary>Images of maps are as large as needed, in steps of this.</summary>
    private const int Step = 256;

    /// <inheritdoc/>
    public override string Name => OtpImage.FormatName;

    /// <inheritdoc/>
    public override string Summary =>
        "A sensor's one-time-programmable memory: places, lines, kinds and rough severities; 'otp' packs it to a size and updates it.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".bin"];

    /// <inheritdoc/>
    public override bool OriginIsFixed => true;

    /// <inheritdoc/>
    public override MapReading Read(ReadOnlyMemory<byte> file, MapContext context) => OtpImage.Open(file.Span).Read(this, context);

    /// <summary>Writes an image just large enough.</summary>
    public override IReadOnlyList<string> Write(DefectMap map, MapContext context, Stream output)
    {
        if (context.Size is null)
        {
            throw new NotSupportedException("an OTP image needs the sensor's size: --size or --frame tells it");
        }

        (OtpImage whole, _, int leftOut) = OtpImage.Create(OtpImage.MostBytes, map.Width, map.Height).Program(map, withSeverity: true);
        int used = whole.Size - whole.FreeBytes;
        output.Write(whole.ToBytes().AsSpan(0, Math.Min(whole.Size, (used + Step - 1) / Step * Step)));
        return leftOut == 0 ? [] : [$"{leftOut} of the less severe defects do not fit into {OtpImage.MostBytes} bytes."];
    }
}
