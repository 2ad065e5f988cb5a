using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

/// <summary>Who is next when a slot becomes free.</summary>
public abstract class SlotQueueSuite : StoreSuite
{
    private static readonly SlotTerms s_one = new(1);
    private readonly IJobStore _store;

    private protected SlotQueueSuite(StoreBench bench)
        : base(bench) => _store = bench.Open();

    [Fact]
    public async Task TryTakeSlotAsync_SlotBecomesFreeAndTheSecondAsksFirst_TheFirstThatCameGetsIt()
    {
        StoredJob running = Job(0), first = Job(1), second = Job(2);
        Assert.True(await TakeAsync(running));
        Assert.False(await TakeAsync(first));
        Assert.False(await TakeAsync(second));

        await FinishAsync(running);
        Assert.False(await TakeAsync(second));
        Assert.True(await TakeAsync(first));
        Assert.False(await TakeAsync(second));

        await FinishAsync(first);
        Assert.True(await TakeAsync(second));
        Assert.Equal(0, Bench.Count("place"));
    }

    [Fact]
    public async Task TryTakeSlotAsync_FirstInTheQueueGivesUp_TheNextNeedNotWaitForIt()
    {
        StoredJob running = Job(0), first = Job(1), second = Job(2);
        await TakeAsync(running);
        await TakeAsync(first);
        await TakeAsync(second);

        await FinishAsync(running);
        await _store.LeaveQueueAsync(first);

        Assert.True(await TakeAsync(second));
    }

    [Fact]
    public async Task TryTakeSlotAsync_PlaceOfADeadProcess_IsClearedAndCountsForNothing()
    {
        StoredJob waiting = Job(2);
        await _store.TryTakeSlotAsync(waiting, new SlotTerms(0), Stop);
        ProcessMark dead = ProcessMark.Current with { ProcessId = int.MaxValue };
        Bench.Run($"insert into place (job_id, account, owner, arrived_at) select '{Job(1).Job.Id}', account, '{dead.ToText()}', '2000' from place");

        Assert.True(await TakeAsync(waiting));

        Assert.Equal(0, Bench.Count("place"));
    }

    [Fact]
    public async Task TryTakeSlotAsync_OthersWaitBefore_TellsWhose()
    {
        await TakeAsync(Job(0));
        await TakeAsync(Job(1));

        SlotVerdict verdict = await _store.TryTakeSlotAsync(Job(2), s_one, Stop);

        Assert.Equal(ProcessMark.Current, Assert.Single(verdict.Ahead));
    }

    private static StoredJob Job(int second)
    {
        StoredJob sample = Samples.StoredJob();
        DateTimeOffset made = sample.Job.CreatedAt.AddSeconds(second);
        return sample with {
            Job = sample.Job with { Id = JobId.Create(made), CreatedAt = made, ClientToken = null, ProviderJobId = null,
            State = JobStatus.Submitting } };
    }

    private async Task<bool> TakeAsync(StoredJob job) => (await _store.TryTakeSlotAsync(job, s_one, Stop)).Taken;

    private Task FinishAsync(StoredJob job) =>
        _store.UpdateAsync(job.Job.Id, static stored => stored with { Job = stored.Job with { State = JobStatus.Succeeded } }, Stop);
}
