using System.Globalization;
using PixelMend.Benchmarks.Frames;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Benchmarks;

/// <summary>What stands behind the command's name.</summary>
internal sealed record Arguments
{
    /// <summary>Files to run on; none means the default frames.</summary>
    public IReadOnlyList<string> Files { get; private init; } = [];

    /// <summary>How to read them.</summary>
    public ReadOptions Reading { get; private init; } = ReadOptions.Default;

    /// <summary>One trial of detection for each.</summary>
    public IReadOnlyList<int> Seeds { get; private init; } = [29, 30];

    /// <summary>A page whose part is to be replaced; null prints.</summary>
    public string? Into { get; private init; }

    /// <exception cref="FormatException">An argument makes no sense; the message says which.</exception>
    public static Arguments Parse(IEnumerable<string> words)
    {
        var given = new Arguments();
        var files = new List<string>();
        using IEnumerator<string> word = words.GetEnumerator();
        while (word.MoveNext())
        {
            switch (word.Current)
            {
                case "--raw":
                    given = given with { Reading = given.Reading with { Raw = RawSpec.Parse(Value()) } };
                    break;
                case "--cfa":
                    given = given with { Reading = given.Reading with { Cfa = CfaPattern.Parse(Value()) } };
                    break;
                case "--seeds":
                    given = given with { Seeds = [.. Value().Split(',').Select(s => int.Parse(s, CultureInfo.InvariantCulture))] };
                    break;
                case "--into":
                    given = given with { Into = Value() };
                    break;
                case ['-', '-', ..]:
                    throw new FormatException($"there is no option {word.Current}");
                default:
                    files.Add(word.Current);
                    break;
            }
        }

        return given with
        {
            Files = files,
        };

        string Value()
        {
            string option = word.Current;
            return word.MoveNext() ? word.Current : throw new FormatException($"{option} needs a value");
        }
    }

    /// <summary>The files named, or the default frames.</summary>
    public IEnumerable<BenchFrame> Frames() =>
        Files.Count == 0 ? DefaultFrames.All() : Files.Select(f => BenchFrame.Read(Path.GetFileNameWithoutExtension(f), f, Reading));
}
