namespace Seedance.Providers.AtlasCloud;

/// <summary>
/// How a model id spells what a request says. The id holds family and mode, so the spelling follows from it, known or not.
/// </summary>
internal sealed record AtlasCloudFields
{
    /// <summary><c>image</c>.</summary>
    public bool Image { get; init; }

    /// <summary><c>last_image</c>.</summary>
    public bool LastImage { get; init; }

    /// <summary><c>reference_images</c>, <c>reference_videos</c>, <c>reference_audios</c>.</summary>
    public bool References { get; init; }

    /// <summary>False where the resolution is part of the id.</summary>
    public bool Resolution { get; init; } = true;

    /// <summary><c>ratio</c> on 2.x, <c>aspect_ratio</c> on 1.x; null where an image decides.</summary>
    public string? Ratio { get; init; }

    public bool Audio { get; init; }

    public bool Seed { get; init; }

    public bool Camera { get; init; }

    public bool Bitrate { get; init; }

    public static bool IsSeedance15(string wireModel) => Has(wireModel, "seedance-v1.5");

    public static AtlasCloudFields Of(string wireModel)
    {
        bool text = Has(wireModel, "text-to-video") || Has(wireModel, "-t2v");
        bool image = Has(wireModel, "image-to-video") || Has(wireModel, "-i2v");
        bool references = Has(wireModel, "reference-to-video");
        bool open = !text && !image && !references; // An id of a form of its own: the host says what it does not take.
        AtlasCloudFields family = Family(wireModel);
        return family with
        {
            Image = image || open,
            LastImage = (image || open) && family.LastImage,
            References = (references || open) && family.References,
            Ratio = image && !family.Resolution ? null : family.Ratio,
        };
    }

    private static AtlasCloudFields Family(string wireModel) =>
        Has(wireModel, "seedance-2.0")
            ? new() { Ratio = "ratio", LastImage = true, References = true, Audio = true, Seed = true, Bitrate = true }
        : IsSeedance15(wireModel) ? new() { Ratio = "aspect_ratio", LastImage = true, Audio = true, Seed = true, Camera = true }
        : Has(wireModel, "seedance-v1-pro-fast") ? new() { Ratio = "aspect_ratio", Seed = true }
        : Has(wireModel, "seedance-v1") ? new() { Ratio = "aspect_ratio", Seed = true, Resolution = false }
        : new() { Ratio = "ratio", LastImage = true, References = true, Audio = true };

    private static bool Has(string wireModel, string part) => wireModel.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
