using System.Net.Sockets;
using Seedance.Core.Tests.Downloads;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Queue;

/// <summary>A host whose jobs end at their first poll, unless the test says otherwise. It knows what it works on.</summary>
internal sealed class QueueHost : HttpMessageHandler
{
    private int _underWay;
    private int _begun;
    private int _held;
    private int _received;
    private readonly HashSet<string> _open = [];
    private readonly List<string> _prompts = [];

    public int Submits => _prompts.Count;

    public IReadOnlyList<string> Prompts => _prompts;

    public int MostAtOnce { get; private set; }

    public bool Ends { get; set; } = true;

    public string? Refused { get; set; }

    /// <summary>It takes no connection at this time.</summary>
    public bool IsAway { get; set; }

    /// <summary>The prompt of a submit that is taken and whose answer says nothing.</summary>
    public string? Lost { get; set; }

    /// <summary>Submits are answered when it has ended.</summary>
    public TaskCompletionSource? Holds { get; set; }

    /// <summary>Submits that have come, answered or not.</summary>
    public int Received => Volatile.Read(ref _received);

    /// <summary>Submits that it holds up.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>Requests that it works on and does not hold up.</summary>
    public int Working => Volatile.Read(ref _underWay) - Held;

    /// <summary>Requests of every kind that have come.</summary>
    public int Begun => Volatile.Read(ref _begun);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _begun);
        Interlocked.Increment(ref _underWay);
        try
        {
            return await ReceiveAsync(request).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task<HttpResponseMessage> ReceiveAsync(HttpRequestMessage request)
    {
        bool isSubmit = request.Method == HttpMethod.Post;
        if (isSubmit)
        {
            Interlocked.Increment(ref _received);
        }

        if (IsAway && isSubmit)
        {
            await HoldAsync().ConfigureAwait(false);
            throw new HttpRequestException("It is away.", new SocketException((int)SocketError.ConnectionRefused));
        }

        string body = request.Content is null
            ? string.Empty
            : await request.Content.ReadAsStringAsync(CancellationToken.None).ConfigureAwait(false);
        if (isSubmit)
        {
            await HoldAsync().ConfigureAwait(false);
        }

        lock (_open)
        {
            return Answer(request, body);
        }
    }

    private async Task HoldAsync()
    {
        if (Holds is { } holds)
        {
            Interlocked.Increment(ref _held);
            await holds.Task.ConfigureAwait(false);
            Interlocked.Decrement(ref _held);
        }
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, string body)
    {
        if (request.RequestUri!.Host.StartsWith("cdn", StringComparison.Ordinal))
        {
            ByteArrayContent movie = new(Movie.Make(5000, 1)) { Headers = { ContentType = new("video/mp4") } };
            return new HttpResponseMessage { Content = movie };
        }

        if (request.Method == HttpMethod.Post)
        {
            string prompt = (string)System.Text.Json.Nodes.JsonNode.Parse(body)!["prompt"]!;
            if (prompt == Refused)
            {
                return ScriptedHandler.Response(400, """{"error":"no"}""");
            }

            _prompts.Add(prompt);
            if (prompt == Lost)
            {
                return ScriptedHandler.Response(500, "{}");
            }

            string id = FormattableString.Invariant($"task-{_prompts.Count}");
            _open.Add(id);
            MostAtOnce = Math.Max(MostAtOnce, _open.Count);
            return ScriptedHandler.Response(201, "{\"id\":\"" + id + "\"}");
        }

        string task = request.RequestUri.Segments[^1];
        if (!Ends)
        {
            return ScriptedHandler.Response(200, """{"status":"running"}""");
        }

        _open.Remove(task);
        return ScriptedHandler.Response(200, "{\"status\":\"done\",\"url\":\"https://cdn.acme.example/" + task + ".mp4\"}");
    }
}
