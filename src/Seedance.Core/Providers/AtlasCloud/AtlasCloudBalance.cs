using Seedance.Wire;

namespace Seedance.Providers.AtlasCloud;

/// <summary>The balance in its parts (vendor's MCP server, 2026-08). Money is sent as text, beside its currency or bare.</summary>
internal static class AtlasCloudBalance
{
    private static readonly string[] s_parts = ["cash", "bonus", "subscription_bonus", "frozen"];

    public static IReadOnlyList<CreditPool> Read(WireResponse response)
    {
        WireNode body = response.Body;
        WireNode balance = body["available"].Exists ? body : body["data"];
        string unit = balance["available"]["currency"].Text?.ToUpperInvariant() ?? "USD";
        if (Amount(balance["available"]) is not { } available)
        {
            return [];
        }

        List<CreditPool> pools = [new("available", available, unit, available)];
        foreach (string part in s_parts)
        {
            if (Amount(balance[part]) is { } amount)
            {
                pools.Add(new CreditPool(part, amount, balance[part]["currency"].Text?.ToUpperInvariant() ?? unit));
            }
        }

        WireNode grant = balance["credit_grant"];
        if (Amount(grant["granted"]) is { } granted && Amount(grant["used"]) is { } used)
        {
            pools.Add(new CreditPool("credit_grant", granted, unit, granted - used));
        }

        return pools;
    }

    private static decimal? Amount(WireNode place) => place.IsObject ? place["value"].Number : place.Number;
}
