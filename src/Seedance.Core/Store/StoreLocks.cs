using Seedance.Storage;

namespace Seedance.Store;

/// <summary>The store's locks among all processes, a few files for any number of names. Always taken in the order token, account, job, so that no two wait for each other.</summary>
internal sealed class StoreLocks(string folder, TimeProvider time)
{
    private const int Files = 16; // Of each sort.

    public void Prepare() => StateFolder.Create(folder);

    public Task<IDisposable> TokenAsync(string token, TimeSpan most, CancellationToken stop) => TakeAsync("tokens", token, most, stop);

    public Task<IDisposable> AccountAsync(string account, TimeSpan most, CancellationToken stop) => TakeAsync("account", account, most, stop);

    public Task<IDisposable> JobAsync(string id, TimeSpan most, CancellationToken stop) => TakeAsync("job", id, most, stop);

    public Task<IDisposable> DurationsAsync(string kind, TimeSpan most, CancellationToken stop) => TakeAsync("durations", kind, most, stop);

    private Task<IDisposable> TakeAsync(string sort, string name, TimeSpan most, CancellationToken stop)
    {
        int slot = name.Aggregate(17, (hash, c) => unchecked((hash * 31) + c)) & (Files - 1);
        string file = sort + "-" + slot.ToString(CultureInfo.InvariantCulture) + ".lock";
        return FileLock.TakeAsync(Path.Combine(folder, file), most, time, stop);
    }
}
