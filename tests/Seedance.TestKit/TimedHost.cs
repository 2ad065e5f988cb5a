using System.Collections.Concurrent;

namespace Seedance.TestKit;

/// <summary>Acme's side in virtual time: each task ends at its own moment. Counts who asked for what.</summary>
internal sealed class TimedHost(TimeProvider time) : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, HostedTask> _tasks = new(StringComparer.Ordinal);
    private readonly long _started = time.GetTimestamp();
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private int _polls;
    private int _lists;
    private int _faults;
    private int _atOnce;
    private int _mostAtOnce;

    /// <summary>Answers in place of the host, or throws as a broken network does; null lets the host answer.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?>? Fault { get; set; }

    /// <summary>Held requests wait for this.</summary>
    public Func<HttpRequestMessage, Task>? Before { get; set; }

    public int Polls => _polls;

    public int Lists => _lists;

    public int FaultsFired => _faults;

    public int MostAtOnce => _mostAtOnce;

    /// <summary>When the latest request came.</summary>
    public ConcurrentQueue<(DateTimeOffset At, string Path)> Log { get; } = new();

    /// <summary>Off under load.</summary>
    public bool KeepsLog { get; set; } = true;

    /// <summary>The host's clock is its own: nobody sets it.</summary>
    private DateTimeOffset Now => _startedAt + time.GetElapsedTime(_started);

    public HostedTask this[string id] => _tasks[id];

    public HostedTask Add(string id, TimeSpan? endsAfter, string? failure = null) =>
        _tasks[id] = new HostedTask(id, endsAfter is { } wait ? Now + wait : null, failure);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int atOnce = Interlocked.Increment(ref _atOnce);
        _mostAtOnce = Math.Max(_mostAtOnce, atOnce);
        try
        {
            if (KeepsLog)
            {
                Log.Enqueue((Now, request.RequestUri!.PathAndQuery));
            }

            if (Before is { } hold)
            {
                await hold(request).WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            return Answer(request);
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        string query = request.RequestUri!.Query;
        Interlocked.Increment(ref query.Length > 0 ? ref _lists : ref _polls);
        HttpResponseMessage? instead;
        try
        {
            instead = Fault?.Invoke(request);
        }
        catch
        {
            Interlocked.Increment(ref _faults);
            throw;
        }

        if (instead is not null)
        {
            Interlocked.Increment(ref _faults);
            return instead;
        }

        if (query.Length > 0)
        {
            IEnumerable<HostedTask> listed = query["?ids=".Length..].Split(',')
                .Select(id => _tasks.GetValueOrDefault(id)).OfType<HostedTask>().Where(task => task.IsListed);
            return ScriptedHandler.Response(
                200, "{\"tasks\":[" + string.Join(",", listed.Select(task => task.Tell(Now, alone: false))) + "]}");
        }

        return _tasks.TryGetValue(request.RequestUri.Segments[^1], out HostedTask? found)
            ? ScriptedHandler.Response(200, found.Tell(Now, alone: true))
            : ScriptedHandler.Response(404, "{}");
    }

    /// <summary>A task and what its host tells of it.</summary>
    internal sealed class HostedTask(string id, DateTimeOffset? endsAt, string? failure)
    {
        private int _asked;

        public string Id => id;

        public DateTimeOffset? EndsAt => endsAt;

        public bool IsListed { get; set; } = true;

        /// <summary>What the host says in place of the truth.</summary>
        public string? Says { get; set; }

        /// <summary>Questions about this task, alone or in a list.</summary>
        public int Asked => _asked;

        /// <summary>When it was asked, and whether alone.</summary>
        public ConcurrentQueue<(DateTimeOffset At, bool Alone)> Questions { get; } = new();

        public string Tell(DateTimeOffset now, bool alone)
        {
            Interlocked.Increment(ref _asked);
            Questions.Enqueue((now, alone));
            string rest = Says
                ?? (endsAt is { } end && end <= now
                    ? (failure is null
                        ? "\"status\":\"done\",\"url\":\"https://cdn.acme.example/" + id + ".mp4\""
                        : "\"status\":\"failed\",\"reason\":\"" + failure + "\"")
                    : "\"status\":\"running\"");
            return "{\"id\":\"" + id + "\"," + rest + "}";
        }
    }
}
