namespace Seedance.TestKit;

/// <summary>
/// Waits for what tells nobody that it has changed, such as another process, a socket or a store: looks again every few milliseconds, and
/// not for ever.
/// </summary>
internal static class Outside
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(5);

    /// <summary>One look later: what works on a disk has had a moment of the real clock to go on.</summary>
    public static async Task LookAsync()
    {
        using PeriodicTimer look = new(s_look);
        await look.WaitForNextTickAsync().ConfigureAwait(false);
    }

    public static Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        long begun = TimeProvider.System.GetTimestamp();
        using PeriodicTimer look = new(s_look);
        while (!await isSo().ConfigureAwait(false))
        {
            Pulse.CheckPatience(begun);
            await look.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }
}
