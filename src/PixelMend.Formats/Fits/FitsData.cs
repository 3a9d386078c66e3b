namespace PixelMend.Formats.Fits;

/// <summary>The data of a new unit, padded to whole blocks.</summary>
internal sealed class FitsData(Stream output)
{
    private long written;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        written += bytes.Length;
    }

    /// <summary>Fills the last block with zeros.</summary>
    public void Pad()
    {
        int over = (int)(written % FitsHeader.BlockBytes);
        output.Write(new byte[over == 0 ? 0 : FitsHeader.BlockBytes - over]);
    }
}
