namespace Seedance.TestKit;

/// <summary>
/// Leaves others their turn: what is ready to go on does so before the caller. A number of turns and never "until something is so", for
/// which there are <see cref="Pulse"/>, <see cref="ManualTimeProvider.PassUntilAsync"/> and <see cref="Outside"/>.
/// </summary>
internal static class Turns
{
    public static async Task GiveAsync(int count = 1)
    {
        for (int turn = 0; turn < count; turn++)
        {
            await Task.Yield();
        }
    }
}
