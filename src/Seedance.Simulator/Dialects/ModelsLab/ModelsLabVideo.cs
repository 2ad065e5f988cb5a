using System.Text.Json.Nodes;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Dialects.ModelsLab;

/// <summary>A video as submit and fetch both spell it (sheet, sections 5 and 9).</summary>
internal static class ModelsLabVideo
{
    public static JsonObject Of(SimulatorCall call, TaskView view, bool isSubmit) => view.State switch
    {
        SimulatorTaskState.Succeeded => Done(view, withId: !(isSubmit && call.Options.Host<ModelsLabBehaviour>().OmitsId)),
        SimulatorTaskState.Failed => Failed(view),
        _ => Waiting(call, view),
    };

    /// <summary>The answer of a fetch, with the name that the caller gave the request (webhook page, 2026-09).</summary>
    public static JsonObject Callback(TaskView view)
    {
        JsonObject body = view.State switch
        {
            SimulatorTaskState.Succeeded => Done(view, withId: true),
            SimulatorTaskState.Failed => Failed(view),
            _ => new JsonObject { ["status"] = "processing", ["id"] = Number(view.Task.Id) },
        };
        if (view.Task.Fields.TryGetValue("track_id", out string? track))
        {
            body["track_id"] = track;
        }

        return body;
    }

    public static JsonNode Number(string id) => JsonValue.Create(long.Parse(id, CultureInfo.InvariantCulture));

    private static JsonObject Failed(TaskView view) => new()
    {
        ["status"] = view.Word ?? "failed",
        ["id"] = Number(view.Task.Id),
        ["message"] = view.Task.FailureText
            ?? (view.Task.Outcome == SimulatorTaskOutcome.ContentRefused
                ? "The content was flagged by the safety policy"
                : "The generation failed"),
        ["output"] = new JsonArray(),
    };

    private static JsonObject Done(TaskView view, bool withId)
    {
        JsonObject body = new() { ["status"] = view.Word ?? "success" };
        if (withId)
        {
            body["id"] = Number(view.Task.Id);
        }

        body["generationTime"] = view.Task.RunTime.TotalSeconds;
        body["output"] = view.Url is null ? new JsonArray() : new JsonArray(view.Url);
        body["proxy_links"] = new JsonArray();
        body["meta"] = new JsonObject
        {
            ["model_id"] = view.Task.Fields["model"],
            ["seed"] = view.Task.Seed,
            ["width"] = view.Task.Width,
            ["height"] = view.Task.Height,
        };
        return body;
    }

    /// <summary>The links of the future lead nowhere until the video is made.</summary>
    private static JsonObject Waiting(SimulatorCall call, TaskView view) => new()
    {
        ["status"] = view.Word ?? "processing",
        ["tip"] = "Your request is processing in background",
        ["id"] = Number(view.Task.Id),
        ["eta"] = (long)Math.Max(1, Math.Ceiling((view.Task.EndsAt - call.Now).TotalSeconds)),
        ["message"] = "Try to fetch the result after some time",
        ["fetch_result"] = new Uri(call.Request.Origin, "/modelslab/v7/video-fusion/fetch/" + view.Task.Id).AbsoluteUri,
        ["output"] = new JsonArray(),
        ["future_links"] = new JsonArray(view.Task.Outcome == SimulatorTaskOutcome.Succeeds
            ? call.UrlOf(view.Task)
            : new Uri(call.Request.Origin, "/media/none.mp4").AbsoluteUri),
    };
}
