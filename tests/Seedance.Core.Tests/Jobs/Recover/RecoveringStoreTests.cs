using Seedance.Jobs.Query;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Recover;

/// <summary>Whatever is read of a submit whose process ended says what became of it, whoever reads; nobody has to ask for that.</summary>
public sealed class RecoveringStoreTests : IDisposable
{
    private static readonly ProcessMark s_dead = new(Environment.MachineName, int.MaxValue, 0);
    private readonly TestServices _kit = new(new ScriptedHandler());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IJobStore Store => _kit.Services.Store;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Find_MayHaveBeenSent_IsUnconfirmedByIdByTokenAndInTheStore()
    {
        StoredJob dead = await RecordAsync(unsent: false, "row-1");

        Assert.Equal(JobStatus.Unconfirmed, (await Store.FindByTokenAsync("row-1", Stop))!.Job.State);
        Assert.Equal(JobStatus.Unconfirmed, (await Store.FindAsync(dead.Job.Id, Stop))!.Job.State);
        Assert.Contains("Unconfirmed", Assert.Single(_kit.Rows.Documents()), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Find_NeverSent_IsNotThereAndItsMoneyIsFree()
    {
        StoredJob dead = await RecordAsync(unsent: true, "row-1");

        Assert.Null(await Store.FindByTokenAsync("row-1", Stop));
        Assert.Null(await Store.FindAsync(dead.Job.Id, Stop));
        Assert.Empty(await Store.SumSpendAsync(null, null, Stop));
        Assert.Contains("Nothing was spent", JobLookup.NotFound(dead.Job.Id, _kit.Services).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OnlyTheUnconfirmed_HasTheOneThatMayHaveBeenSent()
    {
        StoredJob sent = await RecordAsync(unsent: false);
        await RecordAsync(unsent: true);

        List<StoredJob> found = [];
        await foreach (StoredJob stored in Store.ListAsync(new JobScope { Statuses = [JobStatus.Unconfirmed] }, static _ => { }, Stop))
        {
            found.Add(stored);
        }

        Assert.Equal((sent.Job.Id, JobStatus.Unconfirmed), (Assert.Single(found).Job.Id, found[0].Job.State));
    }

    [Fact]
    public async Task List_OneThatWasNeverSentCannotBeWithdrawn_ListsTheOthers()
    {
        StoredJob sent = await RecordAsync(unsent: false);
        await RecordAsync(unsent: true);
        _kit.Rows.Run("create trigger broken before delete on job begin select raise(abort, 'the disk takes no more'); end");

        List<StoredJob> found = [];
        await foreach (StoredJob stored in Store.ListAsync(new JobScope(), static _ => { }, Stop))
        {
            found.Add(stored);
        }

        Assert.Equal(sent.Job.Id, Assert.Single(found).Job.Id);
        Assert.Equal(2, _kit.Rows.Count("job"));
    }

    [Fact]
    public async Task Update_MayHaveBeenSent_ChangesTheUnconfirmedJob()
    {
        StoredJob dead = await RecordAsync(unsent: false);

        JobStatus? before = null;
        StoredJob? after = await Store.UpdateAsync(
            dead.Job.Id,
            current =>
            {
                before = current.Job.State;
                return current with { Job = current.Job with { Tag = "seen" } };
            },
            Stop);

        Assert.Equal((JobStatus.Unconfirmed, JobStatus.Unconfirmed, "seen"), (before, after?.Job.State, after?.Job.Tag));
    }

    [Fact]
    public async Task TryTakeSlot_BesideBoth_NamesTheOneThatMayHaveBeenSentAndFreesTheToken()
    {
        StoredJob sent = await RecordAsync(unsent: false);
        await RecordAsync(unsent: true, "row-1");

        SlotVerdict verdict = await Store.TryTakeSlotAsync(
            New(unsent: true, "row-1") with { Owner = ProcessMark.Current }, new SlotTerms(10), Stop);

        Assert.True(verdict.Taken);
        Assert.Equal((sent.Job.Id, JobStatus.Unconfirmed), (Assert.Single(verdict.InFlight).Job.Id, verdict.InFlight[0].Job.State));
    }

    private async Task<StoredJob> RecordAsync(bool unsent, string? token = null)
    {
        StoredJob record = New(unsent, token);
        using SqlJobStore raw = new(new SqliteEngine(_kit.Home));
        Assert.True((await raw.TryTakeSlotAsync(record, new SlotTerms(10), Stop)).Taken);
        return record;
    }

    private StoredJob New(bool unsent, string? token) => new(new SeedanceJob
    {
        Id = JobId.Create(_kit.Time.GetUtcNow()),
        Provider = "Acme",
        Endpoint = new Uri("https://acme.example/"),
        Model = "seedance-acme",
        WireModel = "acme-1",
        Prompt = "a fox",
        ClientToken = token,
        State = JobStatus.Submitting,
        CreatedAt = _kit.Time.GetUtcNow(),
    })
    {
        Owner = s_dead,
        IsUnsent = unsent,
    };
}
