using System.Runtime.ExceptionServices;

namespace PixelMend.Formats.RawDump;

/// <summary>
/// A thread of its own for one thing at a time, such as reading from a pipe or writing to one: most of the time it waits for the other end, for which
/// a thread of the pool would be missed elsewhere.
/// </summary>
internal sealed class Errand : IDisposable
{
    private readonly object gate = new();
    private Thread? thread;
    private Action? work;
    private ExceptionDispatchInfo? failure;
    private bool isOver;

    /// <summary>Does something while the caller goes on, as soon as what was begun before has ended; its failure comes out of here.</summary>
    public void Begin(Action errand)
    {
        End();
        lock (gate)
        {
            work = errand;
            Monitor.Pulse(gate);
        }

        if (thread is null)
        {
            thread = new Thread(Run) { IsBackground = true };
            thread.Start();
        }
    }

    /// <summary>Waits until what was begun has ended, if anything was; its failure comes out of here.</summary>
    public void End()
    {
        ExceptionDispatchInfo? thrown;
        lock (gate)
        {
            while (work is not null)
            {
                Monitor.Wait(gate);
            }

            (thrown, failure) = (failure, null);
        }

        thrown?.Throw();
    }

    /// <summary>Lets the thread end after what it is doing, which nobody waits for.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isOver = true;
            Monitor.Pulse(gate);
        }
    }

    private void Run()
    {
        while (true)
        {
            Action errand;
            lock (gate)
            {
                while (work is null && !isOver)
                {
                    Monitor.Wait(gate);
                }

                if (work is null)
                {
                    return;
                }

                errand = work;
            }

            ExceptionDispatchInfo? thrown = null;
            try
            {
                errand();
            }
            catch (Exception exception)
            {
                thrown = ExceptionDispatchInfo.Capture(exception);
            }

            lock (gate)
            {
                (work, failure) = (null, thrown);
                Monitor.Pulse(gate);
            }
        }
    }
}
