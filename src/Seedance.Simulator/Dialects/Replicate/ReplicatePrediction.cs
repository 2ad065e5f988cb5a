using System.Text.Json.Nodes;
using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Dialects.Replicate;

/// <summary>A prediction as every route spells it.</summary>
internal static class ReplicatePrediction
{
    public static JsonObject Of(TaskView view, Uri origin, bool outputIsList)
    {
        SimulatorTask task = view.Task;
        string self = new Uri(origin, "/replicate/v1/predictions/" + task.Id).AbsoluteUri;
        bool started = view.State != SimulatorTaskState.Queued;
        return new JsonObject
        {
            ["id"] = task.Id,
            ["model"] = task.Fields["model"],
            ["version"] = "hidden",
            ["status"] = view.Word ?? Word(view.State),
            ["input"] = JsonNode.Parse(task.Fields["input"]),
            ["output"] = view.Url is null ? null : outputIsList ? new JsonArray(view.Url) : JsonValue.Create(view.Url),
            ["error"] = view.State == SimulatorTaskState.Failed ? Error(task) : null,
            ["logs"] = started ? FormattableString.Invariant($"Using seed: {task.Seed}\n") : string.Empty,
            ["metrics"] = view.State == SimulatorTaskState.Succeeded ? new JsonObject { ["predict_time"] = task.RunTime.TotalSeconds } : [],
            ["created_at"] = Time(task.AcceptedAt),
            ["started_at"] = started ? Time(task.AcceptedAt + task.QueueTime) : null,
            ["completed_at"] = view.EndedAt is { } ended ? Time(ended) : null,
            ["urls"] = new JsonObject { ["get"] = self, ["cancel"] = self + "/cancel" },
        };
    }

    private static string Word(SimulatorTaskState state) => state switch
    {
        SimulatorTaskState.Queued => "starting",
        SimulatorTaskState.Running => "processing",
        SimulatorTaskState.Succeeded => "succeeded",
        SimulatorTaskState.Failed => "failed",
        _ => "canceled", // One l.
    };

    private static string Error(SimulatorTask task) =>
        task.FailureText
            ?? (task.Outcome == SimulatorTaskOutcome.ContentRefused
            ? "The input or output was flagged as sensitive. (E005)"
            : "Prediction failed");

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
