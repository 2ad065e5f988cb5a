using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Muapi;

/// <summary>The fields Muapi's endpoints are made of (sheet, sections 3 and 4, 2026-09).</summary>
internal static class MuapiFields
{
    public static FieldRule Prompt { get; } = FieldRule.Text("prompt").Require();

    public static FieldRule SixRatios { get; } = FieldRule.OneOf("aspect_ratio", "16:9", "9:16", "1:1", "3:4", "4:3", "21:9");

    public static FieldRule SevenRatios { get; } = FieldRule.OneOf("aspect_ratio", "16:9", "9:16", "1:1", "3:4", "4:3", "21:9", "9:21");

    public static FieldRule LiteRatios { get; } = FieldRule.OneOf("aspect_ratio", "16:9", "9:16", "1:1", "4:3", "3:4", "9:21");

    // The schema and client sources name different sets; both are taken.
    public static FieldRule OldRatios { get; } = FieldRule.OneOf("aspect_ratio", "16:9", "9:16", "1:1", "4:3", "3:4");

    public static FieldRule Quality { get; } = FieldRule.OneOf("quality", "basic", "high");

    public static FieldRule Audio { get; } = FieldRule.Flag("generate_audio");

    public static FieldRule CameraFixed { get; } = FieldRule.Flag("camera_fixed");

    public static FieldRule RemoveWatermark { get; } = FieldRule.Flag("remove_watermark");

    public static FieldRule Image { get; } = FieldRule.Url("image_url").Require();

    public static FieldRule LastImage { get; } = FieldRule.Url("last_image");

    public static FieldRule OneOrMoreImages { get; } = Images(1, 9).Require();

    public static FieldRule FirstAndLast { get; } = Images(2, 2).Require();

    public static FieldRule Seed { get; } = FieldRule.Whole("seed", -1, uint.MaxValue);

    /// <summary>Sandbox flag; the 2.1 guide shows it without limiting it to that model.</summary>
    public static FieldRule IsTest { get; } = FieldRule.Flag("is_test");

    public static FieldRule Images(int least, int most) => FieldRule.Urls("images_list", least, most);

    public static FieldRule Seconds(int least, int most) => FieldRule.Whole("duration", least, most);

    public static FieldRule Resolution(params string[] names) => FieldRule.OneOf("resolution", names);
}
