namespace Seedance.TestKit;

/// <summary>Says that something has changed to whoever waits for a state: a test looks again then, and neither spins nor sleeps.</summary>
internal sealed class Pulse
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2); // Of the real clock: what a broken test takes to say so on a busy machine.
    private TaskCompletionSource _next = Fresh();

    public void Beat() => Interlocked.Exchange(ref _next, Fresh()).TrySetResult();

    /// <summary>Returns when that is so.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        while (true)
        {
            Task next = Volatile.Read(ref _next).Task; // Before the look, so that no change falls between the two.
            if (isSo())
            {
                return;
            }

            await next.WaitAsync(s_patience).ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
