namespace Seedance.TestKit;

/// <summary>Says that something has changed to whoever waits for a state: a test looks again then, and neither spins nor sleeps.</summary>
internal sealed class Pulse
{
    // Of the real clock: what a broken test takes to say so on a busy machine.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private TaskCompletionSource _next = Fresh();

    /// <summary>Completes at the next beat. Take it before the look, so that no change falls between the two.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Beat() => Interlocked.Exchange(ref _next, Fresh()).TrySetResult();

    /// <summary>Returns when that is so.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        while (true)
        {
            Task next = Next;
            if (isSo())
            {
                return;
            }

            await WaitAsync(next).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for it, but not for ever.</summary>
    public static Task WaitAsync(Task what) => what.WaitAsync(s_patience);

    /// <summary>Throws for one who has looked again and again since then, by the machine's clock.</summary>
    public static void CheckPatience(long begun)
    {
        if (TimeProvider.System.GetElapsedTime(begun) > s_patience)
        {
            throw new TimeoutException("It never came about.");
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
