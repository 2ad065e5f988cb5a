using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Seedance.Storage;
using Xunit;

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

        Task<IDisposable> taking = FileLock.TakeAsync(path, Stop);

        await Assert.ThrowsAsync<IOException>(() => taking.WaitAsync(TimeSpan.FromSeconds(10), Stop));
    }

    [Fact]
    public async Task TakeAsync_Held_ComesWhenTheHolderLetsGo()
    {
        string path = Path.Combine(_folder, "a.lock");
        IDisposable first = await FileLock.TakeAsync(path, Stop);
        Task<IDisposable> second = FileLock.TakeAsync(path, Stop);
        Assert.False(second.IsCompleted);

        first.Dispose();

        (await second).Dispose();
    }
}
