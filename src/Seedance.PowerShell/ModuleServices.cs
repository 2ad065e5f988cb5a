using System.Collections.Concurrent;
using Seedance.Storage;

namespace Seedance.PowerShell;

/// <summary>The process's services, one set per state folder: SEEDANCE_HOME may change during a session, and several runspaces share one poll loop.</summary>
internal static class ModuleServices
{
    private static readonly ConcurrentDictionary<string, Lazy<SeedanceServices>> s_byHome = new(StringComparer.Ordinal);

    public static SeedanceServices Current => s_byHome.GetOrAdd(
        StateFolder.Locate(Environment.GetEnvironmentVariable),
        static _ => new Lazy<SeedanceServices>(
            static () => new SeedanceServices(Environment.GetEnvironmentVariable, TimeProvider.System, InProcessSimulator.HandlerFor), LazyThreadSafetyMode.ExecutionAndPublication)).Value;
}
