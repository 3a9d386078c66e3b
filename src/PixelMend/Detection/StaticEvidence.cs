using System.Runtime.InteropServices;
using PixelMend.Frames;

namespace PixelMend.Detection;

/// <summary>
/// What the frames of one camera say together about each photosite: how far it was off, in standard deviations of a good photosite there, each
/// frame with the weight that its scene allows. Takes two integers per photosite however many frames there are; integers, so that the order of
/// the frames and the threads that add them leave no trace.
/// </summary>
/// <remarks>
/// A frame's vote on a photosite is its bounded deviation z with weight w: the photosite's noise over the standard deviation that detail around it
/// leaves. With Σ over frames, Σ w·z / √Σ w² has spread 1 where all is good and the scene moved, and grows with √N at a defect.
/// </remarks>
public sealed class StaticEvidence
{
    /// <summary>Largest deviation that one frame may claim: no single outlier convinces, several frames must agree.</summary>
    internal const float Bound = 4;

    /// <summary>Least weight of a vote.</summary>
    internal const float LeastWeight = 1f / 64;

    private const float VoteUnits = 1024;
    private const float WeightUnits = 4096;

    private readonly Plane<int> votes;
    private readonly Plane<int> weights;
    private readonly Lock[] rows;
    private int frames;

    /// <summary>No evidence yet, for frames like <paramref name="frame"/>.</summary>
    public StaticEvidence(RawFrame frame)
    {
        Width = frame.Width;
        Height = frame.Height;
        Cfa = frame.Cfa;
        votes = new Plane<int>(Width, Height);
        weights = new Plane<int>(Width, Height);
        rows = [.. Enumerable.Range(0, Height).Select(_ => new Lock())];
    }

    /// <summary>Photosites per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The mosaic of all frames.</summary>
    public CfaPattern Cfa { get; }

    /// <summary>Frames added so far.</summary>
    public int Frames => frames;

    /// <summary>Whether a frame has the geometry and the mosaic of the sequence.</summary>
    public bool Fits(RawFrame frame) => frame.Width == Width && frame.Height == Height && frame.Cfa.Equals(Cfa);

    /// <summary>Counts a frame whose votes are about to be added.</summary>
    internal void AddFrame(RawFrame frame)
    {
        if (!Fits(frame))
        {
            throw new ArgumentException("The frame has another geometry or mosaic than the sequence.", nameof(frame));
        }

        Interlocked.Increment(ref frames);
    }

    /// <summary>Writes what was added so far.</summary>
    internal void Save(BinaryWriter to)
    {
        to.Write(frames);
        to.Write(MemoryMarshal.AsBytes(votes.Samples.AsSpan()));
        to.Write(MemoryMarshal.AsBytes(weights.Samples.AsSpan()));
    }

    /// <summary>Takes up what <see cref="Save"/> wrote, for frames of the same geometry.</summary>
    internal void Load(BinaryReader from)
    {
        frames = from.ReadInt32();
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(votes.Samples.AsSpan()));
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(weights.Samples.AsSpan()));
    }

    /// <summary>Adds votes of photosites <paramref name="x"/>, <paramref name="x"/> + <paramref name="step"/>, … of a row, sensor coordinates.</summary>
    internal void Add(int x, int y, int step, ReadOnlySpan<Vote> added)
    {
        lock (rows[y])
        {
            Span<int> voteRow = votes.Row(y);
            Span<int> weightRow = weights.Row(y);
            for (int i = 0; i < added.Length; i++, x += step)
            {
                Vote vote = added[i];
                voteRow[x] += (int)MathF.Round(vote.Weight * vote.Deviation * VoteUnits);
                weightRow[x] += (int)MathF.Round(vote.Weight * vote.Weight * WeightUnits);
            }
        }
    }

    /// <summary>The joint deviation of a row's photosites, in standard deviations of a good one; 0 where there were no votes.</summary>
    internal void ReadRow(int y, Span<float> joint)
    {
        ReadOnlySpan<int> voteRow = votes.Row(y);
        ReadOnlySpan<int> weightRow = weights.Row(y);
        for (int x = 0; x < joint.Length; x++)
        {
            joint[x] = weightRow[x] == 0 ? 0 : voteRow[x] / VoteUnits / MathF.Sqrt(weightRow[x] / WeightUnits);
        }
    }

    /// <summary>Mean squared weight of the votes on a photosite: near 1 in quiet places, small where detail drowns the noise.</summary>
    internal float MeanWeight(int x, int y) => frames == 0 ? 0 : weights[x, y] / WeightUnits / frames;
}

/// <summary>What one frame says about one photosite.</summary>
/// <param name="Deviation">How far it is off, in standard deviations of a good photosite there, within ±<see cref="StaticEvidence.Bound"/>.</param>
/// <param name="Weight">0: no vote; 1: nothing but noise limits it.</param>
internal readonly record struct Vote(float Deviation, float Weight);
