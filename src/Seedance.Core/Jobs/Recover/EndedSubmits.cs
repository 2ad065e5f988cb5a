using System.Collections.Concurrent;

namespace Seedance.Jobs.Recover;

/// <summary>
/// The submits that this process is done with. A record of its own that still says "submitting" and is among them was left so by something
/// that failed, and is read like that of a process that ended. One that is not among them may be in the hands of other services in this
/// process, over the same state folder.
/// </summary>
internal sealed class EndedSubmits
{
    private readonly ConcurrentDictionary<string, bool> _ids = new(StringComparer.Ordinal);

    public void Add(string id) => _ids[id] = true;

    /// <summary>It is submitted once more, under the same id.</summary>
    public void Begin(string id) => _ids.TryRemove(id, out _);

    public bool Has(string id) => _ids.ContainsKey(id);
}
