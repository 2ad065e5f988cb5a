using System.Net;
using System.Net.Http.Headers;

namespace Seedance.Core.Tests.Downloads;

/// <summary>A media host in memory: correct about ranges unless a test scripts a fault, and counting what it sent.</summary>
internal sealed class MediaHost : HttpMessageHandler
{
    private readonly Queue<Func<HttpRequestMessage, HttpResponseMessage?>> _script = new();

    public byte[] Content { get; set; } = Movie.Make(100_000, seed: 1);

    public string? ETag { get; set; } = "\"one\"";

    public DateTimeOffset? LastModified { get; set; }

    public string ContentType { get; set; } = "video/mp4";

    /// <summary>Called for each answer's body; less than all is a cut.</summary>
    public Func<byte[], Stream> Wrap { get; set; } = bytes => new MemoryStream(bytes);

    public List<Seen> Requests { get; } = [];

    public long BytesSent { get; set; }

    public int Fired { get; private set; }

    public int Unfired => _script.Count;

    /// <summary>The next requests in order; null answers as usual.</summary>
    public void Next(Func<HttpRequestMessage, HttpResponseMessage?> answer) => _script.Enqueue(answer);

    public void NextCut(int after) => Next(request =>
    {
        HttpResponseMessage answer = Serve(request, out byte[] body);
        answer.Content = Body(answer, new CutStream(body, after, this));
        return answer;
    });

    public HttpResponseMessage Serve(HttpRequestMessage request, out byte[] body)
    {
        bool confirmed = request.Headers.IfRange is not { } condition
            || (ETag is not null && condition.EntityTag?.Tag == ETag)
            || (LastModified is not null && condition.Date == LastModified);
        long? from = confirmed ? request.Headers.Range?.Ranges.Single().From : null;
        if (from >= Content.Length)
        {
            body = [];
            HttpResponseMessage beyond = Answer(416, body);
            beyond.Content.Headers.ContentRange = new ContentRangeHeaderValue(Content.Length);
            return beyond;
        }

        body = from is null ? Content : Content[(int)from..];
        HttpResponseMessage answer = Answer(from is null ? 200 : 206, body);
        if (from is not null)
        {
            answer.Content.Headers.ContentRange = new ContentRangeHeaderValue(from.Value, Content.Length - 1, Content.Length);
        }

        return answer;
    }

    public HttpResponseMessage Answer(int status, byte[] body)
    {
        HttpResponseMessage answer = new((HttpStatusCode)status);
        answer.Headers.Date = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        if (ETag is not null)
        {
            answer.Headers.TryAddWithoutValidation("ETag", ETag);
        }

        answer.Content = Body(answer, new CountingStream(Wrap(body), this));
        answer.Content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        answer.Content.Headers.ContentLength = body.Length;
        answer.Content.Headers.LastModified = LastModified;
        return answer;
    }

    public static HttpResponseMessage Status(int status, params (string Name, string Value)[] headers)
    {
        HttpResponseMessage answer = new((HttpStatusCode)status) { Content = new ByteArrayContent([]) };
        foreach ((string name, string value) in headers)
        {
            answer.Headers.TryAddWithoutValidation(name, value);
        }

        return answer;
    }

    public static StreamContent Body(HttpResponseMessage answer, Stream stream)
    {
        StreamContent content = new(stream);
        foreach (var header in answer.Content.Headers)
        {
            content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return content;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Add(
            new Seen(request.RequestUri!, request.Headers.Range?.Ranges.Single().From, request.Headers.IfRange?.ToString(),
            request.Headers.ToString()));
        if (_script.TryDequeue(out var scripted))
        {
            Fired++;
            if (scripted(request) is { } answer)
            {
                return Task.FromResult(answer);
            }
        }

        return Task.FromResult(Serve(request, out _));
    }

    public sealed record Seen(Uri Address, long? From, string? IfRange, string Headers);

    private sealed class CountingStream(Stream inner, MediaHost host) : PassingStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await inner.ReadAsync(buffer, cancellationToken);
            host.BytesSent += read;
            return read;
        }
    }

    private sealed class CutStream(byte[] body, int after, MediaHost host) : PassingStream
    {
        private int _at;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = Math.Min(Math.Min(buffer.Length, 7_001), Math.Min(after, body.Length) - _at);
            if (count <= 0)
            {
                throw new IOException("The connection was reset.");
            }

            body.AsSpan(_at, count).CopyTo(buffer.Span);
            _at += count;
            host.BytesSent += count;
            return new(count);
        }
    }
}
