using System.Text.Json.Nodes;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.AtlasCloud;

/// <summary>
/// The dialect of atlascloud.ai: one flat body whose <c>model</c> is model and mode (docs and vendor schemas, 2026-09). Its two bases,
/// <c>/api/v1</c> and <c>/public/v1</c>, may be spelled out below the prefix or left away.
/// </summary>
internal sealed class AtlasCloudDialect : IDialect
{
    public const string Path = "atlascloud";
    private static readonly TimeSpan s_longestUsage = TimeSpan.FromDays(180);

    public string Name => "AtlasCloud";

    public string Prefix => Path;

    public decimal StartBalance => 100;

    public int Concurrency => 0; // No limit is published.

    public string NewId(SimulatorTask task, ulong entropy) => "p_" + entropy.ToString("x16", CultureInfo.InvariantCulture);

    public SimulatorRequestKind Classify(string method, string path) => (method, Below(path)) switch
    {
        ("POST", ["model", "generateVideo"]) => SimulatorRequestKind.Submit,
        ("GET", ["model", "prediction" or "result", { Length: > 0 }]) => SimulatorRequestKind.Poll,
        ("GET", ["model", "history"]) => SimulatorRequestKind.List,
        ("POST", ["model", "uploadMedia"]) => SimulatorRequestKind.Upload,
        ("GET", ["balance" or "model-usage" or "model-costs"]) => SimulatorRequestKind.Credits,
        _ => SimulatorRequestKind.Other,
    };

    public SimulatorResponse Answer(SimulatorCall call)
    {
        string[] path = Below(call.Path);
        if (call.Kind == SimulatorRequestKind.Other)
        {
            // The list of models needs no key.
            return call.Request.Method == "GET" && path is ["models"] ? Models() : Refuse(call, 404, "Not found");
        }

        string? key = AuthorizationKey.Of(call.Request, "Bearer");
        return !call.KeyIsRight(key) ? Refuse(call, 401, "Invalid API key") : call.Kind switch
        {
            SimulatorRequestKind.Submit => Submit(call, key!),
            SimulatorRequestKind.Poll => Poll(call, path[1], Uri.UnescapeDataString(path[2]), key!),
            SimulatorRequestKind.List =>
                AtlasCloudHistory.Answer(call, Own(call, key!)) is { } page
                ? Ok(call, page)
                : Refuse(call, 400, "no and size: whole numbers, size at most 50"),
            SimulatorRequestKind.Upload => Upload(call),
            _ => path[0] == "balance" ? Balance(call, key!) : Usage(call, key!),
        };
    }

    public SimulatorResponse Refuse(int status, string message) =>
        SimulatorResponse.Json(status, new JsonObject { ["code"] = status, ["msg"] = message });

    private static string[] Below(string path)
    {
        string[] segments = path.Trim('/').Split('/');
        return segments is ["api" or "public", "v1", ..] ? [.. segments.Skip(2)] : segments;
    }

    private static SimulatorResponse Refuse(SimulatorCall call, int status, string message) => SimulatorResponse.Json(
        call.Options.Host<AtlasCloudBehaviour>().ErrorsIn200 ? 200 : status,
        call.Options.Host<AtlasCloudBehaviour>().Shape switch
        {
            AtlasCloudShape.Bare when !call.Options.Host<AtlasCloudBehaviour>().ErrorsIn200 => new JsonObject { ["error"] = message },
            AtlasCloudShape.PredictionId => new JsonObject { ["code"] = status, ["message"] = message },
            _ => new JsonObject { ["code"] = status, ["msg"] = message },
        });

    private static SimulatorResponse Ok(SimulatorCall call, JsonObject data) => SimulatorResponse.Json(
        200,
        call.Options.Host<AtlasCloudBehaviour>().Shape == AtlasCloudShape.Bare
            ? data
            : new JsonObject { ["code"] = 200, ["message"] = "success", ["data"] = data });

    private static SimulatorResponse Models() => SimulatorResponse.Json(200, new JsonObject
    {
        ["code"] = "200",
        ["data"] = new JsonArray([.. AtlasCloudCatalogue.All.Values.Select(model => new JsonObject
        {
            ["uuid"] = model.Id.Replace('/', '-'),
            ["model"] = model.Id,
            ["type"] = "Video",
            ["displayName"] = model.Id,
            ["profile"] = "Seedance, simulated",
            ["schema"] = "https://static.atlascloud.ai/model/schema/" + model.Id.Replace('/', '-') + ".json",
            ["tags"] = new JsonArray("video"),
            ["display_console"] = true,

            // Text, in dollars a second; the discount is a percentage of the list price (types of the vendor's MCP server 1.7.0).
            ["price"] = new JsonObject
            {
                ["discount"] = "100",
                ["actual"] = new JsonObject { ["base_price"] = model.UsdPerSecond.ToString(CultureInfo.InvariantCulture),
                    ["unit"] = "second" },
                ["origin"] = new JsonObject { ["base_price"] = model.UsdPerSecond.ToString(CultureInfo.InvariantCulture),
                    ["unit"] = "second" },
            },
        })]),
    });

    private SimulatorResponse Submit(SimulatorCall call, string key)
    {
        if (JsonBody.Read(call.Request, out string unreadable) is not { } body)
        {
            return Refuse(call, 400, unreadable);
        }

        if (body.Text("model") is not { Length: > 0 } name)
        {
            return Refuse(call, 400, "model: Field required");
        }

        if (!AtlasCloudCatalogue.All.TryGetValue(name, out AtlasCloudModel? model))
        {
            return Refuse(call, 404, "model not found: " + name);
        }

        if (AtlasCloudRequest.Problem(model, body) is { } problem)
        {
            return Refuse(call, 400, problem);
        }

        SimulatorTask asked = AtlasCloudRequest.ToTask(model, body) with { Account = key };
        if (PromptDirectives.Refuses(asked.Prompt))
        {
            return Refuse(call, 400, "The prompt may contain sensitive content");
        }

        AcceptVerdict verdict = call.Accept(this, asked);
        string idName = call.Options.Host<AtlasCloudBehaviour>().Shape == AtlasCloudShape.PredictionId ? "predictionId" : "id";
        return verdict.Task is { } task ? Ok(call, AtlasCloudPrediction.Receipt(task, idName, call.Request.Origin))
            : verdict.TooPoor ? Refuse(call, 402, "insufficient balance")
            : Refuse(call, 429, "Too many requests");
    }

    private SimulatorResponse Poll(SimulatorCall call, string route, string id, string key)
    {
        bool known = call.Find(this, id) is { } found && found.Account == key
            && call.Now - found.AcceptedAt >= call.Options.Host<AtlasCloudBehaviour>().BlindTime;
        SimulatorTask? task = known ? call.Find(this, id) : null;
        return task is null || (route == "result" && !AtlasCloudCatalogue.All[task.Fields["model"]].HasResultRoute)
            ? Refuse(call, 404, "prediction not found")
            : Shown(call, call.View(task));
    }

    private static SimulatorResponse Shown(SimulatorCall call, TaskView view)
    {
        JsonObject prediction = AtlasCloudPrediction.Of(view, call.Request.Origin);
        return view.State == SimulatorTaskState.Failed && view.Word is null && !call.Options.Host<AtlasCloudBehaviour>().FailuresIn200
            ? SimulatorResponse.Json(
                500, new JsonObject { ["code"] = 500, ["message"] = prediction["error"]!.DeepClone(), ["data"] = prediction })
            : Ok(call, prediction);
    }

    private IEnumerable<TaskView> Own(SimulatorCall call, string key) =>
        call.Newest(this, int.MaxValue).Where(task => task.Account == key).Select(call.Peek);

    private SimulatorResponse Upload(SimulatorCall call)
    {
        IReadOnlyList<MultipartPart>? parts = MultipartForm.Parse(call.Request.Header("Content-Type"), call.Request.Body);
        if (parts?.FirstOrDefault(part => part.Name == "file" && part.FileName is not null) is not { } file || file.Content.IsEmpty)
        {
            return Refuse(call, 400, "file: Field required");
        }

        string url = call.Upload(this, file.FileName, file.ContentType, file.Content);
        return call.Options.Host<AtlasCloudBehaviour>().Shape == AtlasCloudShape.Bare
            ? SimulatorResponse.Json(200, new JsonObject { ["url"] = url }) // The upload page; the vendor's server has an envelope.
            : Ok(call, new JsonObject { ["type"] = file.ContentType, ["download_url"] = url, ["filename"] = file.FileName,
                ["size"] = file.Content.Length });
    }

    private SimulatorResponse Balance(SimulatorCall call, string key)
    {
        (decimal total, decimal available) = call.Balance(this, key);
        return SimulatorResponse.Json(200, AtlasCloudAccount.Balance(total, available));
    }

    private SimulatorResponse Usage(SimulatorCall call, string key)
    {
        Dictionary<string, string> query = QueryText.Parse(call.Request.Query);
        DateTimeOffset? start = Day(query, "start_date");
        DateTimeOffset? end = Day(query, "end_date");
        if (Below(call.Path)[0] == "model-costs" && (start is null || end is null || end < start || end - start > s_longestUsage))
        {
            return Refuse(call, 400, "start_date and end_date: dates at most 180 days apart are required");
        }

        IEnumerable<SimulatorTask> paid = call.Newest(this, int.MaxValue)
            .Where(task => task.Account == key && call.StateOf(task) == SimulatorTaskState.Succeeded)
            .Where(task => (start is null || task.AcceptedAt >= start) && (end is null || task.AcceptedAt < end.Value.AddDays(1)));
        return SimulatorResponse.Json(200, AtlasCloudAccount.Usage(paid, Below(call.Path)[0] == "model-costs"));
    }

    private static DateTimeOffset? Day(Dictionary<string, string> query, string name) =>
        query.TryGetValue(name, out string? text)
        && DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset day) ? day : null;
}
