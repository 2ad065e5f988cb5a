namespace Seedance.Jobs.Callbacks;

/// <summary>
/// Calls about jobs of which there is no record yet: a host can be faster than the receipt of its submit. They are looked up again for two
/// minutes. Only so many are kept, the latest, so that strangers cannot fill the memory.
/// </summary>
internal sealed class EarlyCallbacks(TimeProvider time) : IDisposable
{
    public const int Most = 1000;
    private static readonly double[] s_pauses = [0.5, 1, 2, 4, 8, 16, 32, 64];
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(s_pauses[0]);
    private readonly object _gate = new();
    private readonly Dictionary<string, Early> _kept = new(StringComparer.Ordinal);
    private readonly Queue<Early> _order = new();
    private readonly SemaphoreSlim _any = new(0);

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _kept.Count;
            }
        }
    }

    public void Keep(IReadOnlyList<CallbackName> names)
    {
        string key = string.Join("\n", names.Select(name => name.Adapter.Provider.Name + " " + name.Id));
        lock (_gate)
        {
            if (_kept.ContainsKey(key))
            {
                return;
            }

            Early early = new(key, names, time.GetTimestamp());
            _kept.Add(key, early);
            _order.Enqueue(early);
            while (_kept.Count > Most)
            {
                _kept.Remove(_order.Dequeue().Key);
            }

            if (_kept.Count == 1)
            {
                _any.Release();
            }
        }
    }

    /// <summary>
    /// Looks them up at growing distances, until it is stopped. <paramref name="find"/> is true where there is a record now.
    /// </summary>
    public async Task RunAsync(Func<IReadOnlyList<CallbackName>, Task<bool>> find, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                if (Count == 0)
                {
                    await _any.WaitAsync(stop).ConfigureAwait(false);
                }

                await time.After(s_tick, stop).ConfigureAwait(false);
                foreach (Early early in Due())
                {
                    if (await find(early.Names).ConfigureAwait(false) || early.Looks == s_pauses.Length)
                    {
                        lock (_gate)
                        {
                            _kept.Remove(early.Key);
                        }
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The command has ended.
        }
    }

    public void Dispose() => _any.Dispose();

    private List<Early> Due()
    {
        lock (_gate)
        {
            while (_order.Count > 0 && !_kept.ContainsKey(_order.Peek().Key))
            {
                _order.Dequeue();
            }

            List<Early> due = [.. _kept.Values.Where(early => time.GetElapsedTime(early.LookedAt).TotalSeconds >= s_pauses[early.Looks])];
            foreach (Early early in due)
            {
                early.Looks++;
                early.LookedAt = time.GetTimestamp();
            }

            return due;
        }
    }

    private sealed class Early(string key, IReadOnlyList<CallbackName> names, long at)
    {
        public string Key => key;

        public IReadOnlyList<CallbackName> Names => names;

        public int Looks { get; set; }

        public long LookedAt { get; set; } = at;
    }
}
