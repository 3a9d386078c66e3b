namespace PixelMend.Formats.Maps;

/// <summary>What is told of a file's entries that are not as they should be: the first ones each by its place, the rest as a number.</summary>
/// <param name="rest">What the rest has in common, for instance <c>lie off the sensor</c>.</param>
internal sealed class EntryRemarks(string rest)
{
    private const int MostNamed = 10;

    private readonly List<string> named = [];

    /// <summary>Entries remarked on.</summary>
    public long Count { get; private set; }

    /// <summary>The first remark.</summary>
    public string First => named[0];

    /// <summary>Remarks on an entry; the text is made only for those that are named.</summary>
    public void Add(EntryPlace place, Func<string> remark)
    {
        if (Count++ < MostNamed)
        {
            named.Add($"{place}: {remark()}");
        }
    }

    /// <summary>Lines for the user.</summary>
    public IEnumerable<string> Notes => Count <= MostNamed ? named : named.Append($"{Count - MostNamed} more entries {rest}.");
}
