using PixelMend.Defects;

namespace PixelMend.Learning;

/// <summary>
/// How often each place was flagged by single frames, and how sure that makes that it is defective: the log-likelihood ratio of a place that shows in an
/// unknown part of the frames (uniform over 0 to 1, which leaves a beta function) to one that is flagged by mistake. What blinks needs few sightings; what
/// is not seen any longer fades. Memory grows with the places flagged, not with the frames.
/// </summary>
/// <typeparam name="TPlace">A photosite, or a line.</typeparam>
/// <param name="places">Places that could be flagged.</param>
/// <param name="part">The part of the frame that a place lies in.</param>
/// <param name="placesInPart">Places of such a part.</param>
internal sealed class Sightings<TPlace>(double places, Func<TPlace, int> part, double placesInPart)
    where TPlace : notnull
{
    /// <summary>Part of the places that are defective before anything is known.</summary>
    private const double Usual = 1e-4;

    /// <summary>Mistakes per place and frame that no series is trusted to be below.</summary>
    private const double LeastMistakes = 1e-6;

    /// <summary>Frames after which a sighting counts half.</summary>
    private const double HalfLife = 200;

    /// <summary>Places remembered, as a part of all, before those seen once and longest ago are forgotten.</summary>
    private const double MostPlaces = 0.01;
    private const int FewPlaces = 10_000;

    private readonly Dictionary<TPlace, Sighting> seen = [];
    private int frames;

    /// <summary>Part of a sighting's weight that is left after a frame.</summary>
    private static double Fading { get; } = Math.Pow(0.5, 1 / HalfLife);

    private double FramesCounted => (1 - Math.Pow(Fading, frames)) / (1 - Fading);

    /// <summary>Counts a frame, whose sightings follow.</summary>
    public void BeginFrame()
    {
        frames++;
        if (seen.Count > Math.Max(FewPlaces, MostPlaces * places))
        {
            TPlace[] doubtful = [.. seen.Where(s => s.Value.Times == 1).OrderBy(s => s.Value.Last).Select(s => s.Key)];
            foreach (TPlace place in doubtful.AsSpan(0, (doubtful.Length + 1) / 2))
            {
                seen.Remove(place);
            }
        }
    }

    /// <summary>Notes that this frame shows a place.</summary>
    /// <param name="place">Where.</param>
    /// <param name="kind">How it looks.</param>
    /// <param name="severity">How strong it is.</param>
    /// <param name="time">When the frame was taken.</param>
    /// <param name="around">What lies around it; null: nothing tells scenes apart.</param>
    public void Add(TPlace place, DefectKind kind, float severity, DateTimeOffset? time, Surroundings? around)
    {
        if (!seen.TryGetValue(place, out Sighting? before))
        {
            seen.Add(place, new Sighting(kind, severity, 1, 1, frames, time, time, around));
        }
        else if (around is null || before.Around is null || !around.Repeats(before.Around))
        {
            // The same scene around says nothing new: it may be a lamp.
            seen[place] = new Sighting(
                before.Kind | kind,
                Math.Max(before.Severity, severity),
                before.Times + 1,
                (before.Weight * Math.Pow(Fading, frames - before.Last)) + 1,
                frames,
                Earlier(before.FirstSeen, time),
                Later(before.LastSeen, time),
                around
            );
        }
    }

    /// <summary>Writes all of it.</summary>
    public void Save(BinaryWriter to, Action<BinaryWriter, TPlace> writePlace)
    {
        to.Write(frames);
        to.Write(seen.Count);
        foreach ((TPlace place, Sighting sighting) in seen)
        {
            writePlace(to, place);
            sighting.Save(to);
        }
    }

    /// <summary>Takes up what <see cref="Save"/> wrote.</summary>
    public void Load(BinaryReader from, Func<BinaryReader, TPlace> readPlace)
    {
        frames = from.ReadInt32();
        for (int left = from.ReadInt32(); left > 0; left--)
        {
            seen.Add(readPlace(from), Sighting.Load(from));
        }
    }

    /// <summary>What is known of a place; null where it was never flagged.</summary>
    public Sighting? Find(TPlace place) => seen.GetValueOrDefault(place);

    /// <summary>Places that are defective with at least this probability, seen twice or more often.</summary>
    public IEnumerable<(TPlace Place, Sighting Sighting, double Probability)> Proven(double least)
    {
        Dictionary<int, int> once = seen.Where(s => s.Value.Times == 1).CountBy(s => part(s.Key)).ToDictionary();
        double usual = Math.Max(LeastMistakes, once.Values.Sum() / (Math.Max(1, frames) * places));
        foreach ((TPlace place, Sighting sighting) in seen)
        {
            // Mistakes come in heaps, where many frames have their lamps or their horizon.
            double here = once.GetValueOrDefault(part(place)) / (Math.Max(1, frames) * placesInPart);
            double probability = Probability(sighting, Math.Max(usual, here));
            if (sighting.Times > 1 && probability >= least)
            {
                yield return (place, sighting, probability);
            }
        }
    }

    private double Probability(Sighting sighting, double mistakes)
    {
        double shown = sighting.Weight * Math.Pow(Fading, frames - sighting.Last);
        double hidden = Math.Max(0, FramesCounted - shown);
        double defective = LogGamma(shown + 1) + LogGamma(hidden + 1) - LogGamma(shown + hidden + 2);
        double ratio = defective - (shown * Math.Log(mistakes)) - (hidden * Math.Log(1 - mistakes));
        return 1 / (1 + Math.Exp(-ratio - Math.Log(Usual / (1 - Usual))));
    }

    /// <summary>ln Γ(x) for x ≥ 1, by Stirling's series beyond 8.</summary>
    private static double LogGamma(double x)
    {
        const double enough = 8;
        double shift = 0;
        for (; x < enough; x++)
        {
            shift += Math.Log(x);
        }

        double correction = (1 / (12 * x)) - (1 / (360 * x * x * x));
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + correction - shift;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other ?? one : one;
}

/// <summary>What single frames said of a place.</summary>
/// <param name="Kind">All kinds it looked like.</param>
/// <param name="Severity">The strongest.</param>
/// <param name="Times">Frames that showed it.</param>
/// <param name="Weight">The same, earlier ones faded.</param>
/// <param name="Last">Number of the last frame that showed it.</param>
/// <param name="FirstSeen">When the first of them was taken.</param>
/// <param name="LastSeen">When the last of them was taken.</param>
/// <param name="Around">What lay around it in the last one.</param>
internal sealed record Sighting(
    DefectKind Kind,
    float Severity,
    int Times,
    double Weight,
    int Last,
    DateTimeOffset? FirstSeen,
    DateTimeOffset? LastSeen,
    Surroundings? Around
)
{
    public static Sighting Load(BinaryReader from) =>
        new(
            (DefectKind)from.ReadInt32(),
            from.ReadSingle(),
            from.ReadInt32(),
            from.ReadDouble(),
            from.ReadInt32(),
            from.ReadTime(),
            from.ReadTime(),
            from.ReadBoolean() ? Surroundings.Load(from) : null
        );

    public void Save(BinaryWriter to)
    {
        to.Write((int)Kind);
        to.Write(Severity);
        to.Write(Times);
        to.Write(Weight);
        to.Write(Last);
        to.Write(FirstSeen);
        to.Write(LastSeen);
        to.Write(Around is not null);
        Around?.Save(to);
    }
}
