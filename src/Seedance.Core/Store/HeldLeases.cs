using System.Collections.Concurrent;
using Seedance.Records;

namespace Seedance.Store;

/// <summary>
/// The jobs that this process holds, with their terms, and when its heart has to beat. It beats as long as it holds anything; one that
/// beats too late has to ask for everything anew. <paramref name="time"/> measures what has passed here; the leases themselves go by the
/// store's clock.
/// </summary>
internal sealed class HeldLeases(Func<Task> beat, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<string, JobLease> _held = new(StringComparer.Ordinal);
    private readonly object _gate = new();
    private ITimer? _timer;
    private long? _beaten;
    private volatile bool _isDoubted;
    private bool _ended;

    /// <summary>Whether who takes a lease now has to move it on in the same transaction.</summary>
    public bool IsDue => _isDoubted || _beaten is not { } last || time.GetElapsedTime(last) >= s_interval;

    /// <summary>The lease, where this process surely has it.</summary>
    public JobLease? Find(string id) => _held.TryGetValue(id, out JobLease? lease) && !_isDoubted && _beaten is { } last
        && time.GetElapsedTime(last) < ProcessMark.Lease ? lease : null;

    /// <summary>From now on the heart beats.</summary>
    public void Add(string id, long term)
    {
        lock (_gate)
        {
            _held[id] = new JobLease(id, term);
            _timer ??= _ended ? null : time.CreateTimer(static state => _ = ((HeldLeases)state!).BeatAsync(), this, s_interval, s_interval);
        }
    }

    public bool Remove(string id) => _held.TryRemove(id, out _);

    /// <summary>The store has taken a heartbeat that began at this moment.</summary>
    public void Beaten(long at)
    {
        lock (_gate)
        {
            if (_beaten is { } last && time.GetElapsedTime(last, at) >= ProcessMark.Lease)
            {
                _held.Clear(); // Others may have taken them over meanwhile.
            }

            _beaten = at;
            _isDoubted = false;
        }
    }

    /// <summary>A transaction was undone, and perhaps a heartbeat with it: the next one has to beat.</summary>
    public void Doubt() => _isDoubted = true;

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            _held.Clear();
            _timer?.Dispose();
        }
    }

    private async Task BeatAsync()
    {
        lock (_gate)
        {
            if (_held.IsEmpty)
            {
                _timer?.Dispose();
                _timer = null;
                return;
            }
        }

        try
        {
            await beat().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The next one may reach the store; a lease that ends meanwhile is found out when something is written under it.
        }
    }
}
