using System.Text.Json.Nodes;
using Seedance.Simulator.Callbacks;
using Seedance.Simulator.Endpoints;
using Seedance.Simulator.Messages;
using Seedance.Simulator.Tasks;
using Seedance.Simulator.Wire;

namespace Seedance.Simulator.Dialects.Replicate;

/// <summary>
/// The dialect of api.replicate.com (HTTP reference, 2026-09). The <c>/v1</c> of its routes may be part of the base address.
/// </summary>
internal sealed class ReplicateDialect : ICallsBack
{
    private const int PageSize = 100;
    private const int LongestWait = 60;

    public string Name => "Replicate";

    public string Prefix => "replicate";

    public decimal StartBalance => 100;

    public int Concurrency => 0;

    public string NewId(SimulatorTask task, ulong entropy) => NumberCodec.Encode(entropy);

    /// <summary>
    /// It calls again where nobody acknowledges (webhook page, 2026-09); how often and when is not said, these are guesses.
    /// </summary>
    public CallbackTerms Callbacks { get; } = new(TimeSpan.FromSeconds(15), 5, 15, 40);

    public string? CallbackAddress(SimulatorTask task) => task.Fields.TryGetValue("webhook", out string? address) ? address : null;

    public bool Tells(SimulatorTask task, SimulatorTaskState state) => ReplicateWebhooks.Tells(task, state);

    public CallbackMessage SpellCallback(CallbackEvent told) => ReplicateWebhooks.Sign(
        CallbackMessage.Of(ReplicatePrediction.Of(told.View, told.Origin, told.Options.Host<ReplicateBehaviour>().OutputIsList)), told);

    public SimulatorRequestKind Classify(string method, string path) => (method, Below(path)) switch
    {
        ("POST", ["models", _, _, "predictions"] or ["predictions"]) => SimulatorRequestKind.Submit,
        ("GET", ["predictions"]) => SimulatorRequestKind.List,
        ("GET", ["predictions", { Length: > 0 }]) => SimulatorRequestKind.Poll,
        ("POST", ["predictions", { Length: > 0 }, "cancel"]) => SimulatorRequestKind.Cancel,
        ("POST", ["files"]) => SimulatorRequestKind.Upload,
        _ => SimulatorRequestKind.Other,
    };

    public SimulatorResponse Answer(SimulatorCall call)
    {
        string[] path = Below(call.Path);
        string? key = AuthorizationKey.Of(call.Request, "Bearer");
        return !call.KeyIsRight(key) ? Refuse(401, "You did not pass a valid authentication token") : call.Kind switch
        {
            SimulatorRequestKind.Submit => Submit(call, path.Length == 4 ? path[1] + "/" + path[2] : null, key!),
            SimulatorRequestKind.Poll => Find(call, path[1], key!) is { } task ? Ok(call, task) : NotFound(),
            SimulatorRequestKind.Cancel => Cancel(call, path[1], key!),
            SimulatorRequestKind.List => List(call, key!),
            SimulatorRequestKind.Upload => Upload(call),
            _ => Other(call, path),
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
        SimulatorResponse.Json(
            status, ReplicatePrediction.Of(call.View(task), call.Request.Origin, call.Options.Host<ReplicateBehaviour>().OutputIsList));

    /// <summary>The rest of the HTTP reference that clients ask for (2026-11).</summary>
    private SimulatorResponse Other(SimulatorCall call, string[] path)
    {
        SimulatorResponse gone = Refuse(404, "The requested resource could not be found.");
        switch (call.Request.Method, path)
        {
            case ("GET", ["account"]): // Who, and no balance.
                return SimulatorResponse.Json(
                    200, new JsonObject { ["type"] = "user", ["username"] = "someone", ["name"] = "Someone", ["github_url"] = null });
            case ("GET", ["webhooks", "default", "secret"]):
                return SimulatorResponse.Json(200, new JsonObject { ["key"] = ReplicateWebhooks.Secret(call.Options) });
            case ("GET", ["models", _, _]):
                return ReplicateCatalogue.All.TryGetValue(path[1] + "/" + path[2], out ReplicateModel? model)
                    ? SimulatorResponse.Json(200, ReplicateModels.Spell(model))
                    : gone;
            case ("GET", ["files"]):
                return SimulatorResponse.Json(200, ReplicateFiles.List(call, this));
            case ("GET", ["files", _]):
                return ReplicateFiles.Find(call, this, path[1]) is { } file
                    ? SimulatorResponse.Json(200, ReplicateFiles.Spell(call, file))
                    : gone;
            case ("DELETE", ["files", _]):
                return ReplicateFiles.Find(call, this, path[1]) is { } found && call.RemoveUpload(found)
                    ? new SimulatorResponse(204, SimulatorBody.Empty)
                    : gone;
            default:
                return gone;
        }
    }

    private SimulatorResponse NotFound() => Refuse(404, "Prediction not found");

    private SimulatorTask? Find(SimulatorCall call, string id, string key) =>
        call.Find(this, Uri.UnescapeDataString(id)) is { } task && task.Account == key ? task : null;

    /// <summary><paramref name="name"/> is the model that the route names; null where the body names a version.</summary>
    private SimulatorResponse Submit(SimulatorCall call, string? name, string key)
    {
        ReplicateModel? model = null;
        if (name is not null && !ReplicateCatalogue.All.TryGetValue(name, out model))
        {
            return Refuse(404, "The requested resource could not be found.");
        }

        if (!PreferIsRight(call.Request.Header("Prefer"), out TimeSpan held))
        {
            return Refuse(400, FormattableString.Invariant($"Prefer: wait is from 1 to {LongestWait} seconds"));
        }

        if (JsonBody.Read(call.Request, out string unreadable) is not { } body)
        {
            return Refuse(400, unreadable);
        }

        model ??= ReplicateModels.ByVersion(body.Text("version"));
        if (model is null)
        {
            return Refuse(422, "- version: Invalid version or not permitted");
        }

        if (ReplicateRequest.Problem(model, body) is { } problem)
        {
            return Refuse(422, problem);
        }

        SimulatorTask asked = ReplicateRequest.ToTask(model, body) with { Account = key };
        if (PromptDirectives.Refuses(asked.Prompt))
        {
            return Refuse(422, "The input was flagged as sensitive.");
        }

        AcceptVerdict verdict = call.Accept(this, asked);
        return verdict.Task is { } task ? call.HoldUntilEnd(task, held, Ok(call, task, 201), () => Ok(call, task, 201))
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
                .Select(task =>
                    ReplicatePrediction.Of(call.View(task), call.Request.Origin, call.Options.Host<ReplicateBehaviour>().OutputIsList))]),
        });
    }

    private SimulatorResponse Upload(SimulatorCall call) => ReplicateFiles.Create(call, this) ?? Refuse(400, "content: Field required");

    /// <summary>Other preferences are not ours to judge; without a number, the longest wait is meant.</summary>
    private static bool PreferIsRight(string? prefer, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (prefer is null || !prefer.StartsWith("wait", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        int seconds = LongestWait;
        bool right = prefer.Length == 4
            || (prefer[4] == '=' && int.TryParse(prefer.Substring(5), NumberStyles.None, CultureInfo.InvariantCulture, out seconds)
                && seconds is >= 1 and <= LongestWait);
        wait = right ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
        return right;
    }

    private static string Cursor(int from) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes("o=" + from.ToString(CultureInfo.InvariantCulture)));

    private static int? ReadCursor(string cursor)
    {
        try
        {
            string text = Encoding.ASCII.GetString(Convert.FromBase64String(cursor));
            return text.StartsWith("o=", StringComparison.Ordinal)
                && int.TryParse(text.Substring(2), NumberStyles.None, CultureInfo.InvariantCulture, out int from) ? from : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
