using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Simulator.Callbacks;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.ModelsLab;

/// <summary>
/// The dialect of modelslab.com: every call a POST with the key in its body (documented v7, and the v6 of a third-party guide, 2026-09).
/// </summary>
internal sealed class ModelsLabDialect : ICallsBack, IAnswersThrottle
{
    public string Name => "ModelsLab";

    public string Prefix => "modelslab";

    public decimal StartBalance => 100;

    // Waiting jobs of a pay-as-you-go account (rate limit page, 2026-09).
    public int Concurrency => 5;

    /// <summary>A number, also on the wire.</summary>
    public string NewId(SimulatorTask task, ulong entropy) =>
        (100_000_000 + (entropy % 900_000_000)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Best effort, unsigned, a 2xx wanted within 30 s (webhook page, 2026-09).</summary>
    public CallbackTerms Callbacks { get; } = new(TimeSpan.FromSeconds(30));

    public string? CallbackAddress(SimulatorTask task) => task.Fields.TryGetValue("webhook", out string? address) ? address : null;

    public bool Tells(SimulatorTask task, SimulatorTaskState state) => state is SimulatorTaskState.Succeeded or SimulatorTaskState.Failed;

    public CallbackMessage SpellCallback(CallbackEvent told) => CallbackMessage.Of(ModelsLabVideo.Callback(told.View));

    public SimulatorRequestKind Classify(string method, string path) =>
        method != "POST" ? SimulatorRequestKind.Other : ModelsLabRoutes.Of(path) switch
    {
        ModelsLabRoute.Fetch or ModelsLabRoute.FetchByTaskId => SimulatorRequestKind.Poll,
        ModelsLabRoute.Assets => SimulatorRequestKind.List,
        ModelsLabRoute.Wallet => SimulatorRequestKind.Credits,
        ModelsLabRoute.Upload => SimulatorRequestKind.Upload,
        ModelsLabRoute.Unknown => SimulatorRequestKind.Other,
        _ => SimulatorRequestKind.Submit,
    };

    public SimulatorResponse Answer(SimulatorCall call)
    {
        ModelsLabRoute route = ModelsLabRoutes.Of(call.Path);
        if (call.Kind == SimulatorRequestKind.Other)
        {
            return Error(call, route == ModelsLabRoute.Unknown ? 404 : 405,
                route == ModelsLabRoute.Unknown ? "Not found" : "The method is not supported for this route");
        }

        if (JsonBody.Read(call.Request, out string unreadable) is not { } body)
        {
            return Error(call, 400, unreadable);
        }

        string key = body.Text("key");
        if (!call.KeyIsRight(key))
        {
            return Error(call, 401, key.Length == 0 ? "The key field is required" : "Invalid API key");
        }

        return route switch
        {
            ModelsLabRoute.Fetch or ModelsLabRoute.FetchByTaskId => Fetch(call, route, body, key),
            ModelsLabRoute.Assets => Assets(call, body, key),
            ModelsLabRoute.Wallet => Wallet(call, body, key),
            ModelsLabRoute.Upload => Upload(call, body),
            _ => Submit(call, route, body, key),
        };
    }

    public SimulatorResponse Refuse(int status, string message) =>
        SimulatorResponse.Json(status, new JsonObject { ["status"] = "error", ["message"] = message });

    /// <summary>The body says how long to wait, no header does (rate limit page and CLI, 2026-09).</summary>
    public SimulatorResponse AnswerThrottle(SimulatorCall call, TimeSpan wait)
    {
        JsonObject body = new() { ["status"] = "error", ["message"] = "Rate limit exceeded" };
        if (wait > TimeSpan.Zero)
        {
            body["retry_after"] = (long)Math.Ceiling(wait.TotalSeconds);
        }

        return SimulatorResponse.Json(call.Options.Host<ModelsLabBehaviour>().ErrorsIn200 ? 200 : 429, body)
            .With("X-RateLimit-Reset", (call.Now + wait).ToUnixTimeSeconds());
    }

    private SimulatorResponse Error(SimulatorCall call, int status, string message) =>
        Refuse(call.Options.Host<ModelsLabBehaviour>().ErrorsIn200 ? 200 : status, message);

    private SimulatorResponse Submit(SimulatorCall call, ModelsLabRoute route, JsonElement body, string key)
    {
        if (ModelsLabRequest.Problem(route, body) is { } problem)
        {
            return Error(call, 400, problem);
        }

        SimulatorTask asked = ModelsLabRequest.ToTask(route, body) with { Account = key };
        if (PromptDirectives.Refuses(asked.Prompt))
        {
            return Error(call, 400, "The prompt contains inappropriate content");
        }

        AcceptVerdict verdict = call.Accept(this, asked);
        return verdict.Task is { } task ? SimulatorResponse.Json(200, ModelsLabVideo.Of(call, call.View(task), isSubmit: true))
            : verdict.TooPoor ? Error(call, 402, "Insufficient wallet balance, please add funds")
            : AnswerThrottle(call, TimeSpan.FromSeconds(10));
    }

    private SimulatorResponse Fetch(SimulatorCall call, ModelsLabRoute route, JsonElement body, string key)
    {
        string? id = ModelsLabRequest.FetchedId(route, call.Path, body, out string? problem);
        return problem is not null ? Error(call, 400, problem)
            : call.Find(this, id!) is { } task && task.Account == key
                ? SimulatorResponse.Json(200, ModelsLabVideo.Of(call, call.View(task), isSubmit: false))
            : Error(call, 404, "The request id was not found");
    }

    private SimulatorResponse Wallet(SimulatorCall call, JsonElement body, string key) =>
        ModelsLabRequest.Unexpected(body) is { } problem ? Error(call, 400, problem)
        : SimulatorResponse.Json(200, new JsonObject
        {
            ["status"] = "success",
            ["data"] = new JsonObject { ["balance"] = call.Balance(this, key).Available, ["currency"] = "USD" },
        });

    private SimulatorResponse Assets(SimulatorCall call, JsonElement body, string key)
    {
        if (ModelsLabRequest.AssetsProblem(body) is { } problem)
        {
            return Error(call, 400, problem);
        }

        int size = (int)body.Whole("per_page", 10);
        int page = (int)body.Whole("page", 1);
        List<TaskView> made =
            [.. call.Newest(this, int.MaxValue).Where(task => task.Account == key).Select(task => call.View(task))
            .Where(view => view.State == SimulatorTaskState.Succeeded)];
        return SimulatorResponse.Json(200, new JsonObject
        {
            ["status"] = "success",
            ["data"] = new JsonArray([.. made.Skip((page - 1) * size).Take(size).Select(view => (JsonNode)new JsonObject
            {
                ["id"] = ModelsLabVideo.Number(view.Task.Id),
                ["output"] = view.Url is null ? new JsonArray() : new JsonArray(view.Url),
            })]),
            ["pagination"] = new JsonObject { ["current_page"] = page, ["per_page"] = size, ["total"] = made.Count,
                ["last_page"] = Math.Max(1, (made.Count + size - 1) / size) },
        });
    }

    private SimulatorResponse Upload(SimulatorCall call, JsonElement body) =>
        ModelsLabRequest.Inline(body, out string? contentType, out string? problem) is not { } bytes ? Error(call, 400, problem!)
        // The page promises an address and shows no field for it; the other routes have theirs in output.
        : SimulatorResponse.Json(200,
            new JsonObject { ["status"] = "success", ["output"] = new JsonArray(call.Upload(this, fileName: null, contentType!, bytes)) });
}
