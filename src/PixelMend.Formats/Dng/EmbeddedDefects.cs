using System.Buffers.Binary;
using PixelMend.Defects;
using PixelMend.Formats.Tiff;
using PixelMend.Frames;

namespace PixelMend.Formats.Dng;

/// <summary>
/// The defects that a DNG declares by opcodes of its first and second list, in sensor coordinates, and the lists without the opcodes
/// that they came from. The third list works on demosaiced pixels and declares nothing about photosites.
/// </summary>
internal sealed class EmbeddedDefects
{
    /// <summary>A constant that marks more than this share of the photosites is a picture, not a list of defects.</summary>
    private const double MostMarked = 0.01;

    private const int FewMarked = 16;

    private readonly RawFrame frame;
    private readonly DefectMap.Builder builder;
    private readonly Dictionary<ushort, OpcodeList> remaining = [];
    private readonly List<string> notes = [];

    private EmbeddedDefects(RawFrame frame)
    {
        this.frame = frame;
        builder = new DefectMap.Builder(frame.Width, frame.Height)
        {
            Provenance = new MapProvenance { Algorithm = "DNG FixBadPixels opcodes" },
        };
    }

    /// <summary>Opcode lists (by tag) that held opcodes now in the map, without these.</summary>
    public IReadOnlyDictionary<ushort, OpcodeList> Remaining => remaining;

    /// <summary>What was wrong or had to be decided.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>The declared defects.</summary>
    public DefectMap Map => builder.Build();

    /// <summary>Reads both lists; nothing in them is an error.</summary>
    public static EmbeddedDefects Read(TiffDirectory directory, RawFrame frame)
    {
        var defects = new EmbeddedDefects(frame);
        defects.ReadList(directory, TiffTag.OpcodeList1, new Area(0, 0, frame.Width, frame.Height));
        defects.ReadList(directory, TiffTag.OpcodeList2, frame.ActiveArea);
        return defects;
    }

    private void ReadList(TiffDirectory directory, ushort tag, Area area)
    {
        var list = OpcodeList.Parse(directory.BytesIfThere(tag));
        if (list.IsDamaged || (directory.Has(tag) && directory.BytesIfThere(tag).Length < 4))
        {
            notes.Add($"Opcode list (tag {tag}) is damaged: only the {list.Opcodes.Count} whole opcodes are looked at.");
        }

        OpcodeList rest = list.Without(o =>
            o.Id switch
            {
                Opcode.FixBadPixelsList => BadPixelsList.TryRead(o.Parameters, area, builder, notes),
                Opcode.FixBadPixelsConstant => AddConstant(o.Parameters, tag == TiffTag.OpcodeList2),
                _ => false,
            }
        );
        if (rest.Opcodes.Count < list.Opcodes.Count)
        {
            remaining[tag] = rest;
        }
    }

    /// <summary>
    /// Marks samples of one value. Masked borders are left out: cameras may fill them with the very constant.
    /// In the second list samples are black-subtracted and scaled to 16 bits.
    /// </summary>
    private bool AddConstant(ReadOnlySpan<byte> parameters, bool isLinear)
    {
        if (parameters.Length < 8)
        {
            notes.Add("A FixBadPixelsConstant opcode is too short: it is ignored.");
            return false;
        }

        uint constant = BinaryPrimitives.ReadUInt32BigEndian(parameters);
        Area area = frame.ActiveArea;
        long most = Math.Max(FewMarked, (long)(MostMarked * area.Count));
        var marked = new List<Defect>();
        var row = new float[area.Width];
        for (int y = area.Top; y < area.Bottom; y++)
        {
            ReadRow(y, row, isLinear);
            for (int x = 0; x < row.Length; x++)
            {
                if (row[x] == constant)
                {
                    marked.Add(new Defect(area.Left + x, y));
                }
            }

            if (marked.Count > most)
            {
                notes.Add(
                    $"FixBadPixelsConstant marks more than {most} photosites (all that read {constant}): this is taken for a dark picture, and the opcode is ignored."
                );
                return false;
            }
        }

        builder.AddRange(marked);
        return true;
    }

    private void ReadRow(int y, Span<float> row, bool isLinear)
    {
        int left = frame.ActiveArea.Left;
        if (isLinear)
        {
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = MathF.Round(Math.Clamp(frame.Signal(left + x, y), 0, 1) * ushort.MaxValue);
            }

            return;
        }

        for (int x = 0; x < row.Length; x++)
        {
            row[x] = frame.Stored(left + x, y);
        }
    }
}
