namespace PixelMend.Cli.Findings;

/// <summary>A small picture for people to look at: three bytes a pixel, row after row.</summary>
internal sealed class Picture(int width, int height)
{
    public int Width => width;

    public int Height => height;

    public byte[] Rgb { get; } = new byte[width * height * 3];

    public void Set(int x, int y, byte red, byte green, byte blue)
    {
        int at = ((y * width) + x) * 3;
        Rgb[at] = red;
        Rgb[at + 1] = green;
        Rgb[at + 2] = blue;
    }
}
