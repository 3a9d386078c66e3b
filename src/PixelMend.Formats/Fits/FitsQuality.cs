using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Fits;

/// <summary>
/// What the samples of a mask say. Those of 32 bits are data quality flags as JWST's archive defines them. In masks of other types every sample that
/// is not 0 may mean defective, or be flags of an instrument's own: that is known only where all of them are the same number.
/// </summary>
internal sealed class FitsQuality
{
    private const uint DoNotUse = 1;
    private const int FlagBits = 32;

    /// <summary>Bits with a kind of ours; some kinds have no bit, some bits no kind.</summary>
    private static readonly (uint Bit, DefectKind Kind)[] Bits =
    [
        (1u << 10, DefectKind.Dead),
        (1u << 11, DefectKind.Hot),
        (1u << 12, DefectKind.Warm),
        (1u << 13, DefectKind.LowResponse),
        (1u << 15, DefectKind.Telegraph),
        (1u << 16, DefectKind.NonLinear),
    ];

    /// <summary>Bits that mark a photosite as bad: those above, DO_NOT_USE, RC, OPEN and ADJ_OPEN. Others tell of one exposure, such as saturation.</summary>
    private static readonly uint Bad = Bits.Aggregate(DoNotUse | (1u << 14) | (1u << 26) | (1u << 27), (all, b) => all | b.Bit);

    private readonly FitsImage image;

    public FitsQuality(FitsImage image)
    {
        this.image = image;
    }

    private bool HasFlags => image.Samples.BitPix == FlagBits;

    /// <summary>The bits of a kind, as they are written.</summary>
    public static uint BitsOf(DefectKind kind) => Bits.Aggregate(DoNotUse, (bits, b) => kind.HasFlag(b.Kind) ? bits | b.Bit : bits);

    /// <summary>Every photosite that the mask marks, by row, then column; a sample that is not 0 and no flags is a defect of unknown kind.</summary>
    public IEnumerable<(int X, int Y, DefectKind Kind)> Marked()
    {
        var row = new double[image.Width];
        for (int y = 0; y < image.Height; y++)
        {
            image.Samples.Decode(image.Unit.File.Span[image.RowStart(y)..], row);
            for (int x = 0; x < image.Width; x++)
            {
                // Signed images hold bit 31 as a negative number; missing values mark nothing.
                uint bits =
                    HasFlags ? (uint)(long)row[x] & Bad
                    : row[x] is not 0 and not double.NaN ? DoNotUse
                    : 0;
                if (bits != 0)
                {
                    yield return (x, y, KindOf(bits));
                }
            }
        }
    }

    /// <summary>Whether it is known what the samples mean.</summary>
    public bool IsUnderstood => HasFlags || Values().Count <= 1;

    /// <summary>The mask's unit with more photosites marked; its own bytes where all were marked before.</summary>
    public byte[] With(IReadOnlyList<SampleChange> bad)
    {
        byte[] unit = image.Unit.Bytes.ToArray();
        double mark = HasFlags ? DoNotUse : Values().FirstOrDefault(1);
        foreach (SampleChange change in bad)
        {
            Span<byte> row = unit.AsSpan(image.RowStart(change.Y) - image.Header.Start);
            if (HasFlags)
            {
                // The lowest bit is that of the number stored, signed or not: other flags stay.
                row[((change.X + 1) * image.Samples.Bytes) - 1] |= (byte)DoNotUse;
            }
            else
            {
                image.Samples.Patch(row, change.X, mark);
            }
        }

        return unit;
    }

    /// <summary>What the samples are other than 0, up to two such numbers.</summary>
    private HashSet<double> Values()
    {
        var values = new HashSet<double>();
        var row = new double[image.Width];
        for (int y = 0; y < image.Height && values.Count < 2; y++)
        {
            image.Samples.Decode(image.Unit.File.Span[image.RowStart(y)..], row);
            values.UnionWith(row.Where(v => v is not 0 and not double.NaN));
        }

        return values;
    }

    private static DefectKind KindOf(uint bits) =>
        Bits.Aggregate(DefectKind.Unknown, (kind, b) => (bits & b.Bit) != 0 ? kind | b.Kind : kind);
}
