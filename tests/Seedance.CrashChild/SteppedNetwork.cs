using System.Net;
using System.Net.Sockets;
using Seedance.Transport;

namespace Seedance.CrashChild;

/// <summary>The network with a step before a request leaves, after its whole answer has come, and in the middle of a file.</summary>
internal sealed class SteppedNetwork(Steps steps) : DelegatingHandler(Own())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        bool media = request.RequestUri!.AbsolutePath.StartsWith("/media/", StringComparison.Ordinal);
        string name = media ? "file" : request.Method.Method;
        steps.At("before " + name);
        HttpResponseMessage answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (media)
        {
            long half = (answer.Content.Headers.ContentLength ?? 0) / 2;
            Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            StreamContent content = new(new HalfwayStream(body, half, () => steps.At("amid file")));
            foreach (var header in answer.Content.Headers)
            {
                content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            answer.Content = content;
        }
        else
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
            steps.At("after " + name);
        }

        return answer;
    }

    private static SocketsHttpHandler Own() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    };

    private sealed class HalfwayStream(Stream inner, long half, Action reached) : ForwardStream
    {
        private long _read;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_read >= half)
            {
                reached();
                _read = long.MinValue;
            }

            int read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            _read += read;
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }
}
