using Seedance.Storage;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Storage;

public sealed class FileLockTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seedance-lock-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TakeAsync_FileCannotBeOpenedAtAll_ThrowsInsteadOfWaitingForEver()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A link to itself needs a privilege on Windows.");
        string path = Path.Combine(_folder, "a.lock");
        File.CreateSymbolicLink(path, path); // Opens as little as a file of a read-only file system does, and with the same exception.

        Task<IDisposable> taking = FileLock.TakeAsync(path, TimeSpan.FromMinutes(1), TimeProvider.System, Stop);

        await Assert.ThrowsAsync<IOException>(() => taking.WaitAsync(TimeSpan.FromSeconds(10), Stop));
    }

    [Fact]
    public async Task TakeAsync_Held_ComesWhenTheHolderLetsGo()
    {
        string path = Path.Combine(_folder, "a.lock");
        IDisposable first = await FileLock.TakeAsync(path, TimeSpan.FromMinutes(1), TimeProvider.System, Stop);
        Task<IDisposable> second = FileLock.TakeAsync(path, TimeSpan.FromMinutes(1), TimeProvider.System, Stop);
        Assert.False(second.IsCompleted);

        first.Dispose();

        (await second).Dispose();
    }

    [Fact]
    public async Task TakeAsync_HeldForTooLong_NamesTheFileAndSaysWhatToDo()
    {
        string path = Path.Combine(_folder, "a.lock");
        ManualTimeProvider time = new();
        using IDisposable held = await FileLock.TakeAsync(path, TimeSpan.Zero, time, Stop);
        Task<IDisposable> second = FileLock.TakeAsync(path, TimeSpan.FromSeconds(2), time, Stop);
        while (!second.IsCompleted)
        {
            time.AdvanceToNext(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(() => second);
        Assert.True(FileLock.IsTimeout(error));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("fuser", error.RecommendedAction, StringComparison.Ordinal);
    }
}
