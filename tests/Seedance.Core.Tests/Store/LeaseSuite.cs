using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

/// <summary>A job is in one process's hands at a time, and what was lost cannot be written to.</summary>
public abstract class LeaseSuite : StoreSuite
{
    private static readonly ProcessMark s_first = StoreBench.Elsewhere("first");
    private readonly IJobStore _a;
    private readonly IJobStore _b;

    private protected LeaseSuite(StoreBench bench)
        : base(bench)
    {
        _a = bench.Open(s_first);
        _b = bench.Open(StoreBench.Elsewhere("second"));
    }

    [Fact]
    public async Task HoldAsync_AnotherHoldsAndLives_IsToldHowTheJobStands()
    {
        StoredJob job = await AddAsync();

        JobLease first = await HoldAsync(_a, job), second = await HoldAsync(_b, job);

        Assert.Equal(1, first.Term);
        Assert.Equal((null, job.Job.Id), (second.Term, second.Job!.Job.Id));
        Assert.Equal(s_first, second.Job.Owner);
    }

    [Fact]
    public async Task UpdateAsync_ByOneWhoHasLostTheJob_ChangesNothing()
    {
        StoredJob job = await AddAsync();
        long lost = (await HoldAsync(_a, job)).Term!.Value;
        Bench.EndLease(s_first);
        long held = (await HoldAsync(_b, job)).Term!.Value;

        SeedanceException error =
            await Assert.ThrowsAsync<SeedanceException>(() => _a.UpdateAsync(job.Job.Id, WithProgress(99), Stop, lost));
        await _b.UpdateAsync(job.Job.Id, WithProgress(50), Stop, held);

        Assert.True(held > lost);
        Assert.True(StoreErrors.IsLost(error));
        Assert.Contains("on second", error.Message, StringComparison.Ordinal);
        Assert.Equal(50, (await _a.FindAsync(job.Job.Id, Stop))!.Job.Progress);
        Assert.Null((await HoldAsync(_a, job)).Term);
    }

    [Fact]
    public async Task HoldAsync_HeldOnceMoreByTheSame_KeepsItsTerm()
    {
        StoredJob job = await AddAsync();

        await HoldAsync(_a, job);

        Assert.Equal(1, (await HoldAsync(_a, job)).Term);
        Assert.Equal(1, (await HoldAsync(Bench.Open(s_first), job)).Term);
    }

    [Fact]
    public async Task HoldAsync_ProcessOfThisMachineHasEnded_IsTakenOverAtOnce()
    {
        ProcessMark dead = ProcessMark.Current with { ProcessId = int.MaxValue };
        StoredJob job = await AddAsync();
        await HoldAsync(Bench.Open(dead), job);

        Assert.Equal(2, (await HoldAsync(_b, job)).Term);
        Assert.Equal(0, Bench.Count($"holder where mark = '{dead.ToText()}'"));
    }

    [Fact]
    public async Task ReleaseAsync_Held_IsFreeForOthers()
    {
        StoredJob job = await AddAsync();
        await HoldAsync(_a, job);

        await _b.ReleaseLeasesAsync([job.Job.Id]);
        Assert.Null((await HoldAsync(_b, job)).Term);

        await _a.ReleaseLeasesAsync([job.Job.Id]);
        Assert.Equal(2, (await HoldAsync(_b, job)).Term);
    }

    [Fact]
    public async Task UpdateAsync_HeldJobEnds_IsLetGoOfAndHeardOfByOthers()
    {
        StoredJob job = await AddAsync();
        EndedJobs before = await _b.EndedSinceAsync(since: null, Stop);
        long term = (await HoldAsync(_a, job)).Term!.Value;

        await _a.UpdateAsync(
            job.Job.Id, static stored => stored with { Job = stored.Job with { State = JobStatus.Succeeded } }, Stop, term);

        Assert.Empty(before.Ids);
        Assert.Equal(job.Job.Id, Assert.Single((await _b.EndedSinceAsync(before.Until, Stop)).Ids));
        Assert.Equal(2, (await HoldAsync(_b, job)).Term);
    }

    [Fact]
    public async Task TryTakeSlotAsync_LeaseOfTheSubmitterEnds_ItsRecordIsAnOrphansAndItCannotWithdrawIt()
    {
        StoredJob sample = Samples.StoredJob();
        StoredJob record = sample with { Owner = null, Job = sample.Job with { ProviderJobId = null, State = JobStatus.Submitting } };
        record = record with { Term = (await _a.TryTakeSlotAsync(record, new SlotTerms(9), Stop)).Term };
        Assert.True((await _b.FindAsync(record.Job.Id, Stop))!.OwnerMayBeAlive);

        Bench.EndLease(s_first);
        Assert.False((await _b.FindAsync(record.Job.Id, Stop))!.OwnerMayBeAlive);
        await _b.UpdateAsync(
            record.Job.Id, static stored => stored with { Owner = null, Job = stored.Job with { State = JobStatus.Unconfirmed } }, Stop);

        Assert.False(await _a.WithdrawAsync(record));
        Assert.Equal(JobStatus.Unconfirmed, (await _b.FindAsync(record.Job.Id, Stop))!.Job.State);
    }

    [Fact]
    public async Task TryTakeSlotAsync_LeaseOfOneInTheQueueEnds_ItsPlaceCountsNoMore()
    {
        StoredJob first = Waiting(), second = Waiting();
        await _a.TryTakeSlotAsync(first, new SlotTerms(0), Stop);
        Assert.Single((await _b.TryTakeSlotAsync(second, new SlotTerms(1), Stop)).Ahead);

        Bench.EndLease(s_first);

        Assert.True((await _b.TryTakeSlotAsync(second, new SlotTerms(1), Stop)).Taken);
    }

    private static Func<StoredJob, StoredJob> WithProgress(int percent) => stored =>
        stored with { Job = stored.Job with { Progress = percent } };

    private static async Task<JobLease> HoldAsync(IJobStore store, StoredJob job) =>
        Assert.Single(await store.HoldAsync([job.Job.Id], Stop));

    private static StoredJob Waiting()
    {
        StoredJob sample = Samples.StoredJob();
        return sample with { Owner = null,
            Job = sample.Job with { ClientToken = null, ProviderJobId = null, State = JobStatus.Submitting } };
    }

    private async Task<StoredJob> AddAsync()
    {
        StoredJob job = Samples.StoredJob() with { Owner = null };
        await _a.AddAsync(job, Stop);
        return job;
    }
}
