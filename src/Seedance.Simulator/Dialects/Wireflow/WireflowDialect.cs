using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Wireflow;

/// <summary>The dialect of wireflow.ai, which runs saved graphs: three documents, three sets of routes (2026-09).</summary>
internal sealed class WireflowDialect : IDialect, IAnswersThrottle
{
    private const string Www = "/www";
    private const int ExecutionsPerMinute = 10; // For all plans (API page, 2026-09).

    public string Name => "Wireflow";

    public string Prefix => "wireflow";

    public decimal StartBalance => 100;

    public int Concurrency => 0;

    public string NewId(SimulatorTask task, ulong entropy) => "exec_" + entropy.ToString("x16", CultureInfo.InvariantCulture);

    public SimulatorRequestKind Classify(string method, string path) => (method, Segments(path)) switch
    {
        ("POST", ["workflows", _, "execute" or "run"]) => SimulatorRequestKind.Submit,
        ("GET", ["executions", _]) => SimulatorRequestKind.Poll,
        ("GET", ["workflows", "executions", _]) => SimulatorRequestKind.Poll,
        ("GET", ["workflows", "executions", _, "poll"]) => SimulatorRequestKind.Poll,
        ("POST", ["workflows", _, "estimate"]) => SimulatorRequestKind.Estimate,
        ("GET", ["workflows"] or ["workflows", _] or ["workflows", _, "run"]) => SimulatorRequestKind.List,
        ("GET", ["developer", "usage"]) => SimulatorRequestKind.Credits,
        ("POST", ["media", "upload"]) => SimulatorRequestKind.Upload,
        _ => SimulatorRequestKind.Other,
    };

    public SimulatorResponse Answer(SimulatorCall call)
    {
        if (call.Options.Host<WireflowBehaviour>().Redirects && call.Path != Www
            && !call.Path.StartsWith(Www + "/", StringComparison.Ordinal))
        {
            return Redirect(call);
        }

        string[] segments = Segments(call.Path);
        if (call.Kind == SimulatorRequestKind.Other || !WireflowRouting.Exists(call, segments))
        {
            return WireflowErrors.Of(call, 404, "Not found");
        }

        if (Key(call) is not { } key)
        {
            return WireflowErrors.Of(call, 401, "Missing or invalid API key");
        }

        return (call.Kind switch
        {
            SimulatorRequestKind.Submit => Submit(call, segments, key),
            SimulatorRequestKind.Poll => Poll(call, segments, key),
            SimulatorRequestKind.Estimate => Estimate(call, segments[1], key),
            SimulatorRequestKind.List => segments.Length switch
            {
                1 => SimulatorResponse.Json(200, WireflowGraphs.List()),
                2 => Workflow(call, segments[1]),
                _ => Discover(call, segments[1]),
            },
            SimulatorRequestKind.Upload => WireflowUpload.Answer(call, this),
            _ => Usage(call, key),
        }).With("X-Request-Id", "req_" + call.Now.UtcTicks.ToString("x", CultureInfo.InvariantCulture));
    }

    public SimulatorResponse Refuse(int status, string message) => SimulatorResponse.Json(status, new JsonObject { ["error"] = message });

    public SimulatorResponse AnswerThrottle(SimulatorCall call, TimeSpan wait) => WireflowErrors.TooMany(call, wait);

    private static string[] Segments(string path)
    {
        string[] all = path.Split(['/'], StringSplitOptions.RemoveEmptyEntries);
        return all.Length > 0 && all[0] == "www" ? [.. all.Skip(1)] : all;
    }

    // The bare domain: 301 and 308 are both reported (guide and vendor skill, 2026-09).
    private static SimulatorResponse Redirect(SimulatorCall call)
    {
        string query = call.Request.Query.Length == 0 ? string.Empty : "?" + call.Request.Query;
        return new SimulatorResponse(call.Request.Method is "GET" or "HEAD" ? 301 : 308, SimulatorBody.Empty)
            .With("Location", new Uri(call.Request.Origin, "/wireflow" + Www + call.Path + query).AbsoluteUri);
    }

    // Documents show two prefixes of keys, so any is good.
    private static string? Key(SimulatorCall call)
    {
        string? key = AuthorizationKey.Of(call.Request, "Bearer");
        return call.KeyIsRight(key) ? key : null;
    }

    private SimulatorResponse Submit(SimulatorCall call, string[] segments, string key)
    {
        if (WireflowGraphs.Find(segments[1]) is not { } graph)
        {
            return WireflowErrors.Of(call, 404, "Workflow not found");
        }

        if (JsonBody.Read(call.Request, out string unreadable) is not { } body)
        {
            return WireflowErrors.Of(call, 400, unreadable);
        }

        WireflowForm form = WireflowRouting.FormOf(call, segments, body);
        (int status, string? problem) = WireflowRequest.Problem(graph, form, body);
        if (problem is not null)
        {
            return WireflowErrors.Of(call, status, problem);
        }

        SimulatorTask asked = WireflowRequest.ToTask(graph, form, body) with { Account = key, MediaWantsBrowser = true };
        if (PromptDirectives.Refuses(asked.Prompt))
        {
            return WireflowErrors.Of(call, 400, "The prompt violates the content policy");
        }

        if (Wait(call, key) is { } wait)
        {
            return WireflowErrors.TooMany(call, wait);
        }

        AcceptVerdict verdict = call.Accept(this, asked);
        return verdict.Task is { } task ? WireflowExecution.Receipt(call, form, graph.Id, task)
            : verdict.TooPoor ? WireflowErrors.TooPoor(asked.Price, verdict.Available)
            : WireflowErrors.TooMany(call, TimeSpan.FromSeconds(6));
    }

    /// <summary>Until the oldest of the executions that fill the minute has left it; null when there is room.</summary>
    private TimeSpan? Wait(SimulatorCall call, string key)
    {
        DateTimeOffset begin = call.Now - TimeSpan.FromMinutes(1);
        List<SimulatorTask> recent =
            [.. call.Newest(this, 1000).TakeWhile(task => task.AcceptedAt > begin).Where(task => task.Account == key)
            .Take(ExecutionsPerMinute)];
        return recent.Count < ExecutionsPerMinute ? null : recent[recent.Count - 1].AcceptedAt - begin;
    }

    private SimulatorResponse Poll(SimulatorCall call, string[] segments, string key)
    {
        string id = Uri.UnescapeDataString(segments[0] == "executions" ? segments[1] : segments[2]);
        return call.Find(this, id) is { } task && task.Account == key
            ? SimulatorResponse.Json(200,
                WireflowExecution.Of(
                WireflowRouting.FormOf(segments), call.View(task), call.Options.Host<WireflowBehaviour>().PollsWithoutEnvelope))
            : WireflowErrors.Of(call, 404, "Execution not found");
    }

    /// <summary>The graph as it is saved, which the vendor's script reads before it runs one node.</summary>
    private static SimulatorResponse Workflow(SimulatorCall call, string workflow) => WireflowGraphs.Find(workflow) is { } graph
        ? SimulatorResponse.Json(200, new JsonObject { ["data"] = graph.Saved() })
        : WireflowErrors.Of(call, 404, "Workflow not found");

    private static SimulatorResponse Discover(SimulatorCall call, string workflow) => WireflowGraphs.Find(workflow) is { } graph
        ? SimulatorResponse.Json(200, new JsonObject { ["data"] = new JsonObject { ["inputs"] = graph.Describe() } })
        : WireflowErrors.Of(call, 404, "Workflow not found");

    private SimulatorResponse Estimate(SimulatorCall call, string workflow, string key)
    {
        if (WireflowGraphs.Find(workflow) is null)
        {
            return WireflowErrors.Of(call, 404, "Workflow not found");
        }

        decimal available = call.Balance(this, key).Available;
        return SimulatorResponse.Json(200, new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["estimatedCredits"] = WireflowRequest.Credits,
                ["estimatedProviderCostUsd"] = WireflowRequest.Price,
                ["availableCredits"] = WireflowRequest.InCredits(available),
                ["creditSource"] = "personal",
                ["sufficient"] = available >= WireflowRequest.Price,
                ["estimateComplete"] = true,
                ["breakdown"] = new JsonArray(new JsonObject { ["nodeId"] = "seedance", ["credits"] = WireflowRequest.Credits }),
                ["warnings"] = new JsonArray(),
            },
        });
    }

    // The page names the route and its scope, not its body; the names are those of the estimate.
    private SimulatorResponse Usage(SimulatorCall call, string key)
    {
        (decimal total, decimal available) = call.Balance(this, key);
        return SimulatorResponse.Json(200, new JsonObject
        {
            ["data"] = new JsonObject { ["creditsUsed"] = (call.Options.Balance ?? StartBalance) - total,
                ["availableCredits"] = available },
        });
    }
}
