namespace Seedance.Providers.Muapi;

/// <summary>How one endpoint spells what a request says; null where it has no such field.</summary>
internal sealed record MuapiFields
{
    /// <summary>One address.</summary>
    public string? FirstFrame { get; init; }

    /// <summary>One address.</summary>
    public string? LastFrame { get; init; }

    /// <summary>A list of first and last frame, instead of two fields.</summary>
    public string? Frames { get; init; }

    /// <summary>A list.</summary>
    public string? Images { get; init; }

    /// <summary>A list.</summary>
    public string? Videos { get; init; }

    /// <summary>One address of a video to go on from.</summary>
    public string? Video { get; init; }

    /// <summary>A list.</summary>
    public string? Audios { get; init; }

    /// <summary>The endpoint takes no prompt.</summary>
    public bool HasNoPrompt { get; init; }

    public MuapiSwitches Switches { get; init; }

    public bool Has(MuapiSwitches field) => (Switches & field) != MuapiSwitches.None;
}

/// <summary>Fields that are spelled alike wherever they exist.</summary>
[Flags]
internal enum MuapiSwitches
{
    None = 0,

    /// <summary><c>duration</c>, whole seconds.</summary>
    Duration = 1,

    /// <summary><c>aspect_ratio</c>.</summary>
    AspectRatio = 2,

    /// <summary><c>resolution</c>; without it the endpoint's name fixes the resolution.</summary>
    Resolution = 4,

    /// <summary><c>quality</c>, which stands for a resolution.</summary>
    Quality = 8,

    /// <summary><c>generate_audio</c>.</summary>
    Audio = 16,

    /// <summary><c>camera_fixed</c>.</summary>
    Camera = 32,

    /// <summary><c>high_bitrate</c>.</summary>
    Bitrate = 64,

    /// <summary><c>seed</c>.</summary>
    Seed = 128,
}
