using PixelMend.Calibration;
using PixelMend.Cli.Jobs;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Formats;

namespace PixelMend.Cli.Calibrating;

/// <summary>Puts a calibration into the figures that users read.</summary>
internal static class CalibrationFigures
{
    public static CalibrationSummary Of(CalibrationOutcome outcome, ReadOptions reading, IReadOnlyList<string> outputs, double seconds)
    {
        DefectMap map = outcome.Sensor.Map;
        DefectMap none = DefectMap.Empty(map.Width, map.Height);
        DefectCounts counts = Summary.Of(outcome.Like, new RepairReport(none, map, map, new CorrectionReport([], [])));
        return new CalibrationSummary
        {
            Sensor = Summary.Of(outcome.Format, outcome.Like, reading),
            Darks = outcome.Darks is null ? null : SeriesOf(outcome.Darks),
            OtherDarks = [.. outcome.OtherDarks.Select(SeriesOf)],
            Flats = [.. outcome.FlatGroups.Select(SeriesOf)],
            SetApart = outcome.Apart,
            Errors = [.. outcome.Failures.Select(f => new ErrorFacts(f.Code, f.Message))],
            Notes =
            [
                .. Advice.For(outcome.Dark, outcome.Darks?.Telegraph?.Overflowed ?? false, outcome.Currents is not null, outcome.Flats),
            ],
            Figures = FiguresOf(outcome),
            Defects = counts.Total,
            ByKind = counts.ByKind,
            Lines = map.Regions.Count,
            Activated =
                map.Points.Count(p => p.Details?.Activation is not null) + map.Regions.Count(r => r.Details?.Activation is not null),
            Telegraph =
            [
                .. (outcome.Dark?.Telegraph ?? []).Select(t => new TelegraphFacts(
                    t.X,
                    t.Y,
                    [.. t.Levels.Select(l => Math.Round((double)l.Value, 2))],
                    [.. t.Levels.Select(l => Math.Round((double)l.Duty, 3))]
                )),
            ],
            Outputs = outputs,
            Seconds = Math.Round(seconds, 2),
        };
    }

    private static SeriesFacts SeriesOf(FrameGroup group) =>
        new(
            group.Statistics.Count,
            group.Seconds,
            group.Info.Iso,
            group.Info.TemperatureCelsius,
            Math.Round(group.Statistics.FrameLevels.Order().ElementAt(group.Statistics.Count / 2), 2)
        );

    private static SensorFigures FiguresOf(CalibrationOutcome outcome)
    {
        NoiseModel noise = outcome.Sensor.Noise;
        double? gain = noise.Gain > 0 ? noise.Gain : null;
        // Of several levels the brightest has the least noise in it.
        double? prnu = outcome.Flats.MaxBy(f => f.Level)?.Prnu;
        return new SensorFigures
        {
            Gain = gain,
            DarkNoiseAdu = outcome.Dark?.TemporalNoise,
            DarkNoiseElectrons = gain is null || outcome.Dark?.TemporalNoise is null ? null : noise.ReadNoise,
            DsnuAdu = outcome.Dark?.Dsnu,
            DsnuElectrons = outcome.Dark?.Dsnu / gain,
            DoublingKelvin = outcome.Currents?.DoublingKelvin,
            PrnuPercent = 100 * prnu,
        };
    }
}
