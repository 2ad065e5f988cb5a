using System.Text.Json.Nodes;
using Seedance.Simulator.Callbacks;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Media;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Fal;

/// <summary>
/// The dialect of fal's queue: a model is a route, status and result are two calls, and the urls of both are those of the submit's answer:
/// they have the app alone, without the model's sub-path (queue page, 2026-09).
/// </summary>
internal sealed class FalDialect : ICallsBack
{
    private const string Requests = "requests";
    private const string Webhook = "fal_webhook";
    private const string RequestId = "x-fal-request-id";

    public string Name => "Fal";

    public string Prefix => "fal";

    public decimal StartBalance => 100;

    public int Concurrency => 0;

    public string NewId(SimulatorTask task, ulong entropy) =>
        FormattableString.Invariant(
        $"{entropy >> 32:x8}-{(entropy >> 16) & 0xFFFF:x4}-4{entropy & 0xFFF:x3}-8000-{entropy & 0xFFFFFFFFFFFF:x12}");

    /// <summary>
    /// Fifteen seconds, then up to ten more in two hours (2026-07); the pauses between are guesses. fal signs; this does not, as nobody
    /// here has a key of fal's.
    /// </summary>
    public CallbackTerms Callbacks { get; } = new(TimeSpan.FromSeconds(15), 10, 20, 40, 80, 160, 320, 640, 1280, 1800, 1800);

    public string? CallbackAddress(SimulatorTask task) => task.Fields.TryGetValue(Webhook, out string? address) ? address : null;

    public bool Tells(SimulatorTask task, SimulatorTaskState state) => state is SimulatorTaskState.Succeeded or SimulatorTaskState.Failed;

    public CallbackMessage SpellCallback(CallbackEvent told) => CallbackMessage.Of(new JsonObject
    {
        ["request_id"] = told.View.Task.Id,
        ["gateway_request_id"] = told.View.Task.Id,
        ["status"] = Failure(told.View) is null ? "OK" : "ERROR",
        ["error"] = Failure(told.View)?.Text,
        ["payload"] = Failure(told.View) is null ? Payload(told.View) : null,
    });

    public SimulatorRequestKind Classify(string method, string path) => (method, Split(path)) switch
    {
        ("GET", [_, _, Requests, { Length: > 0 }, "status"] or [_, _, Requests, { Length: > 0 }, "status", "stream"]) =>
            SimulatorRequestKind.Poll,
        ("GET", [_, _, Requests, { Length: > 0 }]) => SimulatorRequestKind.Poll, // The result belongs to asking for the job.
        ("PUT", [_, _, Requests, { Length: > 0 }, "cancel"]) => SimulatorRequestKind.Cancel,
        ("POST", [_, _, ..]) => SimulatorRequestKind.Submit,
        _ => SimulatorRequestKind.Other,
    };

    /// <summary>Whatever fal itself answers has its request id in a header, which its clients show (@fal-ai/client 1.10.1).</summary>
    public SimulatorResponse Answer(SimulatorCall call)
    {
        SimulatorResponse answer = Speak(call);
        return answer.Headers.ContainsKey(RequestId)
            ? answer
            : answer.With(RequestId,
            Split(call.Path) is [_, _, Requests, { Length: > 0 } id, ..]
            ? id
            : "sim-" + call.Now.UtcTicks.ToString("x", CultureInfo.InvariantCulture));
    }

    private SimulatorResponse Speak(SimulatorCall call)
    {
        if (call.Kind == SimulatorRequestKind.Other)
        {
            return Refuse(404, "Path not found");
        }

        string? key = AuthorizationKey.Of(call.Request, "Key"); // The word "Key", not Bearer.
        if (!call.KeyIsRight(key))
        {
            return Refuse(401, "Cannot authenticate: the header should be Authorization: Key <key>");
        }

        if (call.Kind == SimulatorRequestKind.Submit)
        {
            return Submit(call, key!);
        }

        string[] path = Split(call.Path);
        if (call.Find(this, Uri.UnescapeDataString(path[3])) is not { } task || task.Account != key || App(task) != path[0] + "/" + path[1])
        {
            return Refuse(404, "Request not found");
        }

        return call.Kind == SimulatorRequestKind.Cancel ? Cancel(call, task)
            : path.Length == 6 ? Stream(call, task)
            : path.Length == 5 ? SimulatorResponse.Json(200, Status(call, task))
            : Result(call, task);
    }

    /// <summary>
    /// 502 to 504 come from the ingress in front of fal; fal's own have a type and end the job (request-errors page, 2026-11).
    /// </summary>
    public SimulatorResponse Refuse(int status, string message) => status is 502 or 503 or 504 ? FalErrors.Ingress(status) : FalErrors.Of(
        status,
        status switch
        {
            401 => "unauthorized",
            403 => "forbidden",
            404 => "not_found",
            429 => "rate_limited",
            >= 500 => FalErrors.Internal,
            _ => "bad_request",
        },
        message);

    private static string[] Split(string path) => path.Trim('/').Split('/');

    private static string App(SimulatorTask task) => FalCatalogue.All[task.Fields["endpoint"]].App;

    private SimulatorResponse Submit(SimulatorCall call, string key)
    {
        if (!FalCatalogue.All.TryGetValue(call.Path.Trim('/'), out FalModel? model))
        {
            return Refuse(404, "Application not found");
        }

        Dictionary<string, string> query = QueryText.Parse(call.Request.Query);
        if (query.TryGetValue(Webhook, out string? webhook) && !WebAddress.IsCallback(webhook))
        {
            return FalErrors.Of([new FieldProblem(FieldProblemKind.Value, Webhook, "Input should be an https url")], "query");
        }

        if (call.Request.Header("X-Fal-Queue-Priority") is not (null or "normal" or "low"))
        {
            return FalErrors.Of(
                [new FieldProblem(FieldProblemKind.Value, "x-fal-queue-priority", "Input should be normal or low")], "header");
        }

        if (JsonBody.Read(call.Request, out string unreadable) is not { } body)
        {
            return FalErrors.Of([new FieldProblem(FieldProblemKind.Type, "body", unreadable)]);
        }

        if (FalRequest.Problems(model, body) is { Count: > 0 } problems)
        {
            return FalErrors.Of(problems);
        }

        SimulatorTask asked = FalRequest.ToTask(model, body, query) with { Account = key };
        if (PromptDirectives.Refuses(asked.Prompt))
        {
            return FalErrors.OfModel(FalErrors.Policy, "The prompt was flagged by the content policy");
        }

        AcceptVerdict verdict = call.Accept(this, asked);
        return verdict.Task is { } task ? SimulatorResponse.Json(200, Urls(call, task, "IN_QUEUE", 0)).With(RequestId, task.Id)
            : verdict.TooPoor ? Refuse(403, "The account is locked: its balance is exhausted") // The sheet has no 402 for this host.
            : Refuse(429, "Too many requests");
    }

    private static JsonObject Status(SimulatorCall call, SimulatorTask task)
    {
        TaskView view = call.View(task, hasUrl: false);
        JsonObject body = view.State switch
        {
            SimulatorTaskState.Queued => Urls(call, task, view.Word ?? "IN_QUEUE", 0),
            SimulatorTaskState.Running => Urls(call, task, view.Word ?? "IN_PROGRESS", null),
            _ => Urls(call, task, view.Word ?? "COMPLETED", null),
        };
        if (view.Ended)
        {
            body["metrics"] = new JsonObject { ["inference_time"] = task.RunTime.TotalSeconds };
            if (Failure(view) is { } failure && !call.Options.Host<FalBehaviour>().HidesErrors)
            {
                body["error"] = failure.Text;
                body["error_type"] = failure.Type;
            }
        }

        if (view.State != SimulatorTaskState.Queued)
        {
            // Always there once the request has begun; fal's own Python client reads it unasked (fal_client, 2026-08-21).
            body["logs"] = QueryText.Parse(call.Request.Query).TryGetValue("logs", out string? logs) && logs is "1" or "true"
                ? new JsonArray()
                : null;
        }

        return body;
    }

    /// <summary>Server-sent events. They come together when the request has ended, where the host sends each in its moment.</summary>
    private static SimulatorResponse Stream(SimulatorCall call, SimulatorTask task)
    {
        SimulatorResponse Events()
        {
            StringBuilder text = new();
            foreach (JsonObject status in new[] { Urls(call, task, "IN_QUEUE", 0), Urls(call, task, "IN_PROGRESS", null),
                Status(call, task) })
            {
                text.Append("data: ").Append(status.ToJsonString()).Append("\n\n");
            }

            return new SimulatorResponse(200, SimulatorBody.Of(Encoding.UTF8.GetBytes(text.ToString())), "text/event-stream")
                .With(RequestId, task.Id);
        }

        return call.HoldUntilEnd(task, TimeSpan.FromMinutes(10), Events(), Events);
    }

    private SimulatorResponse Result(SimulatorCall call, SimulatorTask task)
    {
        TaskView view = call.View(task, hasWord: false);
        if (!view.Ended)
        {
            return Refuse(400, "Request is still in progress");
        }

        if (Failure(view) is { } failure)
        {
            return failure.Type switch
            {
                FalErrors.Internal => FalErrors.Of(500, failure.Type, failure.Text),
                FalErrors.Policy => FalErrors.OfModel(failure.Type, failure.Text),
                _ => FalErrors.Of(499, failure.Type, failure.Text),
            };
        }

        return SimulatorResponse.Json(200, Payload(view));
    }

    private static JsonObject Payload(TaskView view)
    {
        JsonObject body = new() { ["seed"] = view.Task.Seed };
        if (view.Url is { } url)
        {
            body["video"] = new JsonObject
            {
                ["url"] = url,
                ["content_type"] = "video/mp4",
                ["file_name"] = url.Substring(url.LastIndexOf('/') + 1),
                ["file_size"] = view.Task.MediaBytes > 0 ? view.Task.MediaBytes : EmbeddedClip.Bytes.Length,
            };
        }

        return body;
    }

    /// <summary>
    /// Works before the start only; a job that runs gets a signal that its model may not heed, and goes on here (cancel page, 2026-11).
    /// </summary>
    private static SimulatorResponse Cancel(SimulatorCall call, SimulatorTask task)
    {
        switch (call.StateOf(task))
        {
            case SimulatorTaskState.Queued:
                call.Cancel(task);
                goto case SimulatorTaskState.Running;
            case SimulatorTaskState.Running:
                return SimulatorResponse.Json(202, new JsonObject { ["status"] = "CANCELLATION_REQUESTED" });
            default:
                return SimulatorResponse.Json(400, new JsonObject { ["status"] = "ALREADY_COMPLETED" });
        }
    }

    private static (string Type, string Text)? Failure(TaskView view) => view.State switch
    {
        SimulatorTaskState.Failed when view.Task.Outcome == SimulatorTaskOutcome.ContentRefused =>
            (FalErrors.Policy,
                view.Task.FailureText ?? "The content could not be processed because it contained material flagged by a content checker."),
        SimulatorTaskState.Failed => (FalErrors.Internal, view.Task.FailureText ?? "The generation failed"),
        // No page says what a cancelled request shows; a guess.
        SimulatorTaskState.Cancelled => ("client_cancelled", "The request was cancelled"),
        _ => null,
    };

    private static JsonObject Urls(SimulatorCall call, SimulatorTask task, string status, int? position)
    {
        string response = new Uri(call.Request.Origin, $"/fal/{App(task)}/{Requests}/{task.Id}").AbsoluteUri;
        JsonObject body = new()
        {
            ["request_id"] = task.Id,
            ["status"] = status,
            ["response_url"] = response,
            ["status_url"] = response + "/status",
            ["cancel_url"] = response + "/cancel",
        };
        if (position is { } place)
        {
            body["queue_position"] = place;
        }

        return body;
    }
}
