using PixelMend.Kernels;

namespace PixelMend.Detection;

/// <summary>
/// Finds stretches of columns and rows that all read the same, at whatever level: beside noise of a code or more that is a near-certain sign of a stuck
/// line, even where it cuts through the scene's own level. Where neighbours repeat codes as well (clipped, dark or noiseless places), nothing can be told.
/// </summary>
internal sealed class StuckRuns(MosaicLines lines)
{
    /// <summary>Distance of the places looked at; every run that counts holds some.</summary>
    private const int Step = 16;

    /// <summary>Equal samples in a row from a place on that make a closer look worth it.</summary>
    private const int FirstLook = 6;

    private const int ShortestRun = 64;

    /// <summary>Most lines side by side that may be stuck together.</summary>
    private const int WidestSpan = 3;

    /// <summary>Lines to either side in which runs of a part of the length are counted; more of them than can be stuck together are the scene's.</summary>
    private const int Around = 8;
    private const int PartOfRun = 8;

    /// <summary>A frame of which more of the lines have runs was made so.</summary>
    private const double MostLines = 0.003;
    private const int FewLines = 4;

    /// <summary>Expected false alarms per frame.</summary>
    private const double FalseAlarms = 1e-4;

    /// <summary>Part of the frame that reads higher, and lower, than a run: at either end of the scene's range codes clip.</summary>
    private const double RangePart = 0.002;

    /// <summary>Runs of all lines: line, first photosite, the one after the last.</summary>
    public IEnumerable<(int Line, int Start, int End)> Find(ParallelOptions options)
    {
        int[] repeating = Repeating(options);
        var found = new List<(int Line, int Start, int End)>[repeating.Length];
        Parallel.For(0, repeating.Length, options, i => found[i] = RunsOf(repeating[i]));
        (int Line, int Start, int End)[] runs = [.. found.SelectMany(r => r)];
        return runs.Length == 0 || runs.Length > FewLines + (MostLines * lines.Count) ? [] : WithinRange(runs);
    }

    /// <summary>Lines with a place that is worth a look. Columns are compared many at a time, row after row: each alone would be read across all rows.</summary>
    private int[] Repeating(ParallelOptions options)
    {
        var repeats = new bool[lines.Count];
        if (lines.View.Frame.Codes is not { } codes)
        {
            repeats.AsSpan().Fill(true);
        }
        else if (lines.Axis == LineAxis.Row)
        {
            Parallel.For(
                0,
                lines.Count,
                options,
                y => repeats[y] = HasEqual(codes.Row(lines.View.Top + y).Slice(lines.View.Left, lines.Length))
            );
        }
        else
        {
            Parallel.For(
                0,
                (lines.Length - FirstLook + Step) / Step,
                options,
                place =>
                {
                    int first = ((lines.View.Top + (place * Step)) * codes.Width) + lines.View.Left;
                    EqualRows.Find(codes.Samples, first, codes.Width, FirstLook, repeats);
                }
            );
        }

        return [.. Enumerable.Range(0, lines.Count).Where(line => repeats[line])];
    }

    private static bool HasEqual(ReadOnlySpan<ushort> row)
    {
        for (int place = 0; place + FirstLook <= row.Length; place += Step)
        {
            if (row[place] == row[place + 1] && !row.Slice(place, FirstLook).ContainsAnyExcept(row[place]))
            {
                return true;
            }
        }

        return false;
    }

    private List<(int Line, int Start, int End)> RunsOf(int line)
    {
        var runs = new List<(int Line, int Start, int End)>();
        for (int place = 0; place + FirstLook <= lines.Length; place += Step)
        {
            float code = lines.Stored(line, place);
            if (!Repeats(line, place, code))
            {
                continue;
            }

            (int start, int end) = Extend(line, place, code);
            if (end - start >= ShortestRun && IsUnlikely(line, start, end) && IsRare(line, start, end))
            {
                runs.Add((line, start, end));
            }

            place = Math.Max(place, (end - 1) / Step * Step);
        }

        return runs;
    }

    private bool Repeats(int line, int place, float code)
    {
        for (int i = 0; i < FirstLook; i++)
        {
            if (lines.Stored(line, place + i) != code)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The whole run; a single photosite that reads something else, defective otherwise, does not end it where it goes on long enough.</summary>
    private (int Start, int End) Extend(int line, int place, float code)
    {
        int start = place;
        while (start > 0 && (Is(start - 1) || (start > FirstLook && Repeats(line, start - 1 - FirstLook, code))))
        {
            start--;
        }

        int end = place + 1;
        while (end < lines.Length && (Is(end) || (end + FirstLook < lines.Length && Repeats(line, end + 1, code))))
        {
            end++;
        }

        return (start, end);

        bool Is(int along) => lines.Stored(line, along) == code;
    }

    /// <summary>Whether the good lines on each side change too often for the run to be chance anywhere in the frame.</summary>
    private bool IsUnlikely(int line, int start, int end)
    {
        double before = LeastRepeatShare(line, -1, start, end);
        double behind = LeastRepeatShare(line, 1, start, end);
        if (!double.IsFinite(before + behind))
        {
            return false; // at the border of the sensor nobody sees whether the scene clips there
        }

        double repeat = Math.Max(before, behind);
        double photosites = (double)lines.Count * lines.Length;
        return (end - start - 1) * Math.Log(repeat) + Math.Log(photosites) < Math.Log(FalseAlarms);
    }

    /// <summary>The least share on one side, where up to two lines may be stuck as well; infinite where no line is.</summary>
    private double LeastRepeatShare(int line, int side, int start, int end)
    {
        double least = double.PositiveInfinity;
        for (int k = 1; k <= WidestSpan && lines.Has(line + (side * k)); k++)
        {
            least = Math.Min(least, RepeatShare(line + (side * k), start, end));
        }

        return least;
    }

    /// <summary>Whether hardly any line near has runs that come near this one.</summary>
    private bool IsRare(int line, int start, int end)
    {
        int others = 0;
        for (int other = Math.Max(0, line - Around); other <= Math.Min(lines.Count - 1, line + Around); other++)
        {
            others += other != line && HasRun(other, start, end, (end - start) / PartOfRun) ? 1 : 0;
        }

        return others < WidestSpan;
    }

    private bool HasRun(int line, int start, int end, int length)
    {
        int run = 0;
        for (int i = start; i < end - lines.Period; i++)
        {
            run = lines.Stored(line, i) == lines.Stored(line, i + lines.Period) ? run + 1 : 0;
            if (run >= length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Part of a line's photosites that read the same as the next one, or as the next of the same colour.</summary>
    private double RepeatShare(int line, int start, int end)
    {
        int next = 0;
        int same = 0;
        for (int i = start; i < end; i++)
        {
            float code = lines.Stored(line, i);
            next += code == lines.Stored(line, Math.Min(i + 1, lines.Length - 1)) ? 1 : 0;
            same += code == lines.Stored(line, Math.Min(i + lines.Period, lines.Length - 1)) ? 1 : 0;
        }

        return (Math.Max(next, same) + 1.0) / (end - start + 2.0);
    }

    /// <summary>Runs at a level that the frame exceeds to both sides.</summary>
    private IEnumerable<(int Line, int Start, int End)> WithinRange((int Line, int Start, int End)[] runs)
    {
        const int every = 7;
        var sample = new List<float>();
        for (int line = 0; line < lines.Count; line += every)
        {
            for (int i = 0; i < lines.Length; i += every)
            {
                sample.Add(lines.Stored(line, i));
            }
        }

        sample.Sort();
        int spare = (int)(RangePart * sample.Count) + 1;
        (float low, float high) = (sample[Math.Min(spare, sample.Count - 1)], sample[Math.Max(0, sample.Count - 1 - spare)]);
        return runs.Where(r => lines.Stored(r.Line, (r.Start + r.End) / 2) > low && lines.Stored(r.Line, (r.Start + r.End) / 2) < high);
    }
}
