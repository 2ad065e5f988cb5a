using System;
using System.Collections.Generic;
using System.Linq;

namespace Seedance.Providers;

/// <summary>The one list of adapters.</summary>
internal static class ProviderRegistry
{
    public static IReadOnlyList<IProviderAdapter> All { get; } = [];

    public static IProviderAdapter? Find(string name) =>
        All.FirstOrDefault(adapter => string.Equals(adapter.Provider.Name, name, StringComparison.OrdinalIgnoreCase));
}
