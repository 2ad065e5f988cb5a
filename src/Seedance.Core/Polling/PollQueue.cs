using Seedance.Providers;
using Seedance.RateLimits;

namespace Seedance.Polling;

/// <summary>The jobs of one host account in the order in which they fall due. Guarded by the scheduler's lock.</summary>
internal sealed class PollQueue(RequestLimiter limiter, IProviderAdapter adapter)
{
    private static readonly TimeSpan s_together = TimeSpan.FromSeconds(1); // One list request a second early costs less than two on time.
    private readonly SortedSet<PolledJob> _queue = new(Comparer<PolledJob>.Create(Compare));

    public RequestLimiter Limiter => limiter;

    /// <summary>Polls that are under way.</summary>
    public int Running { get; set; }

    /// <summary>The host lists by id and has not refused to.</summary>
    public bool Lists { get; set; } = adapter is IListsJobs { IdsPerList: > 1 };

    /// <summary>When to look again; null when there is nothing to wait for.</summary>
    public TimeSpan? Next
    {
        get
        {
            if (_queue.Count == 0 || !limiter.HasRoom(Running))
            {
                return null;
            }

            TimeSpan permitted = limiter.NextPermitAt;
            return _queue.Min!.Due > permitted ? _queue.Min.Due : permitted;
        }
    }

    public void Add(PolledJob polled) => _queue.Add(polled);

    public bool Remove(PolledJob polled) => _queue.Remove(polled);

    /// <summary>Takes out what one request may ask for now.</summary>
    public IReadOnlyList<PolledJob> Take(TimeSpan now)
    {
        PolledJob first = _queue.Min!;
        _queue.Remove(first);
        if (!Lists || first.AskAlone)
        {
            return [first];
        }

        List<PolledJob> together = [first];
        int most = ((IListsJobs)adapter).IdsPerList;
        List<PolledJob>? alone = null;
        while (together.Count < most && _queue.Count > 0 && _queue.Min!.Due <= now + s_together)
        {
            PolledJob next = _queue.Min;
            _queue.Remove(next);
            if (next.AskAlone)
            {
                (alone ??= []).Add(next);
            }
            else
            {
                together.Add(next);
            }
        }

        alone?.ForEach(Add);
        return together;
    }

    private static int Compare(PolledJob? left, PolledJob? right)
    {
        int byTime = left!.Due.CompareTo(right!.Due);
        return byTime != 0 ? byTime : left.Order.CompareTo(right.Order);
    }
}
