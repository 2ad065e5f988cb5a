using System.Collections.ObjectModel;

namespace Seedance;

/// <summary>Fields by name where there are none: one for all, which nobody can add to.</summary>
internal static class NoFields<T>
{
    public static IReadOnlyDictionary<string, T> Map { get; } =
        new ReadOnlyDictionary<string, T>(new Dictionary<string, T>(StringComparer.Ordinal));
}
