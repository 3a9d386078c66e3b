using System.Runtime.ExceptionServices;

namespace PixelMend.Formats;

/// <summary>Work on the pieces of a file by several threads, with the outcome of one: of pieces that are damaged, the first is complained of.</summary>
internal static class Pieces
{
    /// <param name="count">Number of pieces.</param>
    /// <param name="threads">Most threads.</param>
    /// <param name="work">Works on the piece of an index; its <see cref="RawDataException"/> gets out.</param>
    public static void ForEach(int count, int threads, Action<int> work)
    {
        if (threads == 1 || count == 1)
        {
            for (int i = 0; i < count; i++)
            {
                work(i);
            }

            return;
        }

        var gate = new Lock();
        (int Piece, RawDataException Damage)? first = null;
        Parallel.For(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            (i, loop) =>
            {
                try
                {
                    work(i);
                }
                catch (RawDataException damage)
                {
                    lock (gate)
                    {
                        first = first is { } earlier && earlier.Piece < i ? earlier : (i, damage);
                    }

                    // All pieces before this one are still worked on.
                    loop.Break();
                }
            }
        );
        if (first is { } found)
        {
            ExceptionDispatchInfo.Throw(found.Damage);
        }
    }
}
