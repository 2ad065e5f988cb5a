namespace Seedance.Downloads;

/// <summary>Cancels when nothing has happened for a while; one timer for a whole answer instead of one for each read.</summary>
internal sealed class IdleWatch : IDisposable
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;

    public IdleWatch(TimeProvider time, CancellationToken stop)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _timer = time.CreateTimer(static state => Expire((CancellationTokenSource)state!), _source, Longest, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token => _source.Token;

    public void Seen() => _timer.Change(Longest, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private static void Expire(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The answer ended in the same moment.
        }
    }
}
