using System.Net;
using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Transport;

/// <summary>The in-process door: an <see cref="HttpMessageHandler"/> that needs no port. Its base addresses may name any host.</summary>
public sealed class SimulatorHandler(SimulatorEngine engine) : HttpMessageHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request?.RequestUri is not { } uri)
        {
            throw new InvalidOperationException("A request needs an address.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        SimulatorRequest received = new()
        {
            Method = request.Method.Method.ToUpperInvariant(),
            Path = uri.AbsolutePath,
            Query = uri.Query.TrimStart('?'),
            Headers = Headers(request),
            Body = await BodyAsync(request.Content).ConfigureAwait(false),
            Origin = new Uri(uri.GetLeftPart(UriPartial.Authority)),
        };

        // From here on the host has the request: a caller who stops waiting does not undo what it does.
        SimulatorResponse answer = await engine.HandleAsync(received, CancellationToken.None).OrStop(cancellationToken)
            .ConfigureAwait(false);
        return answer.Reset ? throw TransportFaults.Reset() : ToMessage(request, answer);
    }

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpContent? content)
    {
        if (content is null)
        {
            return default;
        }

        // Serialised as the wire would have it, so that content that can be sent only once is used up.
        using MemoryStream bytes = new();
        await content.CopyToAsync(bytes).ConfigureAwait(false);
        return bytes.ToArray();
    }

    private static Dictionary<string, string> Headers(HttpRequestMessage request)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase) { ["Host"] = request.RequestUri!.Authority };
        foreach (KeyValuePair<string, IEnumerable<string>> header in request.Headers)
        {
            headers[header.Key] = string.Join(", ", header.Value);
        }

        if (request.Content is { } content)
        {
            _ = content.Headers.ContentLength; // Reading it puts it among the headers.
            foreach (KeyValuePair<string, IEnumerable<string>> header in content.Headers)
            {
                headers[header.Key] = string.Join(", ", header.Value);
            }
        }

        return headers;
    }

    private static HttpResponseMessage ToMessage(HttpRequestMessage request, SimulatorResponse answer)
    {
        SimulatorBody body = answer.HeadOnly ? SimulatorBody.Empty : answer.Body;
        HttpResponseMessage message = new((HttpStatusCode)answer.Status)
        {
            RequestMessage = request,
            Content = new StreamContent(new SegmentStream(body, answer.CutAfter)),
        };
        foreach (KeyValuePair<string, string> header in answer.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(header.Key, header.Value))
            {
                message.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        message.Content.Headers.ContentLength = answer.Body.Length;
        return message;
    }
}
