namespace Seedance.Simulator.Dialects.Ark;

/// <summary>The models of both hosts under their own prefixes; another host's id is a 404 (sheet, section 5, 2026-08).</summary>
internal static class ArkModels
{
    private static readonly string[] s_small = ["480p", "720p"];
    private static readonly string[] s_large = ["480p", "720p", "1080p"];

    private static readonly ArkModel[] s_models =
    [
        Two("seedance-2-5-260628", ArkGeneration.Seedance25, 30, s_small, 0.103m, 0.231m) with { Images = 30, Videos = 10, Audios = 10 },
        Two("seedance-2-0-260128", ArkGeneration.Seedance20, 15, ["480p", "720p", "1080p", "4k"], 0.07m, 0.15m, 0.37m, 0.78m),
        Two("seedance-2-0-fast-260128", ArkGeneration.Seedance20, 15, s_small, 0.06m, 0.12m),
        Two("seedance-2-0-mini-260615", ArkGeneration.Seedance20, 15, s_small, 0.04m, 0.08m),
        new("seedance-1-5-pro-251215", ArkGeneration.Seedance15, 4, 12, s_large) { PerSecond = Prices(s_large, 0.024m, 0.052m, 0.116m) },
        new("seedance-1-0-pro-250528", ArkGeneration.Seedance10, 2, 12, s_large) { PerSecond = Prices(s_large, 0.024m, 0.052m, 0.122m) },
        new("seedance-1-0-pro-fast-251015", ArkGeneration.Seedance10, 2, 12, s_large) { TakesLastFrame = false,
            PerSecond = Prices(s_large, 0.01m, 0.02m, 0.048m) },
        new("seedance-1-0-lite-t2v-250428", ArkGeneration.Seedance10, 2, 12, s_large) { TakesFrames = false,
            PerSecond = Prices(s_large, 0.018m, 0.037m, 0.088m) },
        new("seedance-1-0-lite-i2v-250428", ArkGeneration.Seedance10, 2, 12, s_large) { TakesText = false, Images = 4,
            PerSecond = Prices(s_large, 0.018m, 0.037m, 0.088m) },
    ];

    public static IReadOnlyDictionary<string, ArkModel> BytePlus { get; } =
        ById(s_models.Select(model => model.IsFirst ? model : model with { Id = "dreamina-" + model.Id }));

    public static IReadOnlyDictionary<string, ArkModel> Volcengine { get;
        } = ById(s_models.Select(model => model with { Id = "doubao-" + model.Id }));

    public static IReadOnlyDictionary<string, ArkModel> ById(IEnumerable<ArkModel> models) =>
        models.ToDictionary(model => model.Id, StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, decimal> Prices(string[] resolutions, params decimal[] prices) =>
        resolutions.Zip(prices, (resolution, price) => (resolution, price))
            .ToDictionary(pair => pair.resolution, pair => pair.price, StringComparer.Ordinal);

    private static ArkModel Two(string id, ArkGeneration generation, int longest, string[] resolutions, params decimal[] prices) =>
        new(id, generation, 4, longest, resolutions) { Images = 9, Videos = 3, Audios = 3, PerSecond = Prices(resolutions, prices) };
}
