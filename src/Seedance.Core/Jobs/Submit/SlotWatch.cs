using Seedance.Accounts;
using Seedance.Polling;
using Seedance.Records;

namespace Seedance.Jobs.Submit;

/// <summary>Hears when one of the jobs in the way ends, or when nobody can be asked about it.</summary>
internal sealed class SlotWatch(SeedanceServices services, Account account) : IJobObserver, IDisposable
{
    private readonly Dictionary<string, IDisposable> _followed = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _freed = new(0);
    private volatile SeedanceException? _keyRefusal;

    public IOperationOutput Log => NullOutput.Instance;

    /// <summary>The provider does not take the key by which it was asked, which is the submit's own.</summary>
    public SeedanceException? KeyRefusal => _keyRefusal;

    public void Follow(IReadOnlyList<StoredJob> jobs)
    {
        foreach (StoredJob job in jobs.Where(job => job.Job.ProviderJobId is not null && !_followed.ContainsKey(job.Job.Id)))
        {
            _followed.Add(job.Job.Id, services.Scheduler.Watch(job, account, this));
        }
    }

    public void OnPolled(PollOutcome result)
    {
        if (result.FatalError is { Code: ErrorCode.AuthenticationFailed } refusal)
        {
            _keyRefusal = refusal;
        }

        if (result.FatalError is not null || result.Stored.Job.IsFinished)
        {
            _freed.Release();
        }
    }

    public async Task WaitAsync(TimeSpan most, CancellationToken stop)
    {
        using CancellationTokenSource tick = services.Time.Deadline(most);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(tick.Token, stop);
        try
        {
            await _freed.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The tick: another process may have freed a slot.
        }
    }

    public void Dispose()
    {
        foreach (IDisposable subscription in _followed.Values)
        {
            subscription.Dispose();
        }
    }
}
