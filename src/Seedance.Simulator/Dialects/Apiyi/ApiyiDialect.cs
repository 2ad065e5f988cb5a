using System.Text.Json.Nodes;
using Seedance.Simulator.Dialects.Ark;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Apiyi;

/// <summary>
/// The dialect of apiyi.com: Ark's bodies behind a gateway that answers what it does not know with its web page (vendor's pages, 2026-09).
/// </summary>
internal sealed class ApiyiDialect : IDialect
{
    private const string Bearer = "Bearer ";
    private const string Tasks = "/contents/generations/tasks";
    private const decimal QuotaPerDollar = 500_000;

    // One user has many tokens, and the balance is the user's.
    private const string User = "user";

    public string Name => "Apiyi";

    public string Prefix => "apiyi";

    public decimal StartBalance => 100;

    public int Concurrency => 0;

    public string NewId(SimulatorTask task, ulong entropy) => ArkId.Of(task.AcceptedAt, entropy);

    // The balance lives on another base; whoever replaced the base address has only one.
    public SimulatorRequestKind Classify(string method, string path) => (method, path) switch
    {
        ("POST", Tasks) => SimulatorRequestKind.Submit,
        ("GET", "/api/user/self" or "/user/self") => SimulatorRequestKind.Credits,
        ("GET", _) when path.StartsWith(Tasks + "/", StringComparison.Ordinal) && path.Length > Tasks.Length + 1 =>
            SimulatorRequestKind.Poll,
        _ => SimulatorRequestKind.Other,
    };

    public SimulatorResponse Answer(SimulatorCall call)
    {
        SimulatorResponse answer = Speak(call);

        // The gateway calls a plain body compressed when it may (vendor's page).
        string accepted = call.Request.Header("Accept-Encoding") ?? string.Empty;
        return accepted.IndexOf("gzip", StringComparison.OrdinalIgnoreCase) >= 0 ? answer.With("Content-Encoding", "gzip") : answer;
    }

    /// <summary>The gateway's own shape (one-api style, inferred).</summary>
    public SimulatorResponse Refuse(int status, string message) => Refuse(status, status switch
    {
        401 => "invalid_api_key",
        402 => "insufficient_user_quota",
        404 => "not_found",
        429 => "rate_limit_exceeded",
        _ => "error",
    }, message);

    private static SimulatorResponse Refuse(int status, string code, string message) => SimulatorResponse.Json(status, new JsonObject
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = "apiyi_error", ["code"] = code },
    });

    private static SimulatorResponse Page() => new(
        200,
        SimulatorBody.Of(
            Encoding.UTF8.GetBytes(
            "<!doctype html><html lang=\"en\"><head><title>API</title></head><body><div id=\"root\"></div></body></html>")),
        "text/html; charset=utf-8");

    private SimulatorResponse Speak(SimulatorCall call)
    {
        if (call.Kind == SimulatorRequestKind.Other)
        {
            return Page();
        }

        string authorization = call.Request.Header("Authorization") ?? string.Empty;
        bool bearer = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);
        if (call.Kind == SimulatorRequestKind.Credits)
        {
            return Credits(call, authorization, bearer);
        }

        string? key = bearer ? authorization.Substring(Bearer.Length).Trim() : null;
        return !call.KeyIsRight(key) ? Refuse(401, "Invalid token.")
            : call.Kind == SimulatorRequestKind.Submit ? Submit(call)
            : call.Find(this, Uri.UnescapeDataString(call.Path.Substring(Tasks.Length + 1))) is { } task
                && call.Now < task.AcceptedAt.AddDays(7)
                ? SimulatorResponse.Json(200, ArkTask.Spell(call.View(task), call.Now, call.Request.Origin))
            : ArkErrors.Of(404, "The specified task is not found.");
    }

    private SimulatorResponse Submit(SimulatorCall call)
    {
        if (ArkRequest.TooLarge(call.Request) is { } large)
        {
            return ArkErrors.Of(large);
        }

        if (JsonBody.ReadWithoutNulls(call.Request, out string unreadable) is not { } body)
        {
            return ArkErrors.Of(400, unreadable);
        }

        string name = body.Text("model");
        if (!ApiyiModels.All.TryGetValue(name, out ArkModel? model))
        {
            return Refuse(
                403, "model_not_available", "There is no available channel for the model " + name + " under the group of this token.");
        }

        // Callbacks are not documented here.
        if (ArkRequest.Read(body, model, callbacks: false, call.Options.Host<ArkBehaviour>(), out ArkContent content) is { } problem)
        {
            return ArkErrors.Of(problem);
        }

        SimulatorTask asked = ArkTask.Of(body, model, content, draft: null) with { Account = User };
        if (PromptDirectives.Refuses(asked.Prompt))
        {
            return ArkErrors.Of(
                new ArkProblem("InputTextSensitiveContentDetected",
                "The request failed because the input text may contain sensitive information.", "content"));
        }

        AcceptVerdict verdict = call.Accept(this, asked);
        return verdict.Task is { } task ? SimulatorResponse.Json(200, new JsonObject { ["id"] = task.Id })
            : verdict.TooPoor ? Refuse(402, "The user's quota is not enough.")
            : Refuse(429, "Too many requests.");
    }

    /// <summary>The system access token: bare, and another secret than the key (balance page).</summary>
    private SimulatorResponse Credits(SimulatorCall call, string token, bool bearer)
    {
        if (bearer || token.Length == 0 || token == call.Options.RequiredKey)
        {
            return SimulatorResponse.Json(401, new JsonObject { ["success"] = false, ["message"] = "The access token is invalid." });
        }

        (decimal total, decimal available) = call.Balance(this, User);
        decimal start = call.Options.Balance ?? StartBalance;
        return SimulatorResponse.Json(200, new JsonObject
        {
            ["success"] = true,
            ["message"] = string.Empty,
            ["data"] = new JsonObject
            {
                ["username"] = "someone",
                ["quota"] = (long)(available * QuotaPerDollar), // A submit authorises its price at once.
                ["used_quota"] = (long)((start - total) * QuotaPerDollar),
                ["request_count"] = call.Newest(this, int.MaxValue).Count,
                ["group"] = "SeeDance2",
            },
        });
    }
}
