using Seedance.Accounts;
using Seedance.RateLimits;
using Seedance.Records;

namespace Seedance.Polling;

/// <summary>The lanes of all host accounts, and what hosts say of how fast they may be asked, to this process and to others. Guarded by the scheduler's lock.</summary>
/// <param name="shared">What hosts tell other processes, where there may be any.</param>
/// <param name="random">The scheduler's own.</param>
internal sealed class PollQueues(SharedBackoff? shared, Random random)
{
    private readonly Dictionary<string, PollQueue> _lanes = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, PollQueue>.ValueCollection All => _lanes.Values;

    public PollQueue Of(Account account)
    {
        string name = string.Join("|", account.Provider, account.BaseUri.AbsoluteUri, account.Profile);
        if (!_lanes.TryGetValue(name, out PollQueue? lane))
        {
            lane = new PollQueue(AccountKey.Of(account.Provider, account.BaseUri, account.Profile), account.Adapter);
            _lanes.Add(name, lane);
        }

        return lane;
    }

    /// <summary>Takes what an answer to a poll says of its host.</summary>
    public void Judge(PollQueue lane, IReadOnlyList<PollResult?> results, TimeSpan sentAt, TimeSpan now)
    {
        PollResult? told = results.FirstOrDefault(result => result is not null);
        switch (told?.Host)
        {
            case HostState.Throttling:
                Throttle(lane, sentAt, now, told.Pause!.Value);
                break;
            case HostState.Failing:
                lane.Pace.Failed(sentAt, now, told.Pause, random.NextDouble());
                break;
            default:
                lane.Pace.Answered();
                break;
        }
    }

    public void Throttle(PollQueue lane, TimeSpan sentAt, TimeSpan now, TimeSpan pause)
    {
        lane.Pace.Throttled(sentAt, now, pause + Straggle(pause));
        _ = shared?.Tell(lane.Key, pause);
    }

    /// <summary>Takes what the host told another process as told to this one.</summary>
    public void Hear(PollQueue lane, TimeSpan now)
    {
        if (shared?.Hear(lane.Key) is { } pause)
        {
            lane.Pace.Throttled(now, now, pause + Straggle(pause));
        }
    }

    /// <summary>So that not everybody comes back in the same moment.</summary>
    private TimeSpan Straggle(TimeSpan pause) => TimeSpan.FromMilliseconds(50 + (random.NextDouble() * Math.Min(950, pause.TotalMilliseconds / 2)));
}
