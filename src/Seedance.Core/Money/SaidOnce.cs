using System.Collections.Concurrent;

namespace Seedance.Money;

/// <summary>What a session is told once.</summary>
internal sealed class SaidOnce
{
    private readonly ConcurrentDictionary<string, bool> _said = new(StringComparer.Ordinal);

    /// <summary>True the first time.</summary>
    public bool IsFirst(string what) => _said.TryAdd(what, value: true);
}
