using System.Collections.Concurrent;

namespace PixelMend.Prediction;

/// <summary>Workspaces for parallel loops: never more than run at one time, whichever threads they run on.</summary>
internal sealed class WorkspacePool<T>(Func<T> create)
    where T : class
{
    private readonly ConcurrentBag<T> idle = [];

    /// <summary>Runs an action with a workspace of its own.</summary>
    public void Use(Action<T> action)
    {
        T workspace = idle.TryTake(out T? taken) ? taken : create();
        action(workspace);
        idle.Add(workspace);
    }
}
