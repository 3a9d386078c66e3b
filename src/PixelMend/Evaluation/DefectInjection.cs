using System.Globalization;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Simulation;

namespace PixelMend.Evaluation;

/// <summary>
/// Gives a frame defects that are known because we made them. Readings refer to the signal after the black level and to the frame's own noise;
/// they are clipped and quantised as the sensor would. The same seed gives the same defects on any number of threads.
/// </summary>
/// <param name="preset">Which defects.</param>
/// <param name="density">Part of the active photosites that become defective, above 0 and at most <see cref="MostDensity"/>.</param>
/// <param name="seed">Chooses among all such defects.</param>
public sealed class DefectInjection(InjectionPreset preset, double density, ulong seed)
{
    /// <summary>Largest density: sensors beyond it are scrap.</summary>
    public const double MostDensity = 0.03;

    private readonly double density =
        density > 0 && density <= MostDensity
            ? density
            : throw new ArgumentOutOfRangeException(nameof(density), density, $"A density is above 0 and at most {MostDensity}.");

    /// <summary>Injects; the frame given is not changed.</summary>
    /// <param name="frame">A frame without defects, as far as known.</param>
    /// <param name="natural">Defects that it is known to have: they are left alone, and no detector is judged by them.</param>
    /// <param name="options">Threads to use, and cancellation.</param>
    public InjectedFrame Into(RawFrame frame, DefectMap natural, ParallelOptions options)
    {
        var random = new Random64(seed);
        DefectMask taken = natural.ToMask();
        MarkMissing(frame, taken);
        int count = Math.Max(1, (int)(density * frame.ActiveArea.Count));
        IReadOnlyList<PlacedGroup> groups = InjectionPlan.Draw(preset, count, frame.Cfa, frame.ActiveArea, taken, ref random);

        FrameNoise noise = FrameNoise.Of(frame, natural, options);
        var sites = new List<InjectedSite>();
        var truth = new DefectMap.Builder(frame.Width, frame.Height) { Provenance = Provenance(frame) };
        foreach (PlacedGroup group in groups)
        {
            InjectedSite[] broken = Break(frame, group, noise, ref random);
            sites.AddRange(broken);
            Record(broken, group.Form.IsLine, truth);
        }

        sites.Sort(static (a, b) => a.Y != b.Y ? a.Y.CompareTo(b.Y) : a.X.CompareTo(b.X));
        DefectMask ignored = natural.ToMask();
        foreach (InjectedSite site in sites.Where(s => !s.Counts))
        {
            ignored[site.X, site.Y] = true;
        }

        RawFrame result = frame.With([.. sites.Select(s => new SampleChange(s.X, s.Y, s.Old, s.New, 1))]);
        return new InjectedFrame(frame, result, sites, truth.Build(), natural, ignored);
    }

    private InjectedSite[] Break(RawFrame frame, PlacedGroup group, FrameNoise noise, ref Random64 random)
    {
        var broken = new InjectedSite[group.Sites.Count];
        Fault fault = preset.Faults(ref random);
        for (int i = 0; i < broken.Length; i++)
        {
            broken[i] = Break(frame, group.Sites[i], group.Form.Shape, fault, noise);
            fault = preset.OneCause || i == broken.Length - 1 ? fault : preset.Faults(ref random);
        }

        return broken;
    }

    private InjectedSite Break(RawFrame frame, Offset at, DefectShape shape, Fault fault, FrameNoise noise)
    {
        (int x, int y) = (at.Dx, at.Dy);
        double black = frame.Levels.Black(x, y);
        double span = frame.Levels.Span(x, y);
        float signal = frame.Signal(x, y);
        double sigma = noise.Sigma(signal);
        var site = new Photosite(black + (signal * span), black, frame.Levels.White(x, y), sigma * span);
        double reading = Math.Clamp(fault.Reading(site), Math.Min(0, Math.Min(black, site.Value)), site.Most);
        float stored = frame.ToStored(x, y, (float)((reading - black) / span));
        float old = frame.Stored(x, y);

        // What counts is what the file can hold, not what was drawn.
        double change = Math.Abs(Linear(frame, stored) - site.Value);
        double sigmas = change / site.Sigma;
        bool shows = stored != old && change >= preset.LeastPart * site.Range && sigmas >= preset.LeastSigmas;
        SigmaBin? bin = fault.Kind == DefectKind.Warm ? SigmaBin.Of(sigmas) : null;
        return new InjectedSite(x, y, new Stratum(fault.Kind, shape, bin), old, stored, (float)sigmas, shows);
    }

    private static double Linear(RawFrame frame, float stored) =>
        frame.Linearization.IsEmpty ? stored : frame.Linearization.Span[Math.Min((int)stored, frame.Linearization.Length - 1)];

    /// <summary>A line is one defect of the sensor, and one entry of the map.</summary>
    private static void Record(InjectedSite[] sites, bool isLine, DefectMap.Builder truth)
    {
        if (!isLine)
        {
            truth.AddRange(sites.Select(s => new Defect(s.X, s.Y, s.Stratum.Kind, s.Severity)));
            return;
        }

        int start = 0;
        for (int i = 1; i <= sites.Length; i++)
        {
            // What lay in its way parts a line in two.
            if (i == sites.Length || sites[i].X - sites[i - 1].X > 1 || sites[i].Y - sites[i - 1].Y > 1)
            {
                InjectedSite first = sites[start];
                var area = new Area(first.X, first.Y, sites[i - 1].X - first.X + 1, sites[i - 1].Y - first.Y + 1);
                float severity = sites[start..i].Average(s => s.Severity);
                truth.Add(new DefectRegion(area, first.Stratum.Kind, severity));
                start = i;
            }
        }
    }

    /// <summary>Photosites without a value cannot be given another.</summary>
    private static void MarkMissing(RawFrame frame, DefectMask taken)
    {
        if (frame.Values is not { } values)
        {
            return;
        }

        for (int i = 0; i < values.Samples.Length; i++)
        {
            if (!float.IsFinite(values.Samples[i]))
            {
                taken[i % values.Width, i / values.Width] = true;
            }
        }
    }

    private MapProvenance Provenance(RawFrame frame) =>
        new()
        {
            Algorithm = "injected",
            Parameters = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["preset"] = preset.Name,
                ["density"] = density.ToString("R", CultureInfo.InvariantCulture),
                ["seed"] = seed.ToString(CultureInfo.InvariantCulture),
            },
            Camera = frame.Info.Model,
        };
}
