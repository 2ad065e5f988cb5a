namespace Seedance.Simulator.Callbacks;

/// <summary>One POST to whoever wants to hear of a job.</summary>
internal sealed class CallbackSender(TimeProvider time)
{
    private readonly Lazy<HttpClient> _client =
        new(static () => new HttpClient(new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan, // The host's patience is counted by the engine's clock.
    });

    /// <summary>The status that came in time; 0 where none did.</summary>
    public async Task<int> SendAsync(Uri address, CallbackMessage message, TimeSpan patience, CancellationToken stop)
    {
        using CancellationTokenSource late = time.Deadline(patience);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("X-Seedance-Simulator", "1");
        foreach (KeyValuePair<string, string> header in message.Headers)
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        try
        {
            using HttpResponseMessage answer = await _client.Value.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0; // Nobody listens there.
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return 0;
        }
    }
}
