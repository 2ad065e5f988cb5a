using System.Text.Json.Nodes;
using Seedance.Simulator.Media;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;

namespace Seedance.Simulator.Dialects.Muapi;

/// <summary>What Muapi says of a job, at submit and at each poll (API reference, 2026-09).</summary>
internal static class MuapiPrediction
{
    private const decimal CreditsPerUsd = 100;

    public static JsonObject Receipt(SimulatorTask task, MuapiIdField idField)
    {
        JsonObject body = idField switch
        {
            MuapiIdField.Id => new JsonObject { ["id"] = task.Id },
            MuapiIdField.DataRequestId => new JsonObject { ["data"] = new JsonObject { ["request_id"] = task.Id } },
            _ => new JsonObject { ["request_id"] = task.Id },
        };
        body["status"] = "processing";
        body["cost"] = Cost(task, refunded: false);
        return body;
    }

    public static SimulatorResponse WithCostHeaders(SimulatorResponse answer, SimulatorTask task, bool refunded, decimal balance) => answer
        .With("X-MuAPI-Cost-USD", task.Price)
        .With("X-MuAPI-Cost-Credits", task.Price * CreditsPerUsd)
        .With("X-MuAPI-Cost-Bonus-Credits", 0)
        .With("X-MuAPI-Cost-Refunded", refunded ? "true" : "false")
        .With("X-Account-Balance", balance);

    public static JsonObject Of(TaskView view, MuapiOutputShape shape, Uri resultUrl)
    {
        JsonObject body = new()
        {
            ["id"] = view.Task.Id,
            ["status"] = view.Word ?? Word(view.State),
            ["error"] = view.State == SimulatorTaskState.Failed ? Error(view.Task) : string.Empty,
            ["urls"] = new JsonObject { ["get"] = resultUrl.AbsoluteUri },
            ["created_at"] = view.Task.AcceptedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["has_nsfw_contents"] = view.State == SimulatorTaskState.Succeeded ? new JsonArray(false) : new JsonArray(),
            ["cost"] = Cost(view.Task, refunded: view.State == SimulatorTaskState.Failed),
        };
        if (view.Ended)
        {
            body["timings"] = new JsonObject { ["inference"] = (long)view.Task.RunTime.TotalMilliseconds };
            body["executionTime"] = (long)view.Task.RunTime.TotalMilliseconds;
        }

        bool picture = MuapiCatalogue.All.TryGetValue(view.Task.Fields["endpoint"], out MuapiEndpoint? endpoint) && endpoint.MakesImage;
        PutOutput(body, picture && view.Url is not null ? LastFrame.UrlAt(resultUrl) : view.Url, shape);
        return body;
    }

    private static void PutOutput(JsonObject body, string? url, MuapiOutputShape shape)
    {
        if (url is null)
        {
            body["outputs"] = new JsonArray();
            return;
        }

        (string name, JsonNode value) = shape switch
        {
            MuapiOutputShape.OutputsOfObjects => ("outputs", new JsonArray(new JsonObject { ["url"] = url })),
            MuapiOutputShape.OutputVideo => ("output", new JsonObject { ["video"] = url }),
            MuapiOutputShape.OutputString => ("output", JsonValue.Create(url)),
            MuapiOutputShape.OutputOutputs => ("output", new JsonObject { ["outputs"] = new JsonArray(url) }),
            MuapiOutputShape.OutputArray => ("output", new JsonArray(url)),
            MuapiOutputShape.VideoUrl => ("video", new JsonObject { ["url"] = url }),
            MuapiOutputShape.Url => ("url", JsonValue.Create(url)),
            _ => ("outputs", (JsonNode)new JsonArray(url)),
        };
        body[name] = value;
    }

    private static JsonObject Cost(SimulatorTask task, bool refunded) => new()
    {
        ["amount_usd"] = task.Price,
        ["amount_credits"] = task.Price * CreditsPerUsd,
        ["bonus_credits_used"] = 0,
        ["refunded"] = refunded,
    };

    private static string Word(SimulatorTaskState state) => state switch
    {
        SimulatorTaskState.Queued => "queued",
        SimulatorTaskState.Running => "processing",
        SimulatorTaskState.Succeeded => "completed",
        SimulatorTaskState.Failed => "failed",
        _ => "cancelled",
    };

    private static string Error(SimulatorTask task) => task.FailureText
        ?? (task.Outcome == SimulatorTaskOutcome.ContentRefused
            ? "The content was flagged by the safety policy."
            : "The generation failed.");
}
