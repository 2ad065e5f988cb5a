using System.Net;

namespace Seedance.Transport;

/// <summary>
/// Knows whether the body has begun to leave. A request whose body never left cannot have been accepted, whatever went wrong: the one proof
/// of "not sent" that holds on every runtime and proxy. Whoever wants to stop the request must win it back before that moment.
/// </summary>
internal sealed class TrackedContent : HttpContent
{
    private const int Waiting = 0;
    private const int Leaving = 1;
    private const int Withdrawn = 2;
    private readonly HttpContent _inner;
    private readonly Func<Task>? _leaving;
    private int _state;

    /// <summary><paramref name="leaving"/> is done before the first byte leaves; where it throws, none does.</summary>
    public TrackedContent(HttpContent inner, Func<Task>? leaving = null)
    {
        _inner = inner;
        _leaving = leaving;
        foreach (var header in inner.Headers)
        {
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    public bool Started => Volatile.Read(ref _state) == Leaving;

    /// <summary>Why the body was not let go; the runtimes wrap what is thrown while they send, each in its own way.</summary>
    public Exception? Refusal { get; private set; }

    /// <summary>Keeps the body from ever leaving; false when it already has.</summary>
    public bool TryWithdraw() => Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) != Leaving;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        if (Interlocked.CompareExchange(ref _state, Leaving, Waiting) == Withdrawn)
        {
            throw new IOException("The request was withdrawn before its body left.");
        }

        if (_leaving is not null)
        {
            try
            {
                await _leaving().ConfigureAwait(false);
            }
            catch (Exception error)
            {
                Refusal = error;
                Volatile.Write(ref _state, Withdrawn);
                throw;
            }
        }

        await _inner.CopyToAsync(stream).ConfigureAwait(false);
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
