using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

/// <summary>A place in the line that could not be given up while the disk took nothing.</summary>
public sealed class LeftPlaceTests : IDisposable
{
    private readonly SqliteBench _bench = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task TryTakeSlotAsync_FirstInTheLineCouldNotLeave_TheNextNeedNotWaitForIt()
    {
        IJobStore store = _bench.Open();
        StoredJob first = Job(1), second = Job(2);
        await store.TryTakeSlotAsync(first, new SlotTerms(0), Stop);
        _bench.Run("create trigger broken before delete on place begin select raise(abort, 'the disk takes no more'); end");
        await Assert.ThrowsAsync<SeedanceException>(() => store.LeaveQueueAsync(first));
        _bench.Mend();
        Assert.Equal(1, _bench.Count("place"));

        Assert.True((await store.TryTakeSlotAsync(second, new SlotTerms(1), Stop)).Taken);
        Assert.Equal(0, _bench.Count("place"));
    }

    private static StoredJob Job(int second)
    {
        StoredJob sample = Samples.StoredJob();
        DateTimeOffset made = sample.Job.CreatedAt.AddSeconds(second);
        return sample with
        {
            Job = sample.Job with
            {
                Id = JobId.Create(made), CreatedAt = made, ClientToken = null, ProviderJobId = null, State = JobStatus.Submitting,
            },
        };
    }
}
