using PixelMend.Defects;
using PixelMend.Formats.Tiff;
using PixelMend.Frames;

namespace PixelMend.Formats.Dng;

/// <summary>Puts a map into a DNG as opcode FixBadPixelsList, so that every reader repairs by its own means and no sample changes.</summary>
internal static class DngOpcodeWriter
{
    /// <summary>The first version with opcodes.</summary>
    private static ReadOnlySpan<byte> OpcodeVersion => [1, 3, 0, 0];

    /// <summary>Writes the file anew with the map added.</summary>
    public static void Write(MosaicImage image, DefectMap map, Stream output)
    {
        TiffDirectory directory = image.Directory;
        var whole = new Area(0, 0, image.Layout.Width, image.Layout.Height);
        var all = new DefectMap.Builder(whole.Width, whole.Height);
        all.Add(map);
        OpcodeList others = OpcodeList
            .Parse(directory.BytesIfThere(TiffTag.OpcodeList1))
            .Without(o => o.Id == Opcode.FixBadPixelsList && BadPixelsList.TryRead(o.Parameters, whole, all, []));

        // Optional: a reader of before DNG 1.3 may go on without it, so that DNGBackwardVersion can stay.
        byte[] list = BadPixelsList.Write(all.Build(), BayerPhase(image));
        TiffEditor editor = image.Edit();
        Set(editor, directory, TiffTag.OpcodeList1, others.Prepend(Opcode.Create(Opcode.FixBadPixelsList, optional: true, list)));
        RaiseVersion(editor, image.File.First);
        editor.WriteTo(output);
    }

    /// <summary>Sets an opcode list, or removes its tag when nothing is left.</summary>
    public static void Set(TiffEditor editor, TiffDirectory directory, ushort tag, OpcodeList list)
    {
        if (list.IsEmpty)
        {
            editor.Remove(directory, tag);
        }
        else
        {
            byte[] bytes = list.ToBytes();
            editor.Set(directory, tag, TiffType.Undefined, (uint)bytes.Length, bytes);
        }
    }

    private static void RaiseVersion(TiffEditor editor, TiffDirectory main)
    {
        ReadOnlySpan<byte> version = main.BytesIfThere(TiffTag.DngVersion).Span;
        if (version.SequenceCompareTo(OpcodeVersion) < 0)
        {
            editor.Set(main, TiffTag.DngVersion, TiffType.Byte, 4, OpcodeVersion);
        }
    }

    /// <summary>
    /// The phase word as the Adobe SDK reads it: green where row + column + phase + ⌊phase / 2⌋ is even, 1 for RGGB, 2 for BGGR.
    /// Readers trust CFAPattern where they differ; for what is not Bayer there is no right phase, and 0 is written.
    /// </summary>
    private static uint BayerPhase(MosaicImage image) =>
        CfaTags.Read(image.File, image.Directory, image.ReadActiveArea([]))?.ToString() switch
        {
            "RGGB" => 1,
            "BGGR" => 2,
            "GBRG" => 3,
            _ => 0,
        };
}
