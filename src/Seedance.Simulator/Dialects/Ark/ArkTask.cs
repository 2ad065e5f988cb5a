using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Simulator.Media;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Ark;

/// <summary>
/// From a request to a task, and how GET spells it (sheet, section 6). What the host resolved is kept under <c>ark.</c> names.
/// </summary>
internal static class ArkTask
{
    public const string Identifier = "safety_identifier";

    private const int FramesPerSecond = 24;

    public static SimulatorTask Of(JsonElement body, ArkModel model, ArkContent content, SimulatorTask? draft)
    {
        string resolution = ArkRequest.Resolution(body, model);
        string ratio = draft?.Fields["ark.ratio"] ?? body.Text("ratio", "adaptive");
        ratio = ratio == "adaptive" ? "16:9" : ratio;
        long frames = body.Whole("frames", 0);
        int seconds = draft?.Seconds ?? (int)body.Whole("duration", model.Generation == ArkGeneration.Seedance25 ? -1 : 5);
        seconds = frames > 0 ? (int)Math.Ceiling(frames / (double)FramesPerSecond) : seconds < 0 ? 5 : seconds;
        (int width, int height) = ArkSizes.Of(model.Generation, resolution, ratio);
        bool audio = model.HasAudio && ArkRequest.Flag(body, "generate_audio", otherwise: true);
        bool isDraft = ArkRequest.Flag(body, "draft", otherwise: false);
        Dictionary<string, string> fields = body.Fields();
        fields["ark.resolution"] = resolution;
        fields["ark.ratio"] = ratio;
        fields["ark.generation"] = model.Generation.ToString();
        fields["ark.frames"] = frames.ToString(CultureInfo.InvariantCulture);
        fields["ark.draft_task"] = content.Draft ?? string.Empty;
        return new SimulatorTask
        {
            Prompt = content.Draft is null ? content.Prompt : draft!.Prompt,
            Fields = fields,
            Seconds = seconds,
            Width = width,
            Height = height,
            Seed = body.Whole("seed", -1),
            Price = Price(body, model, resolution, seconds, audio, isDraft),
        };
    }

    public static bool IsDraft(SimulatorTask task) => Field(task, "draft") == "true";

    /// <summary>The host's word; a task that has not ended in its time is expired (section 4).</summary>
    public static string Word(TaskView view, DateTimeOffset now)
    {
        SimulatorTask task = view.Task;
        DateTimeOffset expires = Expires(task);
        bool late = view.State == SimulatorTaskState.Succeeded || view.State == SimulatorTaskState.Failed
            ? task.AcceptedAt + task.QueueTime + task.RunTime > expires
            : now >= expires;
        return late && view.State != SimulatorTaskState.Cancelled ? "expired" : view.Word ?? view.State switch
        {
            SimulatorTaskState.Queued => "queued",
            SimulatorTaskState.Running => "running",
            SimulatorTaskState.Succeeded => "succeeded",
            SimulatorTaskState.Failed => "failed",
            _ => "cancelled",
        };
    }

    public static JsonObject Spell(TaskView view, DateTimeOffset now, Uri origin)
    {
        SimulatorTask task = view.Task;
        string word = Word(view, now);
        bool succeeded = word == "succeeded" || (view.Word is not null && view.State == SimulatorTaskState.Succeeded);
        bool fresh = view.State is SimulatorTaskState.Queued;
        DateTimeOffset updated = view.EndedAt ?? (fresh ? task.AcceptedAt : task.AcceptedAt + task.QueueTime);
        JsonObject body = new()
        {
            ["id"] = task.Id,
            ["model"] = task.Fields["model"],
            ["status"] = word,
            ["error"] = word == "failed" ? Error(task) : null,
            ["created_at"] = task.AcceptedAt.ToUnixTimeSeconds(),
            ["updated_at"] = updated.ToUnixTimeSeconds(),
            ["seed"] = task.Seed,
            ["resolution"] = task.Fields["ark.resolution"],
            ["ratio"] = task.Fields["ark.ratio"],
            ["framespersecond"] = FramesPerSecond,
            ["service_tier"] = Field(task, "service_tier") ?? "default",
            ["execution_expires_after"] = (long)(Expires(task) - task.AcceptedAt).TotalSeconds,
        };
        long frames = long.Parse(task.Fields["ark.frames"], CultureInfo.InvariantCulture);
        body[frames > 0 ? "frames" : "duration"] = frames > 0 ? frames : task.Seconds;
        if (task.Fields["ark.generation"] != nameof(ArkGeneration.Seedance10))
        {
            body["generate_audio"] = Field(task, "generate_audio") != "false";
        }

        if (task.Fields["ark.generation"] == nameof(ArkGeneration.Seedance15))
        {
            body["draft"] = IsDraft(task);
        }

        if (Field(task, Identifier) is { } identifier)
        {
            body[Identifier] = identifier;
        }

        if (task.Fields["ark.draft_task"] is { Length: > 0 } draft)
        {
            body["draft_task_id"] = draft;
        }

        if (succeeded)
        {
            PutResult(body, view, origin);
        }

        return body;
    }

    private static void PutResult(JsonObject body, TaskView view, Uri origin)
    {
        JsonObject content = [];
        if (view.Url is not null)
        {
            content["video_url"] = view.Url;
        }

        if (Field(view.Task, "return_last_frame") == "true")
        {
            content["last_frame_url"] = LastFrame.UrlAt(origin);
        }

        // Observed figures are those of one frame more than the seconds have: 108900 for 5 s at 720p (section 10).
        long frames = long.Parse(view.Task.Fields["ark.frames"], CultureInfo.InvariantCulture);
        long tokens = (long)view.Task.Width * view.Task.Height * (frames > 0 ? frames : (FramesPerSecond * view.Task.Seconds) + 1) / 1024;
        body["content"] = content;
        body["usage"] = new JsonObject { ["completion_tokens"] = tokens, ["total_tokens"] = tokens };
    }

    private static DateTimeOffset Expires(SimulatorTask task) => task.AcceptedAt.AddSeconds(
        long.TryParse(Field(task, "execution_expires_after"), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            ? seconds
            : ArkRequest.DefaultExpiry);

    private static string? Field(SimulatorTask task, string name) => task.Fields.TryGetValue(name, out string? value) ? value : null;

    private static JsonObject Error(SimulatorTask task)
    {
        bool refused = task.Outcome == SimulatorTaskOutcome.ContentRefused && task.FailureText is null;
        return new JsonObject
        {
            ["code"] = refused ? "OutputVideoSensitiveContentDetected" : "InternalServiceError",
            ["message"] = task.FailureText
                ?? (refused
                    ? "The request failed because the output video may contain sensitive information."
                    : "The service encountered an unexpected internal error."),
        };
    }

    private static decimal Price(JsonElement body, ArkModel model, string resolution, int seconds, bool audio, bool draft)
    {
        decimal price = seconds * model.PerSecond[resolution];
        if (model.Generation == ArkGeneration.Seedance15)
        {
            price *= (audio ? 1m : 0.5m) * (draft ? (audio ? 0.6m : 0.7m) : 1m);
        }

        return body.Text("service_tier") == "flex" ? price / 2 : price;
    }
}
