using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;

namespace Seedance.Http;

/// <summary>
/// Knows whether the body has begun to leave. A request whose body never left cannot have been accepted, whatever went wrong: the one proof
/// of "not sent" that holds on every runtime and proxy.
/// </summary>
internal sealed class TrackedContent : HttpContent
{
    private readonly HttpContent _inner;
    private volatile bool _started;

    public TrackedContent(HttpContent inner)
    {
        _inner = inner;
        foreach (var header in inner.Headers)
        {
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    public bool Started => _started;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        _started = true;
        return _inner.CopyToAsync(stream);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
