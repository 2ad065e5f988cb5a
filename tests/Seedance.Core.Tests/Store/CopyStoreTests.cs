using Microsoft.Data.Sqlite;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

/// <summary>A store moved into an empty one of another engine, or of the same.</summary>
public sealed class CopyStoreTests : IDisposable
{
    private readonly SqliteBench _first = new();
    private readonly SqliteBench _last = new();
    private readonly RecordingOutput _output = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _first.Dispose();
        _last.Dispose();
    }

    [Fact]
    public async Task RunAsync_ToAServerAndBack_BringsSlotsReservationsTokensAndSums()
    {
        using PostgresBench server = new();
        StoredJob running = await FillAsync();

        await CopyAsync(new SqliteEngine(_first.Home), Engine(server));

        IJobStore there = server.Open();
        Assert.Equal(running.Job.Id, (await there.FindByTokenAsync("row-7", Stop))!.Job.Id);
        SlotVerdict verdict = await there.TryTakeSlotAsync(Job("another"), new SlotTerms(1), Stop);
        Assert.False(verdict.Taken); // The one that runs has the slot.
        await there.LeaveQueueAsync(Job("another"));
        Assert.Equal(await _first.Open().SumSpendAsync(null, null, Stop), await there.SumSpendAsync(null, null, Stop));
        await there.UpdateAsync(running.Job.Id,
            stored => stored with { Job = stored.Job with { ActualCost = new SeedanceCost { Amount = 0.30m, Unit = "USD" } } }, Stop);
        await there.AddDurationAsync("kind", TimeSpan.FromSeconds(2.125), Stop); // Its number follows the ones that were copied.

        await CopyAsync(Engine(server), new SqliteEngine(_last.Home));

        Assert.Equal(0.30m, Assert.Single(await _last.Open().SumSpendAsync(null, null, Stop)).Amount.Settled);
        Assert.Equal([1.5, 2.125], (await _last.Open().DurationsAsync("kind", Stop)).Select(duration => duration.TotalSeconds));
        Assert.Contains("job: 1 rows, the same in both.", _output.Of("verbose"));
    }

    [Fact]
    public async Task RunAsync_TargetHasAJob_IsRefusedAndNeitherChanges()
    {
        await FillAsync();
        await _last.Open().AddAsync(Job("other"), Stop);

        SeedanceException error =
            await Assert.ThrowsAsync<SeedanceException>(() => CopyAsync(new SqliteEngine(_first.Home), new SqliteEngine(_last.Home)));

        Assert.Contains("is not empty: its table 'job' has 1 rows", error.Message, StringComparison.Ordinal);
        Assert.Equal((1, 1), (_first.Count("job"), _last.Count("job")));
    }

    [Fact]
    public async Task RunAsync_BreaksOnTheWay_LeavesTheTargetEmpty()
    {
        await FillAsync();
        using (SqlJobStore store = new(new SqliteEngine(_last.Home)))
        {
            await store.PauseAsync("makes the tables", TimeSpan.Zero, Stop);
        }

        _last.Run("delete from account");
        _last.Run("create trigger broken before insert on duration begin select raise(abort, 'the disk takes no more'); end");

        SeedanceException error =
            await Assert.ThrowsAsync<SeedanceException>(() => CopyAsync(new SqliteEngine(_first.Home), new SqliteEngine(_last.Home)));

        Assert.Contains("the disk takes no more", error.Message, StringComparison.Ordinal);
        Assert.All(CopiedTable.All, table => Assert.Equal(0, _last.Count(table.Name)));
    }

    [Fact]
    public async Task RunAsync_SomebodyIsAtWorkOnTheSource_IsRefused()
    {
        await FillAsync();
        _first.Run("insert into holder (mark, role, lease_until) values ('elsewhere|1|1', null, '9999-01-01T00:00:00.000Z')");

        SeedanceException error =
            await Assert.ThrowsAsync<SeedanceException>(() => CopyAsync(new SqliteEngine(_first.Home), new SqliteEngine(_last.Home)));

        Assert.Contains("at work", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ToItself_IsRefused() => Assert.Contains(
        "to itself",
        (await Assert.ThrowsAsync<SeedanceException>(
            () => CopyAsync(new SqliteEngine(_first.Home), new SqliteEngine(_first.Home)))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task All_TablesOfTheSchema_AreCopiedOrBelongToOneStore()
    {
        await FillAsync();
        using SqliteEngine engine = new(_first.Home);
        using StoreSession session = (await engine.ReadAsync(Stop))!;

        List<string> tables = await session.QueryAsync(
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'", static row => row.GetString(0));

        Assert.Equal(
            tables.Order(StringComparer.Ordinal),
            CopiedTable.All.Select(table => table.Name).Concat(["seedance", "holder", "place"]).Order(StringComparer.Ordinal));
    }

    private static PostgresEngine Engine(PostgresBench server) => new(StoreAddress.Parse(server.ConnectionString));

    private static StoredJob Job(string token)
    {
        StoredJob sample = Samples.StoredJob();
        return sample with {
            Job = sample.Job with { ClientToken = token, ProviderJobId = null, State = JobStatus.Submitting, Outputs = [],
            ActualCost = null } };
    }

    private async Task CopyAsync(StoreEngine from, StoreEngine to)
    {
        using (from)
        using (to)
        {
            await new CopyStore(from, to).RunAsync(_output, Stop);
        }
    }

    /// <summary>A job that runs with a slot and a reservation, a pause and a duration; by a process that has ended.</summary>
    private async Task<StoredJob> FillAsync()
    {
        using SqlJobStore store = new(new SqliteEngine(_first.Home));
        StoredJob job = Job("row-7");
        Assert.True((await store.TryTakeSlotAsync(job, new SlotTerms(9), Stop)).Taken);
        StoredJob running =
            (await store.UpdateAsync(
            job.Job.Id, stored => stored with { Job = stored.Job with { State = JobStatus.Running, ProviderJobId = "p-7" } }, Stop))!;
        await store.PauseAsync("acme", TimeSpan.FromHours(1), Stop);
        await store.AddDurationAsync("kind", TimeSpan.FromSeconds(1.5), Stop);
        _first.Run("delete from holder");
        return running;
    }
}
