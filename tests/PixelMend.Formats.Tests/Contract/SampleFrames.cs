using CsCheck;
using PixelMend.Frames;

namespace PixelMend.Formats.Tests.Contract;

/// <summary>Random frames, as any format may be given them.</summary>
internal static class SampleFrames
{
    /// <summary>Integer frames of any depth and mosaic, from one photosite upwards.</summary>
    public static Gen<RawFrame> Codes { get; } =
        from width in Gen.Int[1, 37]
        from height in Gen.Int[1, 29]
        from depth in Gen.Int[1, 16]
        from cfa in Dumps.Cfas
        from samples in Gen.Int[0, (1 << depth) - 1].Select(i => (ushort)i).Array[width * height]
        select new RawFrame(new Plane<ushort>(width, height, samples), depth, cfa, new Levels(0, (1 << depth) - 1));

    /// <summary>Float frames, missing values among them.</summary>
    public static Gen<RawFrame> Values { get; } =
        from width in Gen.Int[1, 37]
        from height in Gen.Int[1, 29]
        from cfa in Dumps.Cfas
        from samples in Gen.Frequency((9, Gen.Float[-1e6f, 1e6f]), (1, Gen.Const(float.NaN))).Array[width * height]
        select new RawFrame(new Plane<float>(width, height, samples), cfa, new Levels(0, 1e6f));

    /// <summary>One fixed small frame that every format can hold.</summary>
    public static RawFrame Small { get; } = Gradient(24, 10, CfaPattern.Mono);

    /// <summary>A frame with a different value nearly everywhere.</summary>
    public static RawFrame Gradient(int width, int height, CfaPattern cfa)
    {
        var plane = new Plane<ushort>(width, height);
        for (int i = 0; i < plane.Samples.Length; i++)
        {
            plane.Samples[i] = (ushort)(i * 2654435761L >> 7 & 0xFFFF);
        }

        return new RawFrame(plane, 16, cfa, new Levels(0, 65535));
    }

    /// <summary>Changes of up to eight photosites, sorted, each to a code within the frame's depth or a float.</summary>
    public static Gen<SampleChange[]> Changes(RawFrame frame) =>
        from places in Gen.Int[0, (frame.Width * frame.Height) - 1].Array[0, 8]
        from codes in Gen.Int[0, (1 << Math.Min(frame.BitDepth, 16)) - 1].Array[8]
        select places
            .Distinct()
            .Order()
            .Select((p, i) => (X: p % frame.Width, Y: p / frame.Width, Code: codes[i]))
            .Select(c => new SampleChange(c.X, c.Y, frame.Stored(c.X, c.Y), c.Code, 1))
            .ToArray();
}
