using System.Collections.Concurrent;
using Seedance.Storage;
using Seedance.Store;

namespace Seedance.PowerShell.Session;

/// <summary>
/// The process's services, one set per state folder and store: SEEDANCE_HOME and SEEDANCE_STORE may change during a session, and several
/// runspaces share one poll loop.
/// </summary>
internal static class ModuleServices
{
    private static readonly ConcurrentDictionary<string, Lazy<SeedanceServices>> s_byStore = new(StringComparer.Ordinal);

    public static StoreChoice Choice => new(Environment.GetEnvironmentVariable, StateFolder.Locate(Environment.GetEnvironmentVariable));

    public static SeedanceServices Current => s_byStore.GetOrAdd(
        Choice.Key,
        static _ => new Lazy<SeedanceServices>(
            static () =>
                new SeedanceServices(Environment.GetEnvironmentVariable, TimeProvider.System, InProcessSimulator.HandlerFor),
            LazyThreadSafetyMode.ExecutionAndPublication)).Value;
}
