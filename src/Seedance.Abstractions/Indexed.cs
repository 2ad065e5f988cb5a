using System.Collections.ObjectModel;

namespace Seedance;

/// <summary>
/// Lists that scripts can index. What a collection expression makes for a read-only interface has no indexer that PowerShell finds:
/// <c>[0]</c> is then the whole list, and <c>[1]</c> nothing.
/// </summary>
internal static class Indexed
{
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> list) => list is T[] or ReadOnlyCollection<T> ? list
        : list.Count == 0 ? Array.Empty<T>() // One for all: ten thousand jobs may be waited for, and most of their lists are empty.
        : new ReadOnlyCollection<T>([.. list]);
}
