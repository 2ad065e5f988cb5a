using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

/// <summary>The heart of a process beats as long as it holds a job, however long it held none before.</summary>
public sealed class HeartbeatTests : IDisposable
{
    private readonly SqliteBench _bench = new();
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task TryTakeSlotAsync_SessionThatWasIdleForLongerThanALease_KeepsTheLeaseOfItsSubmit()
    {
        using SqlJobStore submits = Open("submits"), reads = Open("reads");
        StoredJob first = Job(0), second = Job(1);
        await submits.TryTakeSlotAsync(first, new SlotTerms(9), Stop);
        await submits.WithdrawAsync(first);
        _time.Advance(ProcessMark.Lease + ProcessMark.Lease);

        await submits.TryTakeSlotAsync(second, new SlotTerms(9), Stop);
        _time.Advance(ProcessMark.Lease + ProcessMark.Lease);

        Assert.True((await reads.FindAsync(second.Job.Id, Stop))!.OwnerMayBeAlive);
    }

    /// <summary>A worker that is stopped lets go of what its poll loop lets go of, too; all is free when it is over.</summary>
    [Fact]
    public async Task ReleaseLeasesAsync_WhileAnotherReleaseOfTheJobIsUnderWay_EndsWhenItIsFree()
    {
        using SqlJobStore holds = Open("holds");
        string id = await AddAsync(holds);
        await holds.HoldAsync([id], Stop);
        Task first, second;
        using (_bench.Hold())
        {
            first = holds.ReleaseLeasesAsync([id]);
            second = holds.ReleaseLeasesAsync([id]);
            Assert.False(second.IsCompleted);
        }

        await second;
        Assert.Equal(0, _bench.Count("job where owner is not null"));
        await first;
    }

    [Fact]
    public async Task ReleaseLeasesAsync_DiskTakesNothing_IsDoneWithALaterBeat()
    {
        using SqlJobStore holds = Open("holds"), waits = Open("waits");
        string left = await AddAsync(holds), kept = await AddAsync(holds);
        await holds.HoldAsync([left, kept], Stop);
        _bench.Break();
        await Assert.ThrowsAsync<SeedanceException>(() => holds.ReleaseLeasesAsync([left]));
        _bench.Mend();
        Assert.Null((await waits.HoldAsync([left], Stop))[0].Term);

        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.NotNull((await waits.HoldAsync([left], Stop))[0].Term);
        Assert.Null((await waits.HoldAsync([kept], Stop))[0].Term);
    }

    [Fact]
    public void Add_SoonAfterTheHeartHasStopped_BeatsAgain()
    {
        int beats = 0;
        using HeldLeases leases = new(
            () =>
            {
                beats++;
                return Task.CompletedTask;
            },
            _time);
        leases.Beaten(_time.GetTimestamp());
        leases.Add("first", 1);
        leases.Remove("first");
        _time.Advance(TimeSpan.FromSeconds(15));
        leases.Beaten(_time.GetTimestamp()); // As a new role is told of.
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((0, false), (beats, leases.IsDue));

        leases.Add("second", 1);
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(3, beats);
    }

    private static async Task<string> AddAsync(SqlJobStore store)
    {
        StoredJob job = Samples.StoredJob() with { Owner = null };
        job = job with { Job = job.Job with { Id = JobId.Create(job.Job.CreatedAt), ClientToken = null, ProviderJobId = null } };
        await store.AddAsync(job, Stop);
        return job.Job.Id;
    }

    private SqlJobStore Open(string machine) =>
        new(new SqliteEngine(_bench.Home, _time) { Self = StoreBench.Elsewhere(machine) }, _time);

    private static StoredJob Job(int second)
    {
        StoredJob sample = Samples.StoredJob();
        return sample with
        {
            Owner = null,
            Job = sample.Job with
            {
                Id = JobId.Create(sample.Job.CreatedAt.AddSeconds(second)), ClientToken = null, ProviderJobId = null,
                State = JobStatus.Submitting,
            },
        };
    }
}
