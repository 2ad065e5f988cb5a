using System.Collections.Concurrent;

namespace Seedance.TestKit;

/// <summary>Acme's side: takes every task and tells the status that the test has set for it.</summary>
internal sealed class AcmeHost
{
    private readonly ConcurrentDictionary<string, string> _tasks = new(StringComparer.Ordinal);
    private int _count;

    public AcmeHost(ScriptedHandler network) => network.Otherwise = Answer;

    public int Submits => _count;

    public int Polls { get; private set; }

    /// <summary>For example <c>{"status":"done","url":"..."}</c>; null is a 404.</summary>
    public void Set(string task, string? body)
    {
        if (body is null)
        {
            _tasks.TryRemove(task, out _);
        }
        else
        {
            _tasks[task] = body;
        }
    }

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (request.Method == HttpMethod.Post)
        {
            string id = FormattableString.Invariant($"task-{Interlocked.Increment(ref _count)}");
            _tasks.TryAdd(id, """{"status":"running"}""");
            return ScriptedHandler.Response(201, $$"""{"id":"{{id}}"}""");
        }

        Polls++;
        string task = request.RequestUri!.Segments[^1];
        return _tasks.TryGetValue(task, out string? body) ? ScriptedHandler.Response(200, body) : ScriptedHandler.Response(404, "{}");
    }
}
