using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Simulator.Callbacks;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Ark;

/// <summary>The dialect of ByteDance's own Ark, at BytePlus and at Volcengine (documents of 2026-08).</summary>
internal sealed class ArkDialect(string name, string prefix, IReadOnlyDictionary<string, ArkModel> models) : ICallsBack
{
    private const string Tasks = "/contents/generations/tasks";
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_keptCancelled = TimeSpan.FromHours(24);

    public string Name => name;

    public string Prefix => prefix;

    public decimal StartBalance => 100;

    public int Concurrency => 120;

    public string NewId(SimulatorTask task, ulong entropy) => ArkId.Of(task.AcceptedAt, entropy);

    /// <summary>
    /// Up to three more where nobody acknowledges within 5 s (create page, 2026-08); the pauses are not said, these are guesses.
    /// </summary>
    public CallbackTerms Callbacks { get; } = new(TimeSpan.FromSeconds(5), 5, 5, 5);

    public string? CallbackAddress(SimulatorTask task) => task.Fields.TryGetValue("callback_url", out string? address) ? address : null;

    /// <summary>Each change; cancelled is not among the states of a callback (sheet, section 12.6).</summary>
    public bool Tells(SimulatorTask task, SimulatorTaskState state) => state != SimulatorTaskState.Cancelled;

    public CallbackMessage SpellCallback(CallbackEvent told) => CallbackMessage.Of(ArkTask.Spell(told.View, told.Now, told.Origin));

    public SimulatorRequestKind Classify(string method, string path) =>
        (method, path == Tasks, path.StartsWith(Tasks + "/", StringComparison.Ordinal)) switch
    {
        ("POST", true, _) => SimulatorRequestKind.Submit,
        ("GET", true, _) => SimulatorRequestKind.List,
        ("GET", _, true) => SimulatorRequestKind.Poll,
        ("DELETE", _, true) => SimulatorRequestKind.Cancel,
        _ => SimulatorRequestKind.Other,
    };

    public SimulatorResponse Answer(SimulatorCall call)
    {
        if (call.Kind == SimulatorRequestKind.Other)
        {
            return Refuse(404, "The requested route does not exist.");
        }

        string? key = AuthorizationKey.Of(call.Request, "Bearer");
        if (!call.KeyIsRight(key))
        {
            return Refuse(401, "The API key in the request is missing or invalid.");
        }

        SimulatorResponse answer = call.Kind switch
        {
            SimulatorRequestKind.Submit => Submit(call, key!),
            SimulatorRequestKind.List => ArkList.Answer(call.Request.Query, Own(call, key!).Select(task => (task, Spell(call, task)))),
            _ when Find(call, key!) is not { } task => Refuse(404, "The specified task is not found."),
            SimulatorRequestKind.Poll => SimulatorResponse.Json(200, Spell(call, Find(call, key!)!)),
            _ => Delete(call, Find(call, key!)!),
        };
        return answer.With(
            "x-request-id", call.Request.Header("X-Client-Request-Id") ?? call.Now.UtcTicks.ToString("x", CultureInfo.InvariantCulture));
    }

    public SimulatorResponse Refuse(int status, string message) => ArkErrors.Of(status, message);

    private static JsonObject Spell(SimulatorCall call, SimulatorTask task) =>
        ArkTask.Spell(call.View(task), call.Now, call.Request.Origin);

    private SimulatorTask? Find(SimulatorCall call, string key) =>
        call.Find(this, Uri.UnescapeDataString(call.Path.Substring(Tasks.Length + 1))) is { } task && task.Account == key
            && IsKept(call, task) ? task : null;

    private IEnumerable<SimulatorTask> Own(SimulatorCall call, string key) =>
        call.Newest(this, int.MaxValue).Where(task => task.Account == key && IsKept(call, task));

    private static bool IsKept(SimulatorCall call, SimulatorTask task)
    {
        TaskView view = call.Peek(task);
        return view.State == SimulatorTaskState.Cancelled ? call.Now < view.EndedAt + s_keptCancelled : call.Now < task.AcceptedAt + s_kept;
    }

    /// <summary>Cancels what is queued and erases what has ended (section 2); the status of a refusal is not published.</summary>
    private SimulatorResponse Delete(SimulatorCall call, SimulatorTask task)
    {
        switch (ArkTask.Word(call.Peek(task), call.Now))
        {
            case "queued":
                call.Cancel(task);
                break;
            case "succeeded" or "failed" or "expired":
                call.Forget(task);
                break;
            default:
                return Refuse(409, "The status of the task does not allow this.");
        }

        return SimulatorResponse.Json(200, new JsonObject());
    }

    private SimulatorResponse Submit(SimulatorCall call, string key)
    {
        if (ArkRequest.TooLarge(call.Request) is { } large)
        {
            return ArkErrors.Of(large);
        }

        if (JsonBody.ReadWithoutNulls(call.Request, out string unreadable) is not { } body)
        {
            return Refuse(400, unreadable);
        }

        if (!body.TryGetProperty("model", out JsonElement named) || named.ValueKind != JsonValueKind.String)
        {
            return ArkErrors.Of(ArkProblem.Missing("model"));
        }

        if (Model(named.GetString()!) is not { } model)
        {
            return ArkErrors.Of(
                new ArkProblem("InvalidEndpointOrModel.NotFound",
                "The model or endpoint " + named.GetString() + " does not exist or you do not have access to it.", "model", 404));
        }

        if (ArkRequest.Read(body, model, callbacks: true, call.Options.Host<ArkBehaviour>(), out ArkContent content) is { } problem)
        {
            return ArkErrors.Of(problem);
        }

        SimulatorTask? draft = content.Draft is { } id ? Draft(call, id, key) : null;
        if (content.Draft is not null && draft is null)
        {
            return ArkErrors.Of(ArkProblem.Invalid("content.draft_task.id", "not a draft that has succeeded"));
        }

        SimulatorTask asked = ArkTask.Of(body, model, content, draft) with { Account = key };
        if (PromptDirectives.Refuses(asked.Prompt))
        {
            return ArkErrors.Of(
                new ArkProblem("InputTextSensitiveContentDetected",
                "The request failed because the input text may contain sensitive information.", "content"));
        }

        AcceptVerdict verdict = call.Accept(this, asked);
        return verdict.Task is { } task ? SimulatorResponse.Json(200, Receipt(task))
            : verdict.TooPoor
                ? ArkErrors.Of(
                new ArkProblem("AccountOverdueError", "The request failed because your account has an overdue balance.", Status: 403))
            : ArkErrors.Of(new ArkProblem("QuotaExceeded", "Too many tasks are waiting.", Status: 429));
    }

    private static JsonObject Receipt(SimulatorTask task)
    {
        JsonObject receipt = new() { ["id"] = task.Id };
        if (task.Fields.TryGetValue(ArkTask.Identifier, out string? identifier))
        {
            receipt[ArkTask.Identifier] = identifier;
        }

        return receipt;
    }

    /// <summary>An endpoint of one's own stands for Seedance 2.0 here.</summary>
    private ArkModel? Model(string id) =>
        models.TryGetValue(id, out ArkModel? model) ? model
        : id.StartsWith("ep-", StringComparison.Ordinal) && id.Length > 3
            ? models.Values.First(known => known.Generation == ArkGeneration.Seedance20)
        : null;

    private SimulatorTask? Draft(SimulatorCall call, string id, string key) =>
        call.Find(this, id) is { } task && task.Account == key && ArkTask.IsDraft(task)
            && call.Peek(task).State == SimulatorTaskState.Succeeded ? task : null;
}
