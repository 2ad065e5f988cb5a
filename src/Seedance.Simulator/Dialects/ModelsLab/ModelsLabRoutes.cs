namespace Seedance.Simulator.Dialects.ModelsLab;

/// <summary>What a path asks for.</summary>
internal enum ModelsLabRoute
{
    Unknown,

    /// <summary>v7, by model.</summary>
    TextToVideo,

    /// <summary>v7, by model.</summary>
    ImageToVideo,

    /// <summary>v7; no Seedance model is documented for it.</summary>
    VideoToVideo,

    /// <summary>The third-party guide's v6, which names no model.</summary>
    SeedText,

    /// <summary>The third-party guide's v6, which names no model.</summary>
    SeedImage,

    /// <summary>The general v6, which replaces models that it does not know.</summary>
    OldText,

    /// <summary>The general v6, which replaces models that it does not know.</summary>
    OldImage,

    /// <summary>The id is in the path.</summary>
    Fetch,

    /// <summary>The id is in the body.</summary>
    FetchByTaskId,
    Assets,
    Wallet,
    Upload,
}

/// <summary>
/// The routes of all generations; those of the third-party guide also without its path, which is its base address (sheet, section 2).
/// </summary>
internal static class ModelsLabRoutes
{
    public static ModelsLabRoute Of(string path) => path.Split(['/'], StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["v7", "video-fusion", "text-to-video"] => ModelsLabRoute.TextToVideo,
        ["v7", "video-fusion", "image-to-video"] => ModelsLabRoute.ImageToVideo,
        ["v7", "video-fusion", "video-to-video"] => ModelsLabRoute.VideoToVideo,
        ["v7", "video-fusion", "fetch", _] or ["v6", "video", "fetch", _] => ModelsLabRoute.Fetch,
        ["v6", "video", "seedance", "text2video"] or ["text2video"] => ModelsLabRoute.SeedText,
        ["v6", "video", "seedance", "image2video"] or ["image2video"] => ModelsLabRoute.SeedImage,
        ["v6", "video", "seedance", "fetch"] or ["fetch"] => ModelsLabRoute.FetchByTaskId,
        ["v6", "video", "text2video"] => ModelsLabRoute.OldText,
        ["v6", "video", "img2video"] => ModelsLabRoute.OldImage,
        ["v6", "assets_generated"] or ["assets_generated"] => ModelsLabRoute.Assets, // The sample says v6, the specification not.
        ["wallet_balance"] => ModelsLabRoute.Wallet,
        ["v6", "video", "base64_to_url"] => ModelsLabRoute.Upload,
        _ => ModelsLabRoute.Unknown,
    };
}
