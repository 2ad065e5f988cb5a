using System.Text.Json.Nodes;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Replicate;

/// <summary>The dialect of api.replicate.com (HTTP reference, 2026-09). The <c>/v1</c> of its routes may be part of the base address.</summary>
internal sealed class ReplicateDialect : IDialect
{
    private const int PageSize = 100;
    private const int LongestWait = 60;

    public string Name => "Replicate";

    public string Prefix => "replicate";

    public decimal StartBalance => 100;

    public int Concurrency => 0;

    public string NewId(SimulatorTask task, ulong entropy) => NumberCode.Encode(entropy);

    public SimulatorRequestKind Classify(string method, string path) => (method, Below(path)) switch
    {
        ("POST", ["models", _, _, "predictions"]) => SimulatorRequestKind.Submit,
        ("GET", ["predictions"]) => SimulatorRequestKind.List,
        ("GET", ["predictions", { Length: > 0 }]) => SimulatorRequestKind.Poll,
        ("POST", ["predictions", { Length: > 0 }, "cancel"]) => SimulatorRequestKind.Cancel,
        ("POST", ["files"]) => SimulatorRequestKind.Upload,
        _ => SimulatorRequestKind.Other,
    };

    public SimulatorResponse Answer(SimulatorCall call)
    {
        string[] path = Below(call.Path);
        bool account = call.Request.Method == "GET" && path is ["account"];
        if (call.Kind == SimulatorRequestKind.Other && !account)
        {
            return Refuse(404, "The requested resource could not be found.");
        }

        string? key = AuthorizationKey.Of(call.Request, "Bearer");
        return !call.KeyIsRight(key) ? Refuse(401, "You did not pass a valid authentication token") : call.Kind switch
        {
            SimulatorRequestKind.Submit => Submit(call, path[1] + "/" + path[2], key!),
            SimulatorRequestKind.Poll => Find(call, path[1], key!) is { } task ? Ok(call, task) : NotFound(),
            SimulatorRequestKind.Cancel => Cancel(call, path[1], key!),
            SimulatorRequestKind.List => List(call, key!),
            SimulatorRequestKind.Upload => Upload(call),
            _ => SimulatorResponse.Json(200, new JsonObject { ["type"] = "user", ["username"] = "someone", ["name"] = "Someone" }), // Who, and no balance.
        };
    }

    public SimulatorResponse Refuse(int status, string message) => SimulatorResponse.Json(status, new JsonObject
    {
        ["title"] = status switch
        {
            401 => "Unauthenticated",
            402 => "Insufficient credit",
            404 => "Not found",
            422 => "Input validation failed",
            429 => "Too many requests",
            >= 500 => "Internal server error",
            _ => "Bad request",
        },
        ["detail"] = message,
        ["status"] = status,
        ["type"] = "about:blank",
    });

    private static string[] Below(string path)
    {
        string[] segments = path.Trim('/').Split('/');
        return segments is ["v1", ..] ? [.. segments.Skip(1)] : segments;
    }

    private static SimulatorResponse Ok(SimulatorCall call, SimulatorTask task, int status = 200) =>
        SimulatorResponse.Json(status, ReplicatePrediction.Of(call.View(task), call.Request.Origin, call.Options.Host<ReplicateBehaviour>().OutputIsList));

    private SimulatorResponse NotFound() => Refuse(404, "Prediction not found");

    private SimulatorTask? Find(SimulatorCall call, string id, string key) =>
        call.Find(this, Uri.UnescapeDataString(id)) is { } task && task.Account == key ? task : null;

    private SimulatorResponse Submit(SimulatorCall call, string name, string key)
    {
        if (!ReplicateCatalogue.All.TryGetValue(name, out ReplicateModel? model))
        {
            return Refuse(404, "The requested resource could not be found.");
        }

        if (!PreferIsRight(call.Request.Header("Prefer")))
        {
            return Refuse(400, FormattableString.Invariant($"Prefer: wait is from 1 to {LongestWait} seconds"));
        }

        if (JsonBody.Read(call.Request, out string unreadable) is not { } body)
        {
            return Refuse(400, unreadable);
        }

        if (ReplicateRequest.Problem(model, body) is { } problem)
        {
            return Refuse(422, problem);
        }

        SimulatorTask asked = ReplicateRequest.ToTask(model, body) with { Account = key };
        if (PromptMarks.Refuses(asked.Prompt))
        {
            return Refuse(422, "The input was flagged as sensitive.");
        }

        AcceptVerdict verdict = call.Accept(this, asked);
        return verdict.Task is { } task ? Ok(call, task, 201)
            : verdict.TooPoor ? Refuse(402, "You have insufficient credit to run this model.")
            : Refuse(429, "Request was throttled.").With("Retry-After", "1");
    }

    /// <summary>A finished prediction is shown as it is: cancelling it changes nothing.</summary>
    private SimulatorResponse Cancel(SimulatorCall call, string id, string key)
    {
        if (Find(call, id, key) is not { } task)
        {
            return NotFound();
        }

        call.Cancel(task);
        return Ok(call, task);
    }

    private SimulatorResponse List(SimulatorCall call, string key)
    {
        int? begin = QueryText.Parse(call.Request.Query).TryGetValue("cursor", out string? cursor) ? ReadCursor(cursor) : 0;
        if (begin is not { } from)
        {
            return Refuse(400, "Invalid cursor");
        }

        SimulatorTask[] all = [.. call.Newest(this, int.MaxValue).Where(task => task.Account == key)];
        string? Page(int start) => start < 0 || start >= all.Length
            ? null
            : new Uri(call.Request.Origin, "/replicate/v1/predictions?cursor=" + Uri.EscapeDataString(Cursor(start))).AbsoluteUri;
        return SimulatorResponse.Json(200, new JsonObject
        {
            ["previous"] = from == 0 ? null : Page(Math.Max(0, from - PageSize)),
            ["next"] = Page(from + PageSize),
            ["results"] = new JsonArray([.. all.Skip(from).Take(PageSize)
                .Select(task => ReplicatePrediction.Of(call.View(task), call.Request.Origin, call.Options.Host<ReplicateBehaviour>().OutputIsList))]),
        });
    }

    private SimulatorResponse Upload(SimulatorCall call)
    {
        IReadOnlyList<MultipartPart>? parts = MultipartForm.Parse(call.Request.Header("Content-Type"), call.Request.Body);
        if (parts?.FirstOrDefault(part => part.Name == "content" && part.FileName is not null) is not { } file || file.Content.IsEmpty)
        {
            return Refuse(400, "content: Field required");
        }

        string url = call.Upload(this, file.FileName, file.ContentType, file.Content);
        return SimulatorResponse.Json(201, new JsonObject
        {
            ["id"] = url.Substring(url.LastIndexOf('/') + 1),
            ["name"] = file.FileName,
            ["content_type"] = file.ContentType,
            ["size"] = file.Content.Length,
            ["urls"] = new JsonObject { ["get"] = url },
        });
    }

    private static bool PreferIsRight(string? prefer)
    {
        if (prefer is null || !prefer.StartsWith("wait", StringComparison.OrdinalIgnoreCase))
        {
            return true; // Other preferences are not ours to judge.
        }

        return prefer.Length == 4
            || (prefer[4] == '=' && int.TryParse(prefer.Substring(5), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds is >= 1 and <= LongestWait);
    }

    private static string Cursor(int from) => Convert.ToBase64String(Encoding.ASCII.GetBytes("o=" + from.ToString(CultureInfo.InvariantCulture)));

    private static int? ReadCursor(string cursor)
    {
        try
        {
            string text = Encoding.ASCII.GetString(Convert.FromBase64String(cursor));
            return text.StartsWith("o=", StringComparison.Ordinal) && int.TryParse(text.Substring(2), NumberStyles.None, CultureInfo.InvariantCulture, out int from) ? from : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
