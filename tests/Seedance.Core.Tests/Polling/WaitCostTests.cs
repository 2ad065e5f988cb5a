using Seedance.Polling;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Polling;

/// <summary>
/// What many waits cost, counted in bytes: no busy machine distorts that, but any other test of the process would, so these run when all
/// others have ended.
/// </summary>
[CollectionDefinition(nameof(WaitCostTests), DisableParallelization = true)]
[Collection(nameof(WaitCostTests))]
public sealed class WaitCostTests : IDisposable
{
    private readonly WaitScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Watch_TenThousandJobs_TakesFewKilobytesEach()
    {
        const int Jobs = 10_000;
        Listener listener = new();
        List<IDisposable> held = new(Jobs);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Jobs; i++)
        {
            // As a store hands it out, sharing nothing.
            held.Add(_scene.Services.Scheduler.Watch(Read(_scene.Make()), _scene.Account, listener));
        }

        double each = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Jobs;
        TestContext.Current.SendDiagnosticMessage("{0:0} bytes per waiting job", each);
        Assert.True(each < 5_000, each + " bytes");
        held.ForEach(handle => handle.Dispose());
        Assert.Equal(0, _scene.Services.Scheduler.Watched);
    }

    [Fact]
    public async Task Watch_TenTimesTheJobs_WorkGrowsWithTheNumberAndNotItsSquare()
    {
        long small = await CostAsync(500);
        long large = await CostAsync(5_000);

        TestContext.Current.SendDiagnosticMessage("{0} bytes for 500 jobs, {1} for 5000", small, large);
        Assert.InRange((double)large / small, 8, 12);
    }

    private static StoredJob Read(StoredJob job) => JobDocument.Read(JobDocument.Write(job));

    private static async Task<long> CostAsync(int jobs)
    {
        using WaitScene scene = new(new AcmeListingAdapter());
        scene.Host.KeepsLog = false;
        long before = GC.GetTotalAllocatedBytes(precise: true);
        Listener listener = new();
        for (int i = 0; i < jobs; i++)
        {
            StoredJob job = scene.Make();
            scene.Host.Add(job.Job.ProviderJobId!, TimeSpan.FromSeconds(4000)); // So that no disk takes part.
            scene.Services.Scheduler.Watch(job, scene.Account, listener);
        }

        await scene.PassAsync(TimeSpan.FromSeconds(60));
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private sealed class Listener : IJobObserver
    {
        public IOperationOutput Log => NullOutput.Instance;

        public void OnPolled(PollOutcome result)
        {
        }
    }
}
