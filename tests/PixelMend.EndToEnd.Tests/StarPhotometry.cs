using PixelMend.Frames;

namespace PixelMend.EndToEnd.Tests;

/// <summary>
/// Aperture photometry as astronomers do it: the sum around a star less the background of a ring around it. Photosites that are known or seen
/// to be defective are left out of both, so that the flux is the star's.
/// </summary>
internal sealed class StarPhotometry
{
    private const int Reach = 12;
    private const int ApertureRadius = 5;
    private const int RingRadius = 8;
    private const double SpikeSigmas = 8;
    private const double NarrowSigmas = 5;
    private const double LeastSigmas = 2;

    private readonly RawFrame frame;
    private readonly HashSet<(int X, int Y)> excluded;
    private readonly float[] smooth;
    private readonly double noise;

    /// <param name="frame">What the camera delivered.</param>
    /// <param name="defective">Photosites known to be defective.</param>
    /// <param name="doubtful">Photosites that are left out as well where they are <see cref="IsNarrow"/>.</param>
    public StarPhotometry(RawFrame frame, IEnumerable<(int X, int Y)> defective, params IEnumerable<(int X, int Y)> doubtful)
    {
        this.frame = frame;
        smooth = [.. Sites().Select(s => Median(Around(s.X, s.Y, 1).Select(p => frame.Stored(p.X, p.Y))))];
        noise = 1.4826 * Median(Sites().Select(s => MathF.Abs(frame.Stored(s.X, s.Y) - Smooth(s))));
        Spikes = [.. FindSpikes()];
        excluded = [.. defective, .. Spikes, .. doubtful.Where(IsNarrow)];
    }

    /// <summary>Single photosites that stand out of all their neighbours by eight times the noise: no optics make such stars.</summary>
    public IReadOnlyCollection<(int X, int Y)> Spikes { get; }

    /// <summary>Whether a photosite stands out, and by more than the eight around it together: a star's light spreads, and this is none.</summary>
    public bool IsNarrow((int X, int Y) site)
    {
        double excess = frame.Stored(site.X, site.Y) - Smooth(site);
        return excess > NarrowSigmas * noise
            && excess > Around(site.X, site.Y, 1).Where(p => p != site).Sum(p => (double)frame.Stored(p.X, p.Y) - Smooth(site));
    }

    /// <summary>
    /// The brightest stars, brightest first, or fewer where fewer stand clear of the noise. They are looked for among medians, which the track of a cosmic
    /// ray does not raise.
    /// </summary>
    public (int X, int Y)[] Brightest(int count) =>
        [
            .. Sites()
                .Where(s => s.X > Reach && s.Y > Reach && s.X < frame.Width - Reach - 1 && s.Y < frame.Height - Reach - 1)
                .Where(IsPeak)
                .Select(s => (Star: s, Light: Smooth(s) - Median(Ring(s).Select(Smooth))))
                .Where(s => s.Light > LeastSigmas * noise)
                .OrderByDescending(s => s.Light)
                .Take(count)
                .Select(s => s.Star),
        ];

    /// <summary>The flux of a star in this frame, or in another of the same sensor.</summary>
    public double Flux(RawFrame of, (int X, int Y) star)
    {
        float background = Median(Ring(star).Where(p => !excluded.Contains(p)).Select(p => of.Stored(p.X, p.Y)));
        return Around(star.X, star.Y, ApertureRadius)
            .Where(p => !excluded.Contains(p) && Distance(p, star) <= ApertureRadius)
            .Sum(p => (double)of.Stored(p.X, p.Y) - background);
    }

    private IEnumerable<(int X, int Y)> FindSpikes()
    {
        return Sites()
            .Where(s =>
            {
                float most = Around(s.X, s.Y, 1).Where(p => p != s).Max(p => frame.Stored(p.X, p.Y));
                return frame.Stored(s.X, s.Y) > most && frame.Stored(s.X, s.Y) - Smooth(s) > SpikeSigmas * noise;
            });
    }

    private bool IsPeak((int X, int Y) site) =>
        Around(site.X, site.Y, 4).All(p => p == site || Smooth(p) < Smooth(site) || (Smooth(p) == Smooth(site) && p.CompareTo(site) > 0));

    private float Smooth((int X, int Y) site) => smooth[(site.Y * frame.Width) + site.X];

    private IEnumerable<(int X, int Y)> Ring((int X, int Y) star) =>
        Around(star.X, star.Y, Reach).Where(p => Distance(p, star) is >= RingRadius and <= Reach);

    private IEnumerable<(int X, int Y)> Around(int x, int y, int radius)
    {
        for (int ny = Math.Max(0, y - radius); ny <= Math.Min(frame.Height - 1, y + radius); ny++)
        {
            for (int nx = Math.Max(0, x - radius); nx <= Math.Min(frame.Width - 1, x + radius); nx++)
            {
                yield return (nx, ny);
            }
        }
    }

    private IEnumerable<(int X, int Y)> Sites() =>
        Enumerable.Range(0, frame.Height).SelectMany(y => Enumerable.Range(0, frame.Width).Select(x => (x, y)));

    private static double Distance((int X, int Y) one, (int X, int Y) other) =>
        Math.Sqrt(Square(one.X - other.X) + Square(one.Y - other.Y));

    private static int Square(int n) => n * n;

    private static float Median(IEnumerable<float> values)
    {
        float[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
