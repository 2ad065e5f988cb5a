namespace Seedance.Providers.Muapi;

/// <summary>The spelling of the 2.0 generation, which its standard and VIP endpoints share.</summary>
internal static class MuapiSharedFields
{
    private const MuapiSwitches Switches = MuapiSwitches.Duration | MuapiSwitches.AspectRatio;

    public static MuapiFields Text { get; } = new() { Switches = Switches };

    /// <summary>One image is the first frame, two are first and last (Muapi CLI catalogue, 2026-07-24).</summary>
    public static MuapiFields FrameList { get; } = new() { Frames = "images_list", Switches = Switches };

    public static MuapiFields References { get; } = new() { Images = "images_list", Videos = "video_files", Audios = "audio_files",
        Switches = Switches };

    /// <summary>The source video is named by its job: <c>-Option @{ request_id = '...' }</c>.</summary>
    public static MuapiFields ExtendByRequest { get; } = new() { Switches = MuapiSwitches.Duration };
}
