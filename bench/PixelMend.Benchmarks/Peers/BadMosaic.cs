using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>A frame in linear ADU and what is bad in it.</summary>
internal sealed record BadMosaic(RawFrame Frame, Plane<float> Samples, DefectMask Bad)
{
    public float this[int x, int y] => Samples[x, y];

    public bool IsGood(int x, int y) => Frame.ActiveArea.Contains(x, y) && !Bad[x, y];

    public bool IsGreen(int x, int y) => Frame.Cfa[x, y] == CfaColor.Green;

    public float Difference(int ax, int ay, int bx, int by) => MathF.Abs(Samples[ax, ay] - Samples[bx, by]);
}
