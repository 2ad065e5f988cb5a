namespace Seedance.Jobs.Review;

/// <summary>
/// Knows whether any window still shows the page: each holds a connection that the browser closes with it, however it ends. A page that is
/// loaded again closes its connection too and is back at once, so the end is believed only after a while without any.
/// <paramref name="gone"/> is told once, when the last window is closed.
/// </summary>
internal sealed class ReviewWindows(TimeProvider time, Action gone)
{
    private static readonly TimeSpan s_reload = TimeSpan.FromSeconds(4);
    private static readonly byte[] s_head = Encoding.ASCII.GetBytes(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
        + "X-Content-Type-Options: nosniff\r\n\r\n: open\n\n");
    private readonly object _gate = new();
    private int _open;
    private int _opened;

    /// <summary>Ends when the window does.</summary>
    public async Task HoldAsync(Stream stream, CancellationToken stop)
    {
        lock (_gate)
        {
            _open++;
            _opened++;
        }

        try
        {
            await stream.WriteAsync(s_head, 0, s_head.Length, stop).ConfigureAwait(false);
            while (await stream.ReadOrStopAsync(new byte[1], 0, 1, stop).ConfigureAwait(false) > 0)
            {
                // A browser says nothing more here.
            }
        }
        finally
        {
            int opened;
            lock (_gate)
            {
                opened = --_open == 0 && !stop.IsCancellationRequested ? _opened : -1;
            }

            if (opened >= 0)
            {
                _ = EndUnlessBackAsync(opened, stop);
            }
        }
    }

    private async Task EndUnlessBackAsync(int opened, CancellationToken stop)
    {
        try
        {
            await time.After(s_reload, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        lock (_gate)
        {
            if (_opened != opened)
            {
                return;
            }
        }

        gone();
    }
}
