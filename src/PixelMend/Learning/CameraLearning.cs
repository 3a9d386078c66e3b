using System.Text;
using PixelMend.Algorithms;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;

namespace PixelMend.Learning;

/// <summary>
/// Learns the static defects of a camera from its ordinary frames, one after the other, none of them kept. Two sorts of evidence are joined: votes of all
/// frames on all photosites (<see cref="StaticEvidence"/>), which find what is weak but always there, and sightings by single frames, which find what
/// blinks and tell since when. Frames that repeat a scene are left out.
/// </summary>
public sealed class CameraLearning
{
    /// <summary>How sure a defect must be.</summary>
    private const double LeastProbability = 0.99;

    /// <summary>Mistakes are counted in squares of so many photosites.</summary>
    private const int PartSide = 64;

    /// <summary>What found the defects, as their details say.</summary>
    private const string Source = "learn";

    private readonly Repair detection;
    private readonly IEvidenceSource source;
    private readonly StaticEvidence evidence;
    private readonly SceneMemory scenes = new();
    private readonly Sightings<(int X, int Y)> points;
    private readonly Sightings<Area> lines;
    private DateTimeOffset? first;
    private DateTimeOffset? last;

    /// <summary>Begins with nothing.</summary>
    /// <param name="detector">Judges single frames.</param>
    /// <param name="source">Says how far each photosite is off, usually the same.</param>
    /// <param name="like">A frame of the camera, which is not added yet.</param>
    public CameraLearning(IDefectDetector detector, IEvidenceSource source, RawFrame like)
    {
        this.source = source;
        detection = new Repair { Detectors = [detector] };
        evidence = new StaticEvidence(like);
        int across = (like.Width / PartSide) + 1;
        points = new Sightings<(int X, int Y)>(
            (double)like.Width * like.Height,
            p => (p.Y / PartSide * across) + (p.X / PartSide),
            PartSide * PartSide
        );
        lines = new Sightings<Area>(like.Width + like.Height, _ => 0, like.Width + like.Height);
    }

    /// <summary>Frames that taught something.</summary>
    public int Frames => evidence.Frames;

    /// <summary>Learns from a frame.</summary>
    /// <returns>Whether it told anything: false where it repeats the scene of one before it.</returns>
    /// <exception cref="ArgumentException">It has another geometry or mosaic than the others.</exception>
    /// <exception cref="ImplausibleFrameException">It cannot be what it was taken for; nothing was learned from it.</exception>
    public bool Add(RawFrame frame, ParallelOptions options)
    {
        if (!evidence.Fits(frame))
        {
            throw new ArgumentException("The frame has another geometry or mosaic than the others.", nameof(frame));
        }

        if (scenes.Repeats(frame))
        {
            return false;
        }

        DefectMap found = detection.Run(frame, [], options).Found;
        source.Weigh(new Evidence(frame, DefectMap.Empty(frame.Width, frame.Height)), evidence, options);
        Note(frame, found);
        return true;
    }

    /// <summary>Writes what was learned so far, so that the work can be taken up again.</summary>
    /// <param name="output">Receives it.</param>
    public void Save(Stream output)
    {
        using var to = new BinaryWriter(output, Encoding.UTF8, leaveOpen: true);
        evidence.Save(to);
        scenes.Save(to);
        points.Save(
            to,
            static (w, p) =>
            {
                w.Write(p.X);
                w.Write(p.Y);
            }
        );
        lines.Save(
            to,
            static (w, a) =>
            {
                w.Write(a.Left);
                w.Write(a.Top);
                w.Write(a.Width);
                w.Write(a.Height);
            }
        );
        to.Write(first);
        to.Write(last);
    }

    /// <summary>Takes up what <see cref="Save"/> wrote, for a camera of the same geometry; nothing may have been learned yet.</summary>
    /// <param name="input">What was written, known to be whole.</param>
    public void Load(Stream input)
    {
        using var from = new BinaryReader(input, Encoding.UTF8, leaveOpen: true);
        evidence.Load(from);
        scenes.Load(from);
        points.Load(from, static r => (r.ReadInt32(), r.ReadInt32()));
        lines.Load(from, static r => new Area(r.ReadInt32(), r.ReadInt32(), r.ReadInt32(), r.ReadInt32()));
        first = from.ReadTime();
        last = from.ReadTime();
    }

    /// <summary>What the frames so far prove.</summary>
    /// <param name="sensitivity">How readily to flag.</param>
    public LearnedDefects Conclude(Sensitivity sensitivity)
    {
        var together = StaticDefects.Find(evidence, sensitivity);
        if (together.StandsStill || Frames < 2)
        {
            return new LearnedDefects(DefectMap.Empty(evidence.Width, evidence.Height), Frames, together.Repetition, together.StandsStill);
        }

        var map = new DefectMap.Builder(evidence.Width, evidence.Height);
        foreach ((Area area, Sighting seen, double probability) in lines.Proven(LeastProbability))
        {
            map.Add(new DefectRegion(area, seen.Kind, seen.Severity, (float)probability, DetailsOf(seen)));
        }

        DefectMask inLines = map.Build().ToMask();
        map.AddRange(
            points
                .Proven(LeastProbability)
                .Where(p => !inLines[p.Place.X, p.Place.Y])
                .Select(p => new Defect(
                    p.Place.X,
                    p.Place.Y,
                    p.Sighting.Kind,
                    p.Sighting.Severity,
                    (float)p.Probability,
                    DetailsOf(p.Sighting)
                ))
        );
        map.AddRange(
            together
                .Map.Points.Where(p => !inLines[p.X, p.Y] && (p.Severity >= Unseen(sensitivity) || points.Find((p.X, p.Y)) is not null))
                .Select(p => p with { Details = DetailsOf(points.Find((p.X, p.Y))) })
        );
        return new LearnedDefects(Plain(map.Build()), Frames, together.Repetition, StandsStill: false);
    }

    /// <summary>Of a weaker and a stronger kind of one sort, which different frames saw, the stronger.</summary>
    private static DefectMap Plain(DefectMap map)
    {
        var plain = new DefectMap.Builder(map.Width, map.Height);
        plain.AddRange(map.Points.Select(p => p with { Kind = DefectKinds.Strongest(p.Kind) }));
        foreach (DefectRegion region in map.Regions)
        {
            plain.Add(region with { Kind = DefectKinds.Strongest(region.Kind) });
        }

        return plain.Build();
    }

    /// <summary>Joint deviation that proves a defect which no frame shows by itself.</summary>
    private static float Unseen(Sensitivity sensitivity) =>
        sensitivity switch
        {
            Sensitivity.Low => 8,
            Sensitivity.High => 5.5f,
            _ => 7,
        };

    private void Note(RawFrame frame, DefectMap found)
    {
        DateTimeOffset? time = frame.Info.CaptureTime;
        first = first is null || time < first ? time ?? first : first;
        last = last is null || time > last ? time ?? last : last;
        lines.BeginFrame();
        points.BeginFrame();
        foreach (DefectRegion line in found.Regions)
        {
            lines.Add(line.Area, line.Kind, line.Severity, time, around: null);
        }

        foreach (Defect point in found.Points)
        {
            points.Add((point.X, point.Y), point.Kind, point.Severity, time, Surroundings.Of(frame, point.X, point.Y));
        }
    }

    /// <summary>What hardly any frame shows by itself, all frames show together.</summary>
    private DefectDetails DetailsOf(Sighting? seen) =>
        new()
        {
            FirstSeen = seen is { Times: > 1 } ? seen.FirstSeen : first,
            LastSeen = seen is { Times: > 1 } ? seen.LastSeen : last,
            Source = Source,
        };
}

/// <summary>What ordinary frames of a camera prove.</summary>
/// <param name="Map">The static defects; empty where the scene stood still.</param>
/// <param name="Frames">Frames that taught something.</param>
/// <param name="Repetition">How alike they are where there is detail, 0 to about 1.</param>
/// <param name="StandsStill">Whether they are too much alike to tell scene from sensor.</param>
public sealed record LearnedDefects(DefectMap Map, int Frames, double Repetition, bool StandsStill);
