using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Seedance.TestKit;

/// <summary>A host that knows its tasks: it lists, tells and cancels them. How a submit ends is set per submit.</summary>
internal sealed class TaskHost : HttpMessageHandler
{
    private readonly ConcurrentQueue<string> _log = new();
    private readonly ConcurrentQueue<Fate> _fates = new();
    private readonly TimeProvider _time;
    private int _count;

    public TaskHost(TimeProvider time) => _time = time;

    /// <summary>What happens to a submit.</summary>
    public enum Fate
    {
        Answered,

        /// <summary>Taken, and the answer gets lost.</summary>
        TakenUnanswered,

        /// <summary>Read and dropped, and no answer comes.</summary>
        LostUnanswered,
    }

    public ConcurrentDictionary<string, JsonObject> Tasks { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Log => [.. _log];

    public int Lists => Log.Count(line => line.StartsWith("GET /api/tasks?", StringComparison.Ordinal) || line == "GET /api/tasks");

    public int Submits => Log.Count(line => line == "POST /api/tasks");

    /// <summary>Whether a list tells prompts, as most do and some do not.</summary>
    public bool TellsPrompts { get; set; } = true;

    /// <summary>Lists show a task only so long after it was taken.</summary>
    public TimeSpan ListDelay { get; set; }

    public bool ListFails { get; set; }

    /// <summary>Pages of a list that come before the one with the tasks.</summary>
    public int EmptyPages { get; set; }

    /// <summary>Each page of a list, the tasks' too, names another.</summary>
    public bool EndlessPages { get; set; }

    public string? CancelRefusal { get; set; }

    public void Next(params Fate[] fates)
    {
        foreach (Fate fate in fates)
        {
            _fates.Enqueue(fate);
        }
    }

    public string Add(string prompt, string model = "acme-1", TimeSpan age = default, string status = "running", string? token = null)
    {
        string id = FormattableString.Invariant($"task-{Interlocked.Increment(ref _count)}");
        Tasks[id] = new JsonObject { ["id"] = id, ["prompt"] = prompt, ["model"] = model, ["status"] = status, ["token"] = token,
            ["created"] = (_time.GetUtcNow() - age).ToString("o") };
        return id;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null
            ? string.Empty
            : await request.Content.ReadAsStringAsync(CancellationToken.None).ConfigureAwait(false);
        string path = request.RequestUri!.PathAndQuery;
        _log.Enqueue(request.Method + " " + path);
        string last = request.RequestUri.Segments[^1];
        if (request.Method == HttpMethod.Post)
        {
            return path == "/api/price" ? ScriptedHandler.Response(200, """{"price":0.42}""") : Submit(JsonNode.Parse(body)!.AsObject());
        }

        if (last == "tasks")
        {
            return ListFails ? ScriptedHandler.Response(500, "{}") : List(request.RequestUri.Query);
        }

        if (!Tasks.TryGetValue(last, out JsonObject? task))
        {
            return ScriptedHandler.Response(404, "{}");
        }

        if (request.Method == HttpMethod.Delete)
        {
            if (CancelRefusal is { } refusal)
            {
                return ScriptedHandler.Response(200, new JsonObject { ["refused"] = refusal }.ToJsonString());
            }

            task["status"] = "cancelled";
            return ScriptedHandler.Response(200, "{}");
        }

        return ScriptedHandler.Response(200, task.ToJsonString());
    }

    private HttpResponseMessage Submit(JsonObject body)
    {
        Fate fate = _fates.TryDequeue(out Fate set) ? set : Fate.Answered;
        string? id = fate == Fate.LostUnanswered ? null : Add((string)body["prompt"]!, (string)body["model"]!);
        return fate == Fate.Answered
            ? ScriptedHandler.Response(201, "{\"id\":\"" + id + "\"}")
            : throw new HttpRequestException("reset", new System.IO.IOException("reset"));
    }

    private HttpResponseMessage List(string query)
    {
        int page = query.StartsWith("?after=", StringComparison.Ordinal)
            ? int.Parse(query["?after=".Length..], System.Globalization.CultureInfo.InvariantCulture)
            : 0;
        string? next = EndlessPages || page < EmptyPages ? (page + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        if (page != EmptyPages)
        {
            return ScriptedHandler.Response(200, new JsonObject { ["tasks"] = new JsonArray(), ["next"] = next }.ToJsonString());
        }

        DateTimeOffset now = _time.GetUtcNow();
        IEnumerable<JsonObject> shown = Tasks.Values
            .Where(task =>
                now - DateTimeOffset.Parse((string)task["created"]!, System.Globalization.CultureInfo.InvariantCulture) >= ListDelay)
            .Select(task => JsonNode.Parse(task.ToJsonString())!.AsObject());
        JsonArray tasks = [];
        foreach (JsonObject task in shown)
        {
            if (!TellsPrompts)
            {
                task.Remove("prompt");
            }

            tasks.Add(task);
        }

        return ScriptedHandler.Response(200, new JsonObject { ["tasks"] = tasks, ["next"] = next }.ToJsonString());
    }
}
