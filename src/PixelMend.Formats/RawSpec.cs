using System.Globalization;
using System.Text;
using PixelMend.Frames;

namespace PixelMend.Formats;

/// <summary>How the samples of a headerless dump fill their bytes.</summary>
public enum RawPacking
{
    /// <summary>One byte a sample up to 8 bits, else two.</summary>
    Plain,

    /// <summary>MIPI CSI-2 RAW10 (4 samples in 5 bytes), RAW12 (2 in 3) or RAW14 (4 in 7).</summary>
    Mipi,
}

/// <summary>
/// Geometry of a headerless dump, as written after <c>--raw</c>:
/// <c>width=2592,height=1536,depth=8,cfa=GRBG,black=16,white=255[,stride=BYTES][,offset=BYTES][,packing=plain|mipi][,endian=little|big]</c>.
/// Width, height and depth are required; the rest has the defaults below.
/// </summary>
public sealed record RawSpec
{
    /// <summary>Photosites per row.</summary>
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>
    /// Bits per sample, 1 to 16: up to 8 stored in one byte, else in two. It bounds what repairs may store;
    /// samples that exceed it in the file are kept as they are.
    /// </summary>
    public required int Depth { get; init; }

    /// <summary>The mosaic.</summary>
    public CfaPattern Cfa { get; init; } = CfaPattern.Mono;

    /// <summary>Black level, ADU.</summary>
    public float Black { get; init; }

    /// <summary>White level, ADU; null: the largest code of the depth.</summary>
    public float? White { get; init; }

    /// <summary>Bytes from one row to the next; null: rows without padding.</summary>
    public int? Stride { get; init; }

    /// <summary>Bytes before the first row.</summary>
    public long Offset { get; init; }

    /// <summary>How samples fill bytes.</summary>
    public RawPacking Packing { get; init; }

    /// <summary>Whether two-byte samples come high byte first.</summary>
    public bool BigEndian { get; init; }

    /// <summary>Reads the text after <c>--raw</c>.</summary>
    /// <exception cref="FormatException">A key or value is wrong; the message is one clause that names it and says what is accepted.</exception>
    public static RawSpec Parse(string text)
    {
        Dictionary<string, string> values = Split(text);
        int width = Whole(values, "width", 1) ?? throw Missing("width");
        int height = Whole(values, "height", 1) ?? throw Missing("height");
        int depth = Whole(values, "depth", 1, 16) ?? throw Missing("depth");
        var spec = new RawSpec
        {
            Width = width,
            Height = height,
            Depth = depth,
            Cfa = values.TryGetValue("cfa", out string? cfa) ? CfaPattern.Parse(cfa) : CfaPattern.Mono,
            Black = Level(values, "black") ?? 0,
            White = Level(values, "white"),
            Stride = Whole(values, "stride", 1),
            Offset = Whole(values, "offset", 0) ?? 0,
            Packing = Word(values, "packing", "plain", "mipi") == 1 ? RawPacking.Mipi : RawPacking.Plain,
            BigEndian = Word(values, "endian", "little", "big") == 1,
        };
        spec.Check();
        return spec;
    }

    /// <summary>Bytes of one row's samples, padding not counted.</summary>
    public long RowBytes =>
        Packing == RawPacking.Mipi
            ? (long)(Width + MipiSamples - 1) / MipiSamples * MipiSamples * Depth / 8
            : (long)Width * (Depth <= 8 ? 1 : 2);

    /// <summary>The white level in force.</summary>
    public float EffectiveWhite => White ?? (1 << Depth) - 1;

    /// <summary>Samples in one MIPI group: the fewest that fill whole bytes.</summary>
    internal int MipiSamples => Depth == 12 ? 2 : 4;

    /// <summary>The shortest text that <see cref="Parse"/> reads back as this geometry.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"width={Width},height={Height},depth={Depth},cfa={Cfa},black={Black},white={EffectiveWhite}");
        text.Append(Stride is int stride ? $",stride={stride}" : "");
        text.Append(Offset != 0 ? $",offset={Offset}" : "");
        text.Append(Packing == RawPacking.Mipi ? ",packing=mipi" : "");
        text.Append(BigEndian ? ",endian=big" : "");
        return text.ToString();
    }

    /// <summary>Rules between the values; each alone was checked when it was read.</summary>
    /// <exception cref="FormatException">Two values contradict each other.</exception>
    internal void Check()
    {
        if (Packing == RawPacking.Mipi && Depth is not (10 or 12 or 14))
        {
            throw new FormatException($"packing=mipi needs depth=10, 12 or 14, not {Depth}");
        }

        if (Stride < RowBytes)
        {
            throw new FormatException($"stride={Stride} is less than the {RowBytes} bytes of a row");
        }

        if (!float.IsFinite(Black) || !float.IsFinite(EffectiveWhite) || EffectiveWhite <= Black)
        {
            throw new FormatException($"white={EffectiveWhite} must be above black={Black}");
        }

        int largest = (1 << Depth) - 1;
        if (Black >= largest)
        {
            throw new FormatException($"black={Black} leaves no code of {Depth} bits above it, the largest is {largest}");
        }

        if (EffectiveWhite > largest)
        {
            throw new FormatException($"white={EffectiveWhite} is beyond {largest}, the largest code of {Depth} bits");
        }
    }

    private static readonly string[] Keys = ["width", "height", "depth", "cfa", "black", "white", "stride", "offset", "packing", "endian"];

    private static Dictionary<string, string> Split(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string item in text.Split(',', StringSplitOptions.TrimEntries))
        {
            int equals = item.IndexOf('=');
            string key = equals < 0 ? item : item[..equals].TrimEnd();
            if (equals < 0 || !Keys.Contains(key, StringComparer.Ordinal))
            {
                throw new FormatException($"'{item}' is not understood: write key=value with the keys {string.Join(", ", Keys)}");
            }

            if (!values.TryAdd(key, item[(equals + 1)..].TrimStart()))
            {
                throw new FormatException($"{key} is given twice");
            }
        }

        return values;
    }

    private static FormatException Missing(string key) => new($"{key} is missing: width, height and depth are required");

    private static int? Whole(Dictionary<string, string> values, string key, int least, int most = int.MaxValue)
    {
        if (!values.TryGetValue(key, out string? value))
        {
            return null;
        }

        string range = most == int.MaxValue ? $"from {least}" : $"from {least} to {most}";
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int whole) && whole >= least && whole <= most
            ? whole
            : throw new FormatException($"{key}={value} is not a whole number {range}");
    }

    private static float? Level(Dictionary<string, string> values, string key)
    {
        if (!values.TryGetValue(key, out string? value))
        {
            return null;
        }

        return float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out float level) && float.IsFinite(level)
            ? level
            : throw new FormatException($"{key}={value} is not a number");
    }

    /// <summary>Index of the value among the accepted words; the first when the key is absent.</summary>
    private static int Word(Dictionary<string, string> values, string key, params string[] accepted)
    {
        int index = values.TryGetValue(key, out string? value) ? Array.IndexOf(accepted, value) : 0;
        return index >= 0 ? index : throw new FormatException($"{key}={value} is not one of {string.Join(", ", accepted)}");
    }
}
