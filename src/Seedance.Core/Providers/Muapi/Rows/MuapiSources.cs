using Seedance.Models;

namespace Seedance.Providers.Muapi;

/// <summary>Where the rows come from, what they share, and how their prices are written.</summary>
internal static class MuapiSources
{
    public const string Provider = "Muapi";
    public const string Guide21 = "Muapi Seedance 2.1 guide";
    public const string GuideMini = "Muapi Seedance 2 Mini guide";
    public const string Cli = "https://github.com/SamurAIGPT/muapi-cli";
    public const string CliDate = "2026-07-24";
    public const string Sdk25 = "https://github.com/SamurAIGPT/Seedance-2.5-API";
    public const string Sdk25Date = "2026-08-03";
    public const string Schemas = "https://github.com/SamurAIGPT/Generative-Media-Skills (schema_data.json)";
    public const string SchemasDate = "2026-03-16";
    public const string Clients = "Third-party Muapi clients";
    public const string NoDate = "2026-09";

    public const string Callback = "Callback";
    public const string Audio = "Audio";
    public const string Camera = "CameraFixed";
    public const string Bitrate = "HighBitrate";
    public const string Seed = "Seed";
    public const string Sandbox = "Sandbox";

    public static IReadOnlyList<string> SixRatios { get; } = ["16:9", "9:16", "1:1", "3:4", "4:3", "21:9"];

    /// <summary>What every row shares.</summary>
    public static SeedanceModel Common { get; } = new()
    {
        Provider = Provider,
        DefaultDuration = 5,
        DefaultAspectRatio = "16:9",
        AspectRatios = SixRatios,
        Features = [Callback],
        MaxPromptLength = 20_000, // Mini guide; no page names another.
        UrlLifetime = TimeSpan.FromHours(24),
        Concurrency = 5,
    };

    public static PriceRule PerSecond(string source, params (string Resolution, decimal Dollars)[] rates)
    {
        Dictionary<string, decimal> table = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string resolution, decimal dollars) in rates)
        {
            table[resolution] = dollars;
        }

        return new PriceRule { Unit = "USD", Source = source, PerSecond = table };
    }

    /// <summary>Lists name the price of five seconds; that it grows with the length is inferred.</summary>
    public static PriceRule FiveSeconds(string resolution, decimal dollars) => PerSecond(
        "Muapi CLI catalogue, " + CliDate + ", the price of 5 s; other lengths are inferred, other resolutions unknown",
        (resolution, dollars / 5));
}
