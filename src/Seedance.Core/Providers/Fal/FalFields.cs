namespace Seedance.Providers.Fal;

/// <summary>What a model's path says of its fields; the same holds for a path that no table knows.</summary>
internal sealed record FalFields
{
    public bool Frames { get; init; }

    public bool LastFrame { get; init; }

    public bool References { get; init; }

    /// <summary>Images alone, under a name of their own (v1/lite).</summary>
    public bool OnlyImages { get; init; }

    public bool Audio { get; init; }

    public bool Bitrate { get; init; }

    public bool Seed { get; init; }

    public bool Camera { get; init; }

    public static FalFields Of(string wireModel)
    {
        bool text = Has(wireModel, "text-to-video");
        bool image = Has(wireModel, "image-to-video");
        bool references = Has(wireModel, "reference-to-video");
        bool open = !text && !image && !references;
        bool first = Has(wireModel, "seedance/v1");
        return new FalFields
        {
            Frames = image || open,
            LastFrame = (image || open) && !Has(wireModel, "v1/pro/fast"),
            References = references || open,
            OnlyImages = first && references,
            Audio = !first || Has(wireModel, "v1.5"),
            Bitrate = !first,
            Seed = !Has(wireModel, "seedance-2.5"), // 2.0: older pages have it, the OpenAPI of 2026-08 has not; the host is the judge.
            Camera = first,
        };
    }

    private static bool Has(string wireModel, string part) => wireModel.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
