using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using Seedance.Accounts;
using Seedance.Wire;

namespace Seedance.Transport;

/// <summary>Sends one message and reads its whole answer. Knows no provider; what an answer means is the adapter's to say.</summary>
internal sealed class HttpPipeline(HttpClients clients, TimeProvider time)
{
    private const int LargestAnswer = 8 * 1024 * 1024;

    /// <summary>
    /// <paramref name="leaving"/> is done before the first byte of the body leaves; where it throws, none does, and that is what is thrown
    /// here. <paramref name="stop"/> holds a submit back only until its body leaves.
    /// </summary>
    public async Task<WireResponse> SendAsync(
        Account account, WireRequest request, CallKind kind, IOperationOutput output, Func<Task>? leaving, CancellationToken stop)
    {
        WireRequest signed = account.Sign(request);
        using HttpRequestMessage message = HttpMessages.Build(account.BaseOf(signed), signed, out TrackedContent? body, leaving);
        if (account.Network.Compression)
        {
            message.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
            message.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("deflate"));
        }

        bool ownConnection = kind == CallKind.Submit;
        if (ownConnection)
        {
            // A pooled connection may be stale, and .NET Framework silently sends a POST again when it is.
            message.Headers.ConnectionClose = true;
        }

        using CancellationTokenSource cancel = new();
        using CancellationTokenSource deadline = time.Deadline(Timeout(kind));
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel.Token);
        using CancellationTokenRegistration stopping = stop.Register(() =>
        {
            // A submit whose body has left runs to its end, so that its answer is recorded; the caller need not wait for it.
            if (kind != CallKind.Submit || body is null || body.TryWithdraw())
            {
                cancel.Cancel();
            }
        });
        long begun = time.GetTimestamp();
        string what = account.Redactor.Redact(message.Method + " " + message.RequestUri!.GetLeftPart(UriPartial.Path));
        output.Debug(what + Describe(account, request));
        try
        {
            if (leaving is not null && body is null)
            {
                await leaving().ConfigureAwait(false);
            }

            HttpClient client = clients.For(message.RequestUri, account.Network, ownConnection);
            using HttpResponseMessage answer =
                await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            WireResponse response = await ReadAsync(answer, account, either.Token).ConfigureAwait(false);
            output.Debug(string.Format(
                CultureInfo.InvariantCulture, "{0} -> {1} in {2:0} ms: {3}", what, response.Status,
                time.GetElapsedTime(begun).TotalMilliseconds, response.Excerpt()));
            return response;
        }
        catch (Exception) when (body?.Refusal is { } refusal)
        {
            ExceptionDispatchInfo.Capture(refusal).Throw();
            throw;
        }
        catch (Exception error) when (cancel.IsCancellationRequested && error is not SeedanceException)
        {
            throw new OperationCanceledException(error.Message, error, stop);
        }
        catch (Exception error) when (error is not SeedanceException)
        {
            // Whatever the runtime throws here, the question is the same: may the request have arrived?
            bool mayHaveArrived = body?.Started ?? !Reachability.NeverConnected(error);
            string text = error is OperationCanceledException && deadline.IsCancellationRequested
                ? string.Format(CultureInfo.InvariantCulture, "no answer within {0:0} s", Timeout(kind).TotalSeconds)
                : VisibleText.Of(account.Redactor.Redact(Innermost(error).Message));
            if (text.Contains("407") && Reachability.NeverConnected(error))
            {
                text = ProxySignIn.Describe(account.Network); // A tunnel's refusal; .NET Framework does not say whose.
            }

            output.Debug(what + " failed: " + text);
            throw new TransportException(message.RequestUri.Host + ": " + text, mayHaveArrived, error);
        }
    }

    private static TimeSpan Timeout(CallKind kind) => kind switch
    {
        CallKind.Submit => TimeSpan.FromSeconds(120), // Some hosts fetch references before they answer; giving up early costs a question.
        CallKind.Upload => TimeSpan.FromMinutes(15),
        _ => TimeSpan.FromSeconds(30),
    };

    private static string Describe(Account account, WireRequest request) =>
        request.Json is { } json ? " " + BodyText.Of(json, account.Redactor) : string.Empty;

    private static Exception Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
        {
            error = inner;
        }

        return error;
    }

    private async Task<WireResponse> ReadAsync(HttpResponseMessage answer, Account account, CancellationToken stop)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (var header in answer.Headers)
        {
            headers[header.Key] = string.Join(", ", header.Value);
        }

        foreach (var header in answer.Content.Headers)
        {
            headers[header.Key] = string.Join(", ", header.Value);
        }

        return new WireResponse
        {
            Status = (int)answer.StatusCode,
            Headers = headers,
            Bytes = ContentCoding.Decode(
                await BoundedReader.ReadAsync(answer.Content, LargestAnswer, stop).ConfigureAwait(false),
                answer.Content.Headers.ContentEncoding, LargestAnswer),
            ReceivedAt = time.GetUtcNow(),
            Redactor = account.Redactor,
        };
    }
}
