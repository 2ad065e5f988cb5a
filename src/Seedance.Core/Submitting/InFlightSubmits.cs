using System.Collections.Concurrent;

namespace Seedance.Submitting;

/// <summary>
/// The submits that this process is about. A record of its own that still says "submitting" and is not among them was left so by something that failed, and
/// is read like that of a process that ended.
/// </summary>
internal sealed class InFlightSubmits
{
    private readonly ConcurrentDictionary<string, bool> _ids = new(StringComparer.Ordinal);

    public void Begin(string id) => _ids[id] = true;

    public void End(string id) => _ids.TryRemove(id, out _);

    public bool Has(string id) => _ids.ContainsKey(id);
}
