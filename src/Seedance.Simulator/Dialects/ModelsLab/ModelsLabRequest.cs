using System.Text.Json;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.ModelsLab;

/// <summary>The rules of each route (sheet, sections 2 to 4).</summary>
internal static class ModelsLabRequest
{
    /// <summary>What the general v6 makes of a model that it does not know, and bills (text2video page, 2026-09).</summary>
    private const string Replacement = "cogvideox";

    private const decimal UsdPerSecond = 0.02m; // Published figures differ by a factor of six; this is the least of them.

    private static readonly FieldRule s_key = FieldRule.Text("key").Require();
    private static readonly FieldRule s_prompt = FieldRule.Text("prompt", longest: 2000).Require();
    private static readonly BodySchema s_onlyKey = new(s_key);
    private static readonly BodySchema s_byTaskId = new(s_key, Id("task_id").Require());
    private static readonly BodySchema s_assets = new(
        s_key, FieldRule.OneOf("type", "video").Require(), FieldRule.Whole("per_page", 1, 30), FieldRule.Whole("page", 1, 1_000_000));
    private static readonly BodySchema s_upload = new(s_key, FieldRule.Text("init_obj").Require());

    private static readonly FieldRule[] s_shared =
    [
        s_key, s_prompt, FieldRule.Text("negative_prompt"), FieldRule.Media("webhook", WebAddress.IsCallback), FieldRule.Text("track_id"),
        FieldRule.Whole("seed", 0, uint.MaxValue),
    ];

    private static readonly FieldRule[] s_v7 =
    [
        .. s_shared,
        FieldRule.OneOf("resolution", "480p", "720p"),
        FieldRule.OneOf("aspect_ratio", "16:9", "9:16", "1:1", "4:3", "9:21"), // Two lists, taken together.
        Seconds("duration", 3, 30),
        FieldRule.Whole("width", 512, 1024),
        FieldRule.Whole("height", 512, 1024),
        FieldRule.Whole("num_frames", 1, 720),
        FieldRule.Flag("generate_audio"),
        FieldRule.Flag("camera_fixed"),
        FieldRule.Flag("enhance_prompt"),
        FieldRule.Flag("temp"),
    ];

    // What the documented v6 routes take beside that (text2video and img2video pages, modelslab-py; 2026-11).
    private static readonly FieldRule[] s_v6 =
    [
        .. s_v7,
        FieldRule.Text("model_id"),
        FieldRule.Whole("num_inference_steps", 1, 100),
        Decimal("guidance_scale", 0, 30),
        FieldRule.Whole("fps", 1, 60),
    ];

    private static readonly FieldRule[] s_seed =
    [
        .. s_shared,
        FieldRule.OneOf("resolution", "480p", "720p", "1080p", "2k"),
        FieldRule.OneOf("aspect_ratio", "16:9", "9:16", "1:1"),
        Seconds("duration", 3, 10),
        FieldRule.WholeOneOf("fps", 24, 30),
        FieldRule.Flag("audio"),
    ];

    private static readonly BodySchema s_text =
        new([.. s_v7, FieldRule.OneOf("model_id", "seedance-t2v", "seedance-1.0-pro-fast-t2v").Require()]);

    private static readonly BodySchema s_image =
        new([.. s_v7, FieldRule.OneOf("model_id", "seedance-i2v", "seedance-1.0-pro-i2v", "seedance-1.0-pro-fast-i2v").Require(),
            Images("init_image").Require()]);

    private static readonly BodySchema s_seedText = new(s_seed);
    private static readonly BodySchema s_seedImage = new([.. s_seed, FieldRule.Url("init_image").Require()]);
    private static readonly BodySchema s_oldText = new([.. s_v6]);
    private static readonly BodySchema s_oldImage = new([.. s_v6, Images("init_image").Require()]);

    /// <summary>What is wrong, or null.</summary>
    public static string? Problem(ModelsLabRoute route, JsonElement body)
    {
        BodySchema? schema = route switch
        {
            ModelsLabRoute.TextToVideo => s_text,
            ModelsLabRoute.ImageToVideo => s_image,
            ModelsLabRoute.SeedText => s_seedText,
            ModelsLabRoute.SeedImage => s_seedImage,
            ModelsLabRoute.OldText => s_oldText,
            ModelsLabRoute.OldImage => s_oldImage,
            _ => null,
        };
        return schema is null ? "model_id: No such model on this route"
            : Text(schema.Check(body))
            // The clients of the vendor send this model a list, and others either form.
            ?? (body.Text("model_id") == "seedance-1.0-pro-i2v" && body.GetProperty("init_image").ValueKind != JsonValueKind.Array
                ? "init_image: Input should be a list of strings"
                : null);
    }

    public static SimulatorTask ToTask(ModelsLabRoute route, JsonElement body)
    {
        bool seed = route is ModelsLabRoute.SeedText or ModelsLabRoute.SeedImage;
        Dictionary<string, string> fields = body.Fields();
        fields.Remove("key");
        fields["model"] = route is ModelsLabRoute.OldText or ModelsLabRoute.OldImage ? Replacement : body.Text("model_id", "seedance-2.0");
        int seconds = Number(body, "duration") ?? 5;
        (int width, int height) = FrameSize.Of(body.Text("resolution", seed ? "1080p" : "720p"), body.Text("aspect_ratio", "16:9"));
        return new SimulatorTask
        {
            Prompt = body.Text("prompt"),
            Fields = fields,
            Seconds = seconds,
            Width = (int)body.Whole("width", width),
            Height = (int)body.Whole("height", height),
            Seed = body.Whole("seed", -1),
            Price = seconds * UsdPerSecond,
        };
    }

    /// <summary>The id that is asked for, as digits.</summary>
    public static string? FetchedId(ModelsLabRoute route, string path, JsonElement body, out string? problem)
    {
        if (route == ModelsLabRoute.FetchByTaskId)
        {
            problem = Text(s_byTaskId.Check(body));
            return problem is null ? Number(body, "task_id")?.ToString(CultureInfo.InvariantCulture) ?? string.Empty : null;
        }

        problem = Text(s_onlyKey.Check(body));
        return problem is null ? Uri.UnescapeDataString(path.Substring(path.LastIndexOf('/') + 1)) : null;
    }

    public static string? Unexpected(JsonElement body) => Text(s_onlyKey.Check(body));

    public static string? AssetsProblem(JsonElement body) => Text(s_assets.Check(body));

    /// <summary>The bytes of a data address, or null and what is wrong with it.</summary>
    public static byte[]? Inline(JsonElement body, out string? contentType, out string? problem)
    {
        contentType = null;
        problem = Text(s_upload.Check(body));
        if (problem is not null)
        {
            return null;
        }

        const string Data = "data:";
        const string Mark = ";base64,";
        string text = body.Text("init_obj");
        int mark = text.IndexOf(Mark, StringComparison.Ordinal);
        if (!text.StartsWith(Data, StringComparison.Ordinal) || mark < Data.Length + 1)
        {
            problem = "init_obj: Input should be a data address in base64";
            return null;
        }

        contentType = text.Substring(Data.Length, mark - Data.Length);
        try
        {
            return Convert.FromBase64String(text.Substring(mark + Mark.Length));
        }
        catch (FormatException)
        {
            problem = "init_obj: The base64 cannot be read";
            return null;
        }
    }

    private static int? Number(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement value) && IsWhole(value, out int number) ? number : null;

    /// <summary>A number, or its digits in a string.</summary>
    private static bool IsWhole(JsonElement value, out int number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number ? value.TryGetInt32(out number)
            : value.ValueKind == JsonValueKind.String
                && int.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static FieldRule Seconds(string name, int least, int most) => new(name, value =>
        !IsWhole(value, out int seconds) ? (FieldProblemKind.Type, "Input should be a valid integer")
        : seconds >= least && seconds <= most ? null
        : (FieldProblemKind.Value, FormattableString.Invariant($"Input should be from {least} to {most}")));

    private static FieldRule Decimal(string name, decimal least, decimal most) => new(name, value =>
        value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out decimal number)
            ? (FieldProblemKind.Type, "Input should be a valid number")
        : number >= least && number <= most ? null
        : (FieldProblemKind.Value, FormattableString.Invariant($"Input should be from {least} to {most}")));

    private static FieldRule Id(string name) =>
        new(name, value => IsWhole(value, out _) ? null : (FieldProblemKind.Type, "Input should be a valid id"));

    private static FieldRule Images(string name)
    {
        FieldRule one = FieldRule.Url(name);
        FieldRule many = FieldRule.Urls(name, 1, 9);
        return new FieldRule(name, value => value.ValueKind == JsonValueKind.Array ? many.Check(value) : one.Check(value));
    }

    private static string? Text(List<FieldProblem> problems) =>
        problems.Count == 0 ? null : string.Join("; ", problems.Select(problem => $"{problem.Field}: {problem.Message}"));
}
