using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

/// <summary>What the suites that every engine passes begin and end with.</summary>
public abstract class StoreSuite : IDisposable
{
    private protected StoreSuite(StoreBench bench) => Bench = bench;

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected StoreBench Bench { get; }

    public void Dispose()
    {
        Bench.Dispose();
        GC.SuppressFinalize(this);
    }
}
