namespace PixelMend.Learning;

/// <summary>How parts of a learning's state are written; the reader reads in the same order.</summary>
internal static class StateNumbers
{
    public static void Write(this BinaryWriter to, float[] numbers)
    {
        to.Write(numbers.Length);
        foreach (float number in numbers)
        {
            to.Write(number);
        }
    }

    public static float[] ReadSingles(this BinaryReader from) => [.. Enumerable.Range(0, from.ReadInt32()).Select(_ => from.ReadSingle())];

    public static void Write(this BinaryWriter to, DateTimeOffset? time)
    {
        to.Write(time is not null);
        to.Write(time?.Ticks ?? 0);
        to.Write(time?.Offset.Ticks ?? 0);
    }

    public static DateTimeOffset? ReadTime(this BinaryReader from)
    {
        bool isKnown = from.ReadBoolean();
        (long ticks, long offset) = (from.ReadInt64(), from.ReadInt64());
        return isKnown ? new DateTimeOffset(ticks, new TimeSpan(offset)) : null;
    }
}
