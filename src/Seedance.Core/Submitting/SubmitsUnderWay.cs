using System.Collections.Concurrent;

namespace Seedance.Submitting;

/// <summary>
/// The submits that this process is about. A record of its own that still says "submitting" and is not among them was left so by something that failed, and
/// is read like that of a process that ended.
/// </summary>
internal static class SubmitsUnderWay
{
    private static readonly ConcurrentDictionary<string, bool> s_ids = new(StringComparer.Ordinal);

    public static void Begin(string id) => s_ids[id] = true;

    public static void End(string id) => s_ids.TryRemove(id, out _);

    public static bool Has(string id) => s_ids.ContainsKey(id);
}
