namespace PixelMend.Formats.Maps;

/// <summary>The lines of a text, whatever system wrote it.</summary>
internal static class TextLines
{
    /// <summary>
    /// Splits a text at its line feeds, leaving a carriage return before one on its line; a text without any, as some spreadsheets
    /// write it, at its carriage returns.
    /// </summary>
    public static MemoryExtensions.SpanSplitEnumerator<byte> Of(ReadOnlySpan<byte> text) =>
        text.Split(text.Contains((byte)'\n') ? (byte)'\n' : (byte)'\r');
}
