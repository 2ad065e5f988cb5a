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
