namespace Seedance.Providers.Muapi;

/// <summary>
/// The spelling of an endpoint that no table knows, from the habits of those that are known. It has every field that a request can fill:
/// the host answers a field it does not want with 422 or ignores it, while a dropped field would be a wish silently lost.
/// </summary>
internal static class MuapiGuess
{
    private const MuapiSwitches All =
        MuapiSwitches.Duration | MuapiSwitches.AspectRatio | MuapiSwitches.Audio | MuapiSwitches.Camera | MuapiSwitches.Bitrate
            | MuapiSwitches.Seed;

    private static readonly string[] s_tiers = ["-480p", "-720p", "-1080p", "-2k", "-4k"];

    private static readonly string[] s_frameLists =
        ["first-last-frame", "seedance-2-vip", "sd-2-vip", "seedance-2-image", "seedance-2-spicy", "v2.0", "seedance-2.0"];

    public static MuapiFields Fields(string endpoint)
    {
        bool is25 = Contains(endpoint, "2.5");
        bool frameList = s_frameLists.Any(part => Contains(endpoint, part));
        bool extends = Contains(endpoint, "extend");
        return new MuapiFields
        {
            FirstFrame = frameList ? null : "image_url",
            LastFrame = frameList ? null : "last_image",
            Frames = frameList ? "images_list" : null,
            Images = "images_list",
            Video = extends ? "video_url" : null,
            Videos = extends ? null : Contains(endpoint, "edit") ? "video_urls" : is25 ? "videos_list" : "video_files",
            Audios = is25 ? "audios_list" : "audio_files",
            Switches = s_tiers.Any(tier => endpoint.EndsWith(tier, StringComparison.OrdinalIgnoreCase))
                ? All
                : All | MuapiSwitches.Resolution,
        };
    }

    private static bool Contains(string endpoint, string part) => endpoint.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
