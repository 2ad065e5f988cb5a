using Seedance.Models;
using Seedance.Providers;

namespace Seedance.Updates;

/// <summary>
/// Where a host bills in tokens and its list has a price for them, the bill in money: so that what was reserved in dollars is settled in
/// dollars. The tokens stay in its source.
/// </summary>
internal static class TokenBill
{
    private const string Tokens = "tokens";

    public static SeedanceCost? InMoney(SeedanceCost? told, SeedanceJob job) =>
        told is { Unit: Tokens } && job.Request is { } request ? RowOf(job)?.Price?.OfTokens(told, request) ?? told : told;

    private static ModelCapability? RowOf(SeedanceJob job) => ProviderRegistry.Find(job.Provider)?.Models.FirstOrDefault(
        row => string.Equals(row.Model.WireModel, job.WireModel, StringComparison.OrdinalIgnoreCase));
}
