using PixelMend.Frames;

namespace PixelMend.Formats.Fits;

/// <summary>The chosen planes of a file, each a frame of its own. The file itself is in memory; frames are made as they are asked for.</summary>
internal sealed class FitsSequence(FitsContent file, ReadOptions options) : FrameSequence
{
    private readonly List<FitsEdit> edits = [];
    private int taken;
    private int unitWritten = -1;

    public override int? Count => file.Images.Count;

    public override RawFrame? Next() =>
        taken == file.Images.Count ? null : FitsFormat.Decode(file, file.Images[taken++], options, notes: []);

    /// <summary>The planes of an image share one header and checksum: they are written together, with the last of them.</summary>
    public override void Write(IReadOnlyList<SampleChange> changes, EditRecord? record, Stream output)
    {
        FitsImage image = file.Images[taken - 1];
        edits.Add(new FitsEdit(image, changes));
        if (!options.IgnoreEmbedded)
        {
            file.Masks.Note(image, changes);
        }

        if (taken < file.Images.Count && file.Images[taken].Unit == image.Unit)
        {
            return;
        }

        file.WriteUnit(unitWritten, edits, record, output);
        unitWritten = image.Unit.Number;
        edits.Clear();
    }

    public override void Finish(Stream output) => file.WriteRest(unitWritten, output);
}
