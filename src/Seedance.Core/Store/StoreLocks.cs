using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Seedance.Storage;

namespace Seedance.Store;

/// <summary>The store's locks among all processes, a few files for any number of names. Always taken in the order token, account, job, so that no two wait for each other.</summary>
internal sealed class StoreLocks(string folder)
{
    private const int Files = 16; // Of each sort.

    public void Prepare() => StateFolder.Create(folder);

    public Task<IDisposable> TokenAsync(string token, CancellationToken stop) => TakeAsync("tokens", token, stop);

    public Task<IDisposable> AccountAsync(string account, CancellationToken stop) => TakeAsync("account", account, stop);

    public Task<IDisposable> JobAsync(string id, CancellationToken stop) => TakeAsync("job", id, stop);

    public Task<IDisposable> DurationsAsync(string kind, CancellationToken stop) => TakeAsync("durations", kind, stop);

    private Task<IDisposable> TakeAsync(string sort, string name, CancellationToken stop)
    {
        int slot = name.Aggregate(17, (hash, c) => unchecked((hash * 31) + c)) & (Files - 1);
        string file = sort + "-" + slot.ToString(CultureInfo.InvariantCulture) + ".lock";
        return FileLock.TakeAsync(Path.Combine(folder, file), stop);
    }
}
