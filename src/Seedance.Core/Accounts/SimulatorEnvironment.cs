using Seedance.Providers;

namespace Seedance.Accounts;

/// <summary>The environment variables that point every provider at a simulator on loopback.</summary>
internal static class SimulatorEnvironment
{
    /// <summary>Any text serves as a key there; this one cannot be taken for a real one.</summary>
    public const string Key = "simulated-key";

    /// <summary>Variables that lead to the simulator at <paramref name="server"/>; a key that is set stays.</summary>
    public static IReadOnlyDictionary<string, string> For(Uri server, Func<string, string?> variable)
    {
        SortedDictionary<string, string> settings = new(StringComparer.Ordinal);
        foreach (ProviderInfo provider in ProviderRegistry.All.Select(adapter => adapter.Provider))
        {
            settings[AccountResolver.AddressVariable(provider)] = new Uri(server, provider.Name.ToLowerInvariant()).AbsoluteUri;
            foreach (string key in new[] { provider.KeyVariable, provider.SecondKeyVariable }.OfType<string>()
                .Where(key => string.IsNullOrEmpty(variable(key))))
            {
                settings[key] = Key;
            }
        }

        return settings;
    }
}
