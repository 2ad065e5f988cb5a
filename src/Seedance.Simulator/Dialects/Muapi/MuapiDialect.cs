using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Simulator.Callbacks;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Muapi;

/// <summary>The dialect of muapi.ai: one url per model and mode (API reference and guides, 2026-09).</summary>
internal sealed class MuapiDialect : ICallsBack
{
    private const int DefaultSeconds = 5;

    public string Name => "Muapi";

    public string Prefix => "muapi";

    public decimal StartBalance => 100;

    // The guide advises 5 to 10 at a time and names no limit that is enforced.
    public int Concurrency => 0;

    public string NewId(SimulatorTask task, ulong entropy) => "req_" + entropy.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>One call at the end, unsigned; no page says that it is repeated (webhook page, 2026-09).</summary>
    public CallbackTerms Callbacks { get; } = new(TimeSpan.FromSeconds(30));

    public string? CallbackAddress(SimulatorTask task) => task.Fields.TryGetValue("webhook", out string? address) ? address : null;

    public bool Tells(SimulatorTask task, SimulatorTaskState state) => state is SimulatorTaskState.Succeeded or SimulatorTaskState.Failed;

    public CallbackMessage SpellCallback(CallbackEvent told) => CallbackMessage.Of(MuapiPrediction.Of(
        told.View, told.Options.Host<MuapiBehaviour>().OutputShape,
        new Uri(told.Origin, $"/{Prefix}/predictions/{told.View.Task.Id}/result")));

    public SimulatorRequestKind Classify(string method, string path) => (method, path.Split('/')) switch
    {
        ("POST", ["", "upload_file"]) => SimulatorRequestKind.Upload,
        ("GET", ["", "account", "balance"]) => SimulatorRequestKind.Credits,
        ("GET", ["", "predictions", _, "result"]) => SimulatorRequestKind.Poll,
        ("POST", ["", "models", _, "estimate-cost"]) => SimulatorRequestKind.Estimate,
        // An unknown endpoint is a submit too: that is what the caller meant, and what faults shall count.
        ("POST", ["", { Length: > 0 }]) => SimulatorRequestKind.Submit,
        _ => SimulatorRequestKind.Other,
    };

    public SimulatorResponse Answer(SimulatorCall call)
    {
        string[] segments = call.Path.Split('/');
        if (call.Kind == SimulatorRequestKind.Other
            || (call.Kind == SimulatorRequestKind.Submit && !MuapiCatalogue.All.ContainsKey(segments[1])))
        {
            return Refuse(404, "Not Found");
        }

        if (call.Kind == SimulatorRequestKind.Estimate)
        {
            return Estimate(call, segments[2]); // Needs no key.
        }

        return RightKey(call) is not { } key ? Refuse(401, "Invalid API key") : call.Kind switch
        {
            SimulatorRequestKind.Submit => Submit(call, MuapiCatalogue.All[segments[1]], key),
            SimulatorRequestKind.Poll => Poll(call, Uri.UnescapeDataString(segments[2]), key),
            SimulatorRequestKind.Upload => MuapiUpload.Answer(call, this, key),
            _ => SimulatorResponse.Json(200,
                new JsonObject { ["balance"] = call.Balance(this, key).Available, ["currency"] = "USD",
                ["email"] = "someone@example.com" }),
        };
    }

    public SimulatorResponse Refuse(int status, string message) => MuapiErrors.Of(status, message);

    // The API reference has x-api-key, the Mini guide Bearer; whoever sends both is right when one is (sheet, section 1).
    private static string? RightKey(SimulatorCall call)
    {
        string? header = call.Request.Header("x-api-key");
        string? bearer = AuthorizationKey.Of(call.Request, "Bearer");
        return call.KeyIsRight(header) ? header : call.KeyIsRight(bearer) ? bearer : null;
    }

    private SimulatorResponse Submit(SimulatorCall call, MuapiEndpoint endpoint, string key)
    {
        Dictionary<string, string> query = QueryText.Parse(call.Request.Query);
        if (query.TryGetValue("webhook", out string? webhook) && !WebAddress.IsCallback(webhook))
        {
            return MuapiErrors.Of([new FieldProblem(FieldProblemKind.Value, "webhook", "Input should be an https url")], "query");
        }

        if (JsonBody.Read(call.Request, out string unreadable) is not { } body)
        {
            return MuapiErrors.Unreadable(unreadable);
        }

        if (Check(endpoint, body, call.Options.Host<MuapiBehaviour>().SpeaksCli) is { Count: > 0 } problems)
        {
            return MuapiErrors.Of(problems);
        }

        SimulatorTask asked = ToTask(endpoint, body, query) with { Account = key };
        if (PromptDirectives.Refuses(asked.Prompt))
        {
            return Refuse(422, "The request was refused by the content policy."); // Mini guide: 422 is a policy refusal.
        }

        AcceptVerdict verdict = call.Accept(this, asked);
        return verdict.Task is { } task
            ? MuapiPrediction.WithCostHeaders(
                SimulatorResponse.Json(200, MuapiPrediction.Receipt(task, call.Options.Host<MuapiBehaviour>().IdField)), task,
            refunded: false, verdict.Available)
            : verdict.TooPoor ? Refuse(402, "Insufficient balance. Please top up your account.")
            : Refuse(429, "Too many requests").With("Retry-After", "1");
    }

    private static List<FieldProblem> Check(MuapiEndpoint endpoint, JsonElement body, bool cli)
    {
        List<FieldProblem> problems = new BodySchema([.. endpoint.Fields, MuapiFields.IsTest]).Check(body);
        if (cli)
        {
            bool listed = body.Items("images_list") > 0;
            problems.RemoveAll(problem => problem.Field == "webhook_url"
                || (listed && endpoint.TakesOneImage && problem.Field is "images_list" or "image_url"));
        }

        if (endpoint.OneOf.Count > 0 && !endpoint.OneOf.Any(name => body.TryGetProperty(name, out _)))
        {
            problems.Add(
                new FieldProblem(
                FieldProblemKind.Missing, endpoint.OneOf[0], "One of " + string.Join(", ", endpoint.OneOf) + " is required"));
        }

        return problems;
    }

    private SimulatorResponse Poll(SimulatorCall call, string id, string key)
    {
        if (call.Find(this, id) is not { } task || task.Account != key)
        {
            return Refuse(404, "Prediction not found");
        }

        TaskView view = call.View(task);
        Uri self = new(call.Request.Origin, call.Request.Path);
        return MuapiPrediction.WithCostHeaders(
            SimulatorResponse.Json(200, MuapiPrediction.Of(view, call.Options.Host<MuapiBehaviour>().OutputShape, self)),
            task,
            refunded: view.State == SimulatorTaskState.Failed,
            call.Balance(this, key).Available);
    }

    // Known from client sources only (sheet, section 2).
    private SimulatorResponse Estimate(SimulatorCall call, string name) =>
        !MuapiCatalogue.All.TryGetValue(name, out MuapiEndpoint? endpoint) ? Refuse(404, "Not Found")
        : JsonBody.Read(call.Request, out string unreadable) is not { } body ? MuapiErrors.Unreadable(unreadable)
        : SimulatorResponse.Json(200,
            new JsonObject {
            ["cost"] = endpoint.PriceOf(
            body.Text("resolution", endpoint.DefaultResolution), (int)body.Whole("duration", DefaultSeconds)) });

    private static SimulatorTask ToTask(MuapiEndpoint endpoint, JsonElement body, Dictionary<string, string> query)
    {
        string resolution = body.Text("resolution", endpoint.DefaultResolution);
        int seconds = (int)body.Whole("duration", DefaultSeconds);
        (int width, int height) = FrameSize.Of(resolution, body.Text("aspect_ratio", "16:9"));
        Dictionary<string, string> fields = body.Fields();
        fields["endpoint"] = endpoint.Name;
        foreach (KeyValuePair<string, string> value in query)
        {
            fields[value.Key] = value.Value;
        }

        bool isTest = body.TryGetProperty("is_test", out JsonElement flag) && flag.ValueKind == JsonValueKind.True;
        return new SimulatorTask
        {
            Prompt = body.Text("prompt"),
            Fields = fields,
            Seconds = seconds,
            Width = width,
            Height = height,
            Seed = body.Whole("seed", -1),
            Price = isTest ? 0 : endpoint.PriceOf(resolution, seconds),
        };
    }
}
