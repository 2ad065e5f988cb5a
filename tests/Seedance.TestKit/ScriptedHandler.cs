using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Seedance.TestKit;

/// <summary>A network that answers by script, one step per request, and keeps what it received.</summary>
internal sealed class ScriptedHandler : HttpMessageHandler
{
    /// <summary>A refusal in the shapes of all hosts at once.</summary>
    public const string Refusal =
        """{"status":"error","message":"It was refused","detail":"It was refused","error":{"message":"It was refused","code":"E1"}}""";

    private readonly ConcurrentQueue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _steps = new();
    private readonly ConcurrentQueue<(HttpMethod Method, Uri Address, string Body, string Headers)> _requests = new();

    /// <summary>Answers every request for which no step is left.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage>? Otherwise { get; set; }

    public IReadOnlyList<(HttpMethod Method, Uri Address, string Body, string Headers)> Requests => [.. _requests];

    public void Forget() => _requests.Clear();

    public ScriptedHandler Answer(int status, string body, params (string Name, string Value)[] headers) =>
        Step((_, _) => Task.FromResult(Response(status, body, headers)));

    /// <summary>The connection is never made: the body never leaves.</summary>
    public ScriptedHandler RefuseConnection()
    {
        _steps.Enqueue((_, _) => throw new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused)));
        return this;
    }

    /// <summary>The body is received, and then the connection breaks.</summary>
    public ScriptedHandler ResetAfterBody() => Step((_, _) =>
        throw new HttpRequestException("reset", new IOException("reset", new SocketException((int)SocketError.ConnectionReset))));

    /// <summary>Runs a step after the body has been received.</summary>
    public ScriptedHandler Step(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> step)
    {
        _steps.Enqueue(async (request, stop) =>
        {
            await ReceiveAsync(request).ConfigureAwait(false);
            return await step(request, stop).ConfigureAwait(false);
        });
        return this;
    }

    public static HttpResponseMessage Response(int status, string body, params (string Name, string Value)[] headers)
    {
        HttpResponseMessage response = new((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_steps.TryDequeue(out var step))
        {
            return await step(request, cancellationToken).ConfigureAwait(false);
        }

        await ReceiveAsync(request).ConfigureAwait(false);
        return Otherwise?.Invoke(request) ?? throw new InvalidOperationException("The script has no answer to " + request.RequestUri + ".");
    }

    private async Task ReceiveAsync(HttpRequestMessage request)
    {
        string body = request.Content is null
            ? string.Empty
            : await request.Content.ReadAsStringAsync(CancellationToken.None).ConfigureAwait(false);
        _requests.Enqueue((request.Method, request.RequestUri!, body, request.Headers.ToString()));
    }
}
