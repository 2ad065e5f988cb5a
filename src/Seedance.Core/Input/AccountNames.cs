using Seedance.Providers;

namespace Seedance.Input;

/// <summary>Which accounts a user means who may name several.</summary>
internal static class AccountNames
{
    /// <summary>The pairs to try in order; never empty. A cell may hold several names, parted by semicolons.</summary>
    public static IReadOnlyList<(string? Profile, string? Provider)> Of(
        IReadOnlyCollection<string?>? profiles, IReadOnlyCollection<string?>? providers)
    {
        IReadOnlyList<string> named = CellText.Names(profiles);
        IReadOnlyList<string> given = CellText.Names(providers);
        return (named.Count, given.Count) switch
        {
            (0, 0) => [(null, null)],
            (0, _) => [.. given.Select(provider => ((string?)null, (string?)provider))],
            (_, 0) => [.. named.Select(profile => ((string?)profile, (string?)null))],
            (1, 1) => [(named[0], given[0])],
            _ => throw new SeedanceException(ErrorCode.InvalidRequest, "Several accounts were named by both -Profile and -Provider.")
            {
                RecommendedAction = "Name them all by -Profile, or all by -Provider.",
            },
        };
    }

    /// <summary>The adapters of these names; all but the simulator's when none is named.</summary>
    public static IReadOnlyList<IProviderAdapter> Adapters(IReadOnlyList<string> providers) => providers.Count == 0
        ? [.. ProviderRegistry.All.Where(adapter => !adapter.Provider.IsSimulator)]
        : [.. providers.Select(name => ProviderRegistry.Find(name)
            ?? throw new SeedanceException(ErrorCode.InvalidRequest, "There is no provider named '" + name + "'.")
        {
            RecommendedAction = "Known are: " + string.Join(", ", ProviderRegistry.Names) + ".",
            Target = name,
        })];
}
