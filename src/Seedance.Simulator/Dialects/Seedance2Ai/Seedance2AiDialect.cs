using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Simulator.Callbacks;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Seedance2Ai;

/// <summary>The dialect of seedance2-ai.ai (vendor API page, 2026-09).</summary>
internal sealed class Seedance2AiDialect : ICallsBack
{
    public string Name => "Seedance2Ai";

    public string Prefix => "seedance2ai";

    public decimal StartBalance => 5000;

    public int Concurrency => 3;

    public string NewId(SimulatorTask task, ulong entropy) => "task_" + entropy.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>
    /// After 1, 5 and 30 seconds where the answer is no 2xx (vendor API page, 2026-09); how long it waits for one is not said.
    /// </summary>
    public CallbackTerms Callbacks { get; } = new(TimeSpan.FromSeconds(30), 1, 5, 30);

    public string? CallbackAddress(SimulatorTask task) => task.Fields.TryGetValue("callBackUrl", out string? address) ? address : null;

    public bool Tells(SimulatorTask task, SimulatorTaskState state) => state is SimulatorTaskState.Succeeded or SimulatorTaskState.Failed;

    public CallbackMessage SpellCallback(CallbackEvent told) => CallbackMessage.Of(Seedance2AiTask.Of(told.View));

    public SimulatorRequestKind Classify(string method, string path) => (method, path) switch
    {
        ("POST", "/jobs/createTask") => SimulatorRequestKind.Submit,
        ("GET", "/jobs/queryTask") => SimulatorRequestKind.Poll,
        ("GET", "/account/credits") => SimulatorRequestKind.Credits,
        _ => SimulatorRequestKind.Other,
    };

    public SimulatorResponse Answer(SimulatorCall call)
    {
        if (call.Kind == SimulatorRequestKind.Other)
        {
            return Refuse(404, "Not found");
        }

        string? key = AuthorizationKey.Of(call.Request, "Bearer");
        if (!call.KeyIsRight(key))
        {
            return Refuse(401, "Invalid API key");
        }

        return call.Kind switch
        {
            SimulatorRequestKind.Submit => Submit(call, key!),
            SimulatorRequestKind.Poll => Poll(call, key!),
            _ => Credits(call, key!),
        };
    }

    // The page gives no error body; its sibling's has a message (sheet, section 5).
    public SimulatorResponse Refuse(int status, string message) => SimulatorResponse.Json(status, new JsonObject { ["message"] = message });

    private SimulatorResponse Submit(SimulatorCall call, string key)
    {
        if (JsonBody.Read(call.Request, out string unreadable) is not { } body)
        {
            return Refuse(400, unreadable);
        }

        if (Seedance2AiRequest.Problem(body) is { } problem)
        {
            return Refuse(400, problem);
        }

        SimulatorTask asked = ToTask(body) with { Account = key };
        if (PromptDirectives.Refuses(asked.Prompt))
        {
            return Refuse(400, "The prompt violates the content policy");
        }

        AcceptVerdict verdict = call.Accept(this, asked);
        return verdict.Task is { } task ? SimulatorResponse.Json(200, new JsonObject { ["taskId"] = task.Id })
            : verdict.TooPoor ? TooPoor(asked.Price, verdict.Available)
            // Without Retry-After: a slot has to become free, there is no time window (vendor API page, 2026-09).
            : Refuse(429, FormattableString.Invariant($"At most {Concurrency} running tasks per account"));
    }

    private SimulatorResponse Poll(SimulatorCall call, string key)
    {
        if (!QueryText.Parse(call.Request.Query).TryGetValue("taskId", out string? id) || id.Length == 0)
        {
            return Refuse(400, "taskId: Field required");
        }

        return call.Find(this, id) is not { } task ? Refuse(404, "Task not found")
            : task.Account != key ? Refuse(403, "The task belongs to another account")
            : SimulatorResponse.Json(200, Seedance2AiTask.Of(call.View(task)));
    }

    private SimulatorResponse Credits(SimulatorCall call, string key)
    {
        (decimal total, decimal available) = call.Balance(this, key);
        return SimulatorResponse.Json(200, new JsonObject { ["credits"] = total, ["availableCredits"] = available });
    }

    private static SimulatorResponse TooPoor(decimal required, decimal available) => SimulatorResponse.Json(402, new JsonObject
    {
        ["message"] = "Insufficient credits",
        ["required"] = required,
        ["available"] = available,
    });

    private static SimulatorTask ToTask(JsonElement body)
    {
        JsonElement inputs = body.GetProperty("inputs");
        string[] size = inputs.Text("resolution", Seedance2AiRequest.DefaultResolution).Split('x');
        int seconds = int.Parse(inputs.Text("duration", Seedance2AiRequest.DefaultDuration).TrimEnd('s'), CultureInfo.InvariantCulture);
        return new SimulatorTask
        {
            Prompt = inputs.Text("prompt"),
            Fields = body.Fields(),
            Seconds = seconds,
            Width = int.Parse(size[0], CultureInfo.InvariantCulture),
            Height = int.Parse(size[1], CultureInfo.InvariantCulture),
            Seed = -1,
            Price = Seedance2AiPrice.Of(body.Text("model"), inputs, seconds),
        };
    }
}
