using Seedance.Simulator.Dialects.Ark;

namespace Seedance.Simulator.Dialects.Apiyi;

/// <summary>The four models it resells under Volcengine's ids, without 4k (sheet, section 2).</summary>
internal static class ApiyiModels
{
    private static readonly string[] s_small = ["480p", "720p"];
    private static readonly string[] s_large = ["480p", "720p", "1080p"];

    // USD for a second of 720p is the list's; the other tiers follow the CNY column, and 480p of 2.5 is a guess in proportion.
    public static IReadOnlyDictionary<string, ArkModel> All { get; } = ArkModels.ById(
    [
        Of("doubao-seedance-2-0-260128", ArkGeneration.Seedance20, 15, s_large, 0.0844m, 0.18148m, 0.4524m),
        Of("doubao-seedance-2-0-fast-260128", ArkGeneration.Seedance20, 15, s_small, 0.06745m, 0.14506m),
        Of("doubao-seedance-2-0-mini-260615", ArkGeneration.Seedance20, 15, s_small, 0.04183m, 0.09016m),
        Of("doubao-seedance-2-5-260628", ArkGeneration.Seedance25, 30, s_large, 0.1224m, 0.27442m, 0.618m) with { Images = 30, Videos = 10,
            Audios = 10 },
    ]);

    private static ArkModel Of(string id, ArkGeneration generation, int longest, string[] resolutions, params decimal[] prices) =>
        new(id, generation, 4, longest, resolutions) { Images = 9, Videos = 3, Audios = 3,
            PerSecond = ArkModels.Prices(resolutions, prices) };
}
