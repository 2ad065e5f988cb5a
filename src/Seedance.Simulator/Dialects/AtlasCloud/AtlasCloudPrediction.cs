using System.Text.Json.Nodes;
using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Dialects.AtlasCloud;

/// <summary>A prediction as the schemas spell it.</summary>
internal static class AtlasCloudPrediction
{
    private const int FramesPerSecond = 24;

    public static JsonObject Receipt(SimulatorTask task, string idName, Uri origin) => new()
    {
        [idName] = task.Id,
        ["model"] = task.Fields["model"],
        ["status"] = "created",
        ["outputs"] = null,
        ["urls"] = Urls(task, origin),
    };

    public static JsonObject Of(TaskView view, Uri origin)
    {
        bool done = view.State == SimulatorTaskState.Succeeded;
        JsonObject body = new()
        {
            ["id"] = view.Task.Id,
            ["model"] = view.Task.Fields["model"],
            ["status"] = view.Word ?? Word(view.State),
            ["outputs"] = view.Url is { } url ? Outputs(view.Task, url, origin) : null,
            ["urls"] = Urls(view.Task, origin),
            ["has_nsfw_contents"] = done ? new JsonArray(false) : null,
            ["created_at"] = Time(view.Task.AcceptedAt),
            ["error"] = view.State == SimulatorTaskState.Failed ? Error(view.Task) : string.Empty,
        };
        if (view.EndedAt is { } ended)
        {
            body["completed_at"] = Time(ended);
            body["metrics"] = new JsonObject { ["predict_time"] = view.Task.RunTime.TotalSeconds };
            body["latency_ms"] = (long)(view.Task.QueueTime + view.Task.RunTime).TotalMilliseconds;
            body["price"] = (done ? view.Task.Price : 0).ToString("0.######", CultureInfo.InvariantCulture);
        }

        if (done)
        {
            // Width times height times seconds times 24 over 1024 (model pages, 2026-09).
            long tokens = (long)view.Task.Width * view.Task.Height * view.Task.Seconds * FramesPerSecond / 1024;
            body["completion_tokens"] = tokens;
            body["total_tokens"] = tokens;
        }

        return body;
    }

    /// <summary>The last frame is a further entry that only its ending tells from the video. It is named, not served.</summary>
    private static JsonArray Outputs(SimulatorTask task, string url, Uri origin)
    {
        JsonArray outputs = [url];
        if (task.Fields.TryGetValue("return_last_frame", out string? wanted) && wanted == "true")
        {
            outputs.Add((JsonNode?)JsonValue.Create(new Uri(origin, "/uploads/" + task.Id + ".png").AbsoluteUri));
        }

        return outputs;
    }

    private static JsonObject Urls(SimulatorTask task, Uri origin) =>
        new() { ["get"] = new Uri(origin, "/" + AtlasCloudDialect.Path + "/model/prediction/" + task.Id).AbsoluteUri };

    private static string Word(SimulatorTaskState state) => state switch
    {
        SimulatorTaskState.Queued => "created",
        SimulatorTaskState.Running => "processing",
        SimulatorTaskState.Succeeded => "completed",
        SimulatorTaskState.Failed => "failed",
        _ => "canceled",
    };

    private static string Error(SimulatorTask task) =>
        task.FailureText
            ?? (task.Outcome == SimulatorTaskOutcome.ContentRefused ? "The output was blocked: sensitive content" : "Generation failed");

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
