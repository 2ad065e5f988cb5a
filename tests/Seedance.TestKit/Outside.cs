namespace Seedance.TestKit;

/// <summary>
/// Waits for what tells nobody that it has changed, such as another process, a socket or a store: looks again every few milliseconds, and
/// not for ever.
/// </summary>
internal static class Outside
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(5);

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
