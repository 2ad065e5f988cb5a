namespace Seedance.Providers.Ark;

/// <summary>The two houses: the same API, other addresses, model prefixes and price lists.</summary>
internal static class ArkHosts
{
    public const string BytePlus = "BytePlus";
    public const string Volcengine = "Volcengine";
    public const int Concurrency = 10;

    /// <summary>Only the Asia-Pacific host makes videos; the European one serves chat and images (create page, read 2026-08).</summary>
    public static ArkAdapter CreateBytePlus() =>
        new(Info(BytePlus, "https://ark.ap-southeast.bytepluses.com/api/v3"),
            ArkModels.Of(BytePlus, ArkNames.BytePlus, ArkPrices.BytePlus));

    public static ArkAdapter CreateVolcengine() =>
        new(Info(Volcengine, "https://ark.cn-beijing.volces.com/api/v3"),
            ArkModels.Of(Volcengine, ArkNames.Volcengine, ArkPrices.Volcengine));

    private static ProviderInfo Info(string name, string address) => new()
    {
        Name = name,
        BaseUri = new Uri(address),
        IsOwnRefusal = static body => body["error"]["message"].Text is not null,
        KeyVariable = "ARK_API_KEY",
        // At most 120 may wait (older BytePlus text); third parties report 3 at work at once for a person's account.
        Concurrency = Concurrency,
        PollFloor = TimeSpan.FromSeconds(15), // Create page, read 2026-08: 15 to 30 s for long jobs.
    };
}
