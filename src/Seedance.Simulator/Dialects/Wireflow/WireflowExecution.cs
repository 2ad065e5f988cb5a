using System.Text.Json.Nodes;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Dialects.Wireflow;

/// <summary>
/// An execution in each form's words (sheet, sections 4, 5 and 9). The graph also makes a picture, which is not the video.
/// </summary>
internal static class WireflowExecution
{
    public static SimulatorResponse Receipt(SimulatorCall call, WireflowForm form, string workflow, SimulatorTask task)
    {
        switch (form)
        {
            case WireflowForm.Run:
                return SimulatorResponse.Json(
                    202, new JsonObject { ["data"] = new JsonObject { ["executionId"] = task.Id, ["status"] = "queued" } });
            case WireflowForm.Graph:
                JsonObject body = new()
                {
                    ["batchId"] = "batch_" + task.Id.Substring(5),
                    ["executionRuns"] = new JsonArray(new JsonObject { ["id"] = task.Id, ["status"] = "queued" }),
                };
                string www = call.Path.StartsWith("/www/", StringComparison.Ordinal) ? "/www" : string.Empty;
                return SimulatorResponse.Json(
                    201, call.Options.Host<WireflowBehaviour>().Routes == WireflowRoutes.ExecutionsByLocation ? new JsonObject() : body)
                    .With("Location", new Uri(call.Request.Origin, "/wireflow" + www + "/workflows/executions/" + task.Id).AbsoluteUri);
            default:
                return SimulatorResponse.Json(200, new JsonObject
                {
                    ["executionId"] = task.Id,
                    ["status"] = "QUEUED",
                    ["workflowId"] = workflow,
                    ["createdAt"] = task.AcceptedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                });
        }
    }

    public static JsonObject Of(WireflowForm form, TaskView view, bool bare) => form switch
    {
        WireflowForm.Run when bare => Polled(view, Word(view), withFinal: true),
        WireflowForm.Run => new JsonObject { ["data"] = Polled(view, Word(view), withFinal: true) },
        WireflowForm.Graph => Polled(view, Word(view).ToLowerInvariant(), withFinal: false),
        _ => Guide(view),
    };

    private static JsonObject Guide(TaskView view)
    {
        JsonObject node = new() { ["nodeId"] = "seedance", ["status"] = Word(view), ["output"] = null };
        if (view.State == SimulatorTaskState.Succeeded)
        {
            JsonObject output = new() { ["resolution"] = view.Task.Fields["resolved.resolution"], ["has_audio"] = true };
            if (view.Url is not null)
            {
                output["video_url"] = view.Url;
            }

            node["output"] = output;
            node["cost"] = view.Task.Price;
        }

        JsonObject body = new()
        {
            ["executionId"] = view.Task.Id,
            ["status"] = Word(view),
            ["nodes"] = new JsonArray(
                new JsonObject { ["nodeId"] = "prompt", ["status"] = "COMPLETED",
                    ["output"] = new JsonObject { ["image_url"] = "https://assets.example.org/still.png" } }, node),
        };
        if (view.State == SimulatorTaskState.Succeeded)
        {
            body["totalCost"] = view.Task.Price;
        }
        else if (view.State == SimulatorTaskState.Failed)
        {
            body["error"] = Error(view.Task);
        }

        return body;
    }

    private static JsonObject Polled(TaskView view, string word, bool withFinal)
    {
        JsonObject seedance = new() { ["nodeId"] = "seedance", ["label"] = "Seedance", ["status"] = word, ["error"] = null };
        JsonObject body = new() { ["status"] = word, ["error"] = null };
        if (view.State == SimulatorTaskState.Failed)
        {
            seedance["error"] = Error(view.Task);
            body["error"] = Error(view.Task);
        }

        if (view.Url is not null)
        {
            if (withFinal)
            {
                seedance["outputUrl"] = view.Url;
                body["finalOutput"] = new JsonObject { ["url"] = view.Url };
            }

            seedance["outputUrls"] = new JsonArray(view.Url);
        }

        string done = withFinal ? "COMPLETED" : "completed";
        body["nodeStates"] = new JsonArray(
            new JsonObject { ["nodeId"] = "still", ["label"] = "Still", ["status"] = done,
                ["outputUrl"] = "https://assets.example.org/still.png" }, seedance);
        return body;
    }

    private static string Word(TaskView view) => view.Word ?? view.State switch
    {
        SimulatorTaskState.Queued => "QUEUED",
        SimulatorTaskState.Running => "RUNNING",
        SimulatorTaskState.Succeeded => "COMPLETED",
        SimulatorTaskState.Failed => "FAILED",
        _ => "CANCELLED",
    };

    private static string Error(SimulatorTask task) => task.FailureText
        ?? (task.Outcome == SimulatorTaskOutcome.ContentRefused ? "The content was flagged by the safety policy" : "The node failed");
}
