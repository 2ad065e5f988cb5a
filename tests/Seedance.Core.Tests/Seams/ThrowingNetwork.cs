using Seedance.Core.Tests.Downloads;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Seams;

/// <summary>A host of tasks and a media host, which throw before the body, after it, or while the answer is read.</summary>
internal sealed class ThrowingNetwork(TaskHost host, Trap trap) : DelegatingHandler(host)
{
    public static byte[] Video { get; } = Movie.Make(2000, 7);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        trap.Spring("connect");
        HttpResponseMessage answer = request.RequestUri!.Host == "cdn.example"
            ? new HttpResponseMessage { Content = new ByteArrayContent(Video) }
            : request.Content is { } body
                && (await body.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)).Contains("refused", StringComparison.Ordinal)
            ? ScriptedHandler.Response(402, ScriptedHandler.Refusal)
            : await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        trap.Spring("answer");
        if (trap.Place == "read")
        {
            answer.Content = new ThrowingContent(trap, await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        }

        return answer;
    }

    private sealed class ThrowingContent(Trap trap, byte[] bytes) : HttpContent
    {
        protected override Task<Stream> CreateContentReadStreamAsync()
        {
            trap.Spring("read");
            return Task.FromResult<Stream>(new MemoryStream(bytes));
        }

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            trap.Spring("read");
            return stream.WriteAsync(bytes, 0, bytes.Length);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
