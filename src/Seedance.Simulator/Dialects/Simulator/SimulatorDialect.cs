using System.Text.Json.Nodes;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Simulator;

/// <summary>The dialect of -Provider Simulator: no key, every neutral field, cancel and list, and ids that outlive the process.</summary>
internal sealed class SimulatorDialect : IDialect
{
    private const int ListedByDefault = 20;
    private const int ListedAtMost = 500;

    // Without keys there is one account.
    private const string Account = "local";

    public string Name => "Simulator";

    public string Prefix => "simulator";

    public decimal StartBalance => 100_000;

    public int Concurrency => 0;

    public string NewId(SimulatorTask task, ulong entropy) => SimulatorJobId.Write(task, entropy);

    public SimulatorRequestKind Classify(string method, string path) => (method, path) switch
    {
        ("POST", "/jobs") => SimulatorRequestKind.Submit,
        ("GET", "/jobs") => SimulatorRequestKind.List,
        ("GET", "/credits") => SimulatorRequestKind.Credits,
        ("POST", "/uploads") => SimulatorRequestKind.Upload,
        ("GET", _) when JobIn(path) is not null => SimulatorRequestKind.Poll,
        ("DELETE", _) when JobIn(path) is not null => SimulatorRequestKind.Cancel,
        _ => SimulatorRequestKind.Other,
    };

    public SimulatorResponse Answer(SimulatorCall call) => call.Kind switch
    {
        SimulatorRequestKind.Submit => Submit(call),
        SimulatorRequestKind.Poll => Find(call) is { } task ? SimulatorResponse.Json(200, SimulatorJob.Of(call.View(task))) : NoJob(),
        SimulatorRequestKind.Cancel => Cancel(call),
        SimulatorRequestKind.List => List(call),
        SimulatorRequestKind.Credits => Ok(new JsonObject { ["credits"] = call.Balance(this, Account).Available }),
        SimulatorRequestKind.Upload => Upload(call),
        _ => Refuse(404, "There is no such route."),
    };

    public SimulatorResponse Refuse(int status, string message) => Refuse(status, status switch
    {
        401 => "unauthorized",
        402 => "insufficient_credits",
        404 => "not_found",
        409 => "conflict",
        429 => "rate_limited",
        >= 500 => "internal_error",
        _ => "invalid_request",
    }, message);

    private static SimulatorResponse Refuse(int status, string code, string message) => SimulatorResponse.Json(status, new JsonObject
    {
        ["error"] = new JsonObject { ["code"] = code, ["message"] = message },
        ["simulated"] = true,
    });

    private static SimulatorResponse Ok(JsonObject body, int status = 200)
    {
        body["simulated"] = true;
        return SimulatorResponse.Json(status, body);
    }

    private static string? JobIn(string path) =>
        path.Split('/') is ["", "jobs", { Length: > 0 } id] ? Uri.UnescapeDataString(id) : null;

    private SimulatorResponse NoJob() => Refuse(404, "There is no such job.");

    // An id from another engine is as good as one of ours; only what was cancelled is known to one engine alone.
    private SimulatorTask? Find(SimulatorCall call)
    {
        string id = JobIn(call.Path)!;
        return call.Find(this, id) ?? SimulatorJobId.Read(id, Name);
    }

    private SimulatorResponse Submit(SimulatorCall call)
    {
        if (JsonBody.Read(call.Request, out string unreadable) is not { } body)
        {
            return Refuse(400, unreadable);
        }

        if (SimulatorSubmit.Problem(body) is { } problem)
        {
            return Refuse(400, problem);
        }

        SimulatorTask asked = SimulatorSubmit.ToTask(body) with { Account = Account };
        if (PromptDirectives.Refuses(asked.Prompt))
        {
            return Refuse(422, "content_refused", "The prompt asks for what this host does not make.");
        }

        AcceptVerdict verdict = call.Accept(this, asked);
        return verdict.Task is { } task ? Ok(new JsonObject { ["id"] = task.Id, ["status"] = "queued" }, 201)
            : verdict.TooPoor ? Refuse(402, FormattableString.Invariant($"This needs {asked.Price} credits, {verdict.Available} are left."))
            : Refuse(429, "Too many unfinished jobs.");
    }

    private SimulatorResponse Cancel(SimulatorCall call) =>
        Find(call) is not { } task ? NoJob()
        : call.Cancel(task) ? SimulatorResponse.Json(200, SimulatorJob.Of(call.View(task)))
        : Refuse(409, "The job has ended already.");

    private SimulatorResponse List(SimulatorCall call)
    {
        Dictionary<string, string> query = QueryText.Parse(call.Request.Query);
        int limit = ListedByDefault;
        if (query.TryGetValue("limit", out string? text)
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > ListedAtMost))
        {
            return Refuse(400, $"limit: Input should be from 1 to {ListedAtMost}");
        }

        return Ok(new JsonObject {
            ["jobs"] = new JsonArray([.. call.Newest(this, limit).Select(task => SimulatorJob.Of(call.View(task)))]) });
    }

    private SimulatorResponse Upload(SimulatorCall call) =>
        call.Request.Header("Content-Type") is not { Length: > 0 } type ? Refuse(400, "Content-Type: Field required")
        : call.Request.Body.IsEmpty ? Refuse(400, "The body is empty.")
        : Ok(new JsonObject { ["url"] = call.Upload(this, fileName: null, type, call.Request.Body) }, 201);
}
