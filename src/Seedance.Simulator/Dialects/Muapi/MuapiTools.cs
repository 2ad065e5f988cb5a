using Seedance.Simulator.Wire;
using static Seedance.Simulator.Dialects.Muapi.MuapiFields;

namespace Seedance.Simulator.Dialects.Muapi;

/// <summary>Endpoints that make no new video: character sheets and watermark removers (sheet, sections 3 and 9).</summary>
internal static class MuapiTools
{
    public static IEnumerable<MuapiEndpoint> All
    {
        get
        {
            yield return new("seedance-2-character", 0,
                [Images(1, 3).Require(), FieldRule.Text("prompt"), FieldRule.Text("outfit_description"), FieldRule.Text("character_name")])
            {
                UsdPerJob = 0.18m,
                OneOf = ["prompt", "outfit_description"],
                MakesImage = true,
            };

            // No document has a price; the rate is a guess.
            FieldRule[] remover = [FieldRule.Url("video_url").Require()]; // The vendor's SDK sends no prompt (2026-08).
            yield return new("seedance-2.0-watermark-remover", 0, remover) { UsdPerJob = 0.10m };
            yield return new("seedance-2-video-watermark-remover-pro", 0, remover) { UsdPerJob = 0.20m };
        }
    }
}
