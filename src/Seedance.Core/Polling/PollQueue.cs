using Seedance.Providers;
using Seedance.RateLimits;

namespace Seedance.Polling;

/// <summary>The jobs of one host account in the order in which they fall due, and how fast it may be asked. Guarded by the scheduler's lock.</summary>
internal sealed class PollQueue(string key, IProviderAdapter adapter)
{
    private static readonly TimeSpan s_together = TimeSpan.FromSeconds(1); // A little early in company is cheaper than alone and on time.
    private readonly SortedSet<Watch> _queue = new(Comparer<Watch>.Create(Compare));

    public string Key => key;

    public AdaptiveRateLimiter Pace { get; } = new();

    public int Running { get; set; }

    /// <summary>The host lists by id and has not refused to.</summary>
    public bool Lists { get; set; } = adapter is IListsJobs { IdsPerList: > 1 };

    /// <summary>When to look again; null when there is nothing to wait for.</summary>
    public TimeSpan? Next => _queue.Count == 0 || !Pace.HasRoom(Running) ? null
        : _queue.Min!.Due > Pace.Free ? _queue.Min.Due
        : Pace.Free;

    public void Add(Watch watch) => _queue.Add(watch);

    public bool Remove(Watch watch) => _queue.Remove(watch);

    /// <summary>Takes out what one request may ask for now.</summary>
    public IReadOnlyList<Watch> Take(TimeSpan now)
    {
        Watch first = _queue.Min!;
        _queue.Remove(first);
        if (!Lists || first.AskAlone)
        {
            return [first];
        }

        List<Watch> together = [first];
        int most = ((IListsJobs)adapter).IdsPerList;
        List<Watch>? alone = null;
        while (together.Count < most && _queue.Count > 0 && _queue.Min!.Due <= now + s_together)
        {
            Watch next = _queue.Min;
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

    private static int Compare(Watch? left, Watch? right)
    {
        int byTime = left!.Due.CompareTo(right!.Due);
        return byTime != 0 ? byTime : left.Order.CompareTo(right.Order);
    }
}
