using System.Runtime.CompilerServices;
using PixelMend.Frames;

namespace PixelMend.Formats;

/// <summary>
/// Memory that the frames of a series use one after the other. New memory of that size comes from the system page by page, each filled with zeros first,
/// which takes longer than reading a frame into it. May be used by several threads.
/// </summary>
public sealed class FrameMemory
{
    private readonly Lock access = new();
    private readonly ConditionalWeakTable<Array, Lock> own = [];
    private readonly List<Array> free = [];

    /// <summary>An array to be filled: one that was given back, or a new one; new as well where there is no memory to share.</summary>
    public static T[] Take<T>(FrameMemory? memory, int length)
        where T : unmanaged => memory?.Take<T>(length) ?? LargeArray.Unfilled<T>(length);

    /// <summary>A plane to be filled.</summary>
    public static Plane<ushort> Plane(FrameMemory? memory, int width, int height) =>
        new(width, height, Take<ushort>(memory, checked(width * height)));

    /// <summary>Gives back an array that nobody reads any more; one that did not come from here is left to the collector.</summary>
    /// <returns>Whether it came from here.</returns>
    public bool Give(Array array)
    {
        lock (access)
        {
            bool isOwn = own.TryGetValue(array, out _);
            if (isOwn && !free.Contains(array))
            {
                free.Add(array);
            }

            return isOwn;
        }
    }

    /// <summary>Leaves what was given back to the collector, and its memory to the system at once, also where something still refers to it.</summary>
    public void Clear()
    {
        lock (access)
        {
            foreach (ushort[] codes in free.OfType<ushort[]>())
            {
                LargeArray.Vacate(codes);
            }

            free.Clear();
        }
    }

    private T[] Take<T>(int length)
        where T : unmanaged
    {
        lock (access)
        {
            if (free.OfType<T[]>().FirstOrDefault(a => a.Length == length) is { } used)
            {
                free.Remove(used);
                return used;
            }

            // Frames of another size have come: the old ones' memory is not asked for again.
            free.RemoveAll(a => a is T[]);
            T[] array = LargeArray.Unfilled<T>(length);
            own.Add(array, access);
            return array;
        }
    }
}
