namespace Seedance.Transport;

/// <summary>The tries of one call so far, held against its policy and its caller's patience.</summary>
internal sealed class RetryCount(ProviderRequest request, RetryPolicy policy, TimeProvider time)
{
    private readonly long _begun = time.GetTimestamp();
    private int _failed;

    public int Made { get; private set; }

    /// <summary>What is left of the caller's patience; null where it has no bound.</summary>
    public TimeSpan? Left => request.Patience - time.GetElapsedTime(_begun);

    /// <summary>
    /// Counts a try, and says after what pause the next one follows; null where none does. <paramref name="again"/> is what the try ended
    /// in, <paramref name="asked"/> the pause that the host asks for, and <paramref name="chance"/> is for the jitter, from 0 to 1.
    /// </summary>
    public TimeSpan? Next(RetryReason again, TimeSpan? asked, double chance)
    {
        Made++;
        if (again == RetryReason.Throttled && policy.WaitsOutThrottling)
        {
            TimeSpan pause = policy.PauseWhileThrottled(Made, asked, request.Account.Adapter.Provider.TooManyRequestsPause);
            return pause > Left ? null : pause;
        }

        if (again == RetryReason.None || ++_failed >= policy.Tries || asked > Left || asked > policy.LongestAsked)
        {
            return null;
        }

        return policy.PauseAfter(_failed, asked, chance);
    }
}
