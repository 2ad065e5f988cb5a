using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

/// <summary>What nobody can read may be paid for; it must never look like a job that there is not.</summary>
public abstract class DamagedRecordSuite : StoreSuite
{
    private readonly IJobStore _store;
    private readonly StoredJob _job = Samples.StoredJob();

    private protected DamagedRecordSuite(StoreBench bench)
        : base(bench) => _store = bench.Open();

    [Fact]
    public async Task Lookups_AfterAnotherCommandMetTheDamage_StillFail()
    {
        await DamageAsync();
        await TakeAnotherAsync(); // Reads it first, as the submit of another row does.

        foreach (Task<StoredJob?> lookup in new[]
        {
            _store.FindByTokenAsync(_job.Job.ClientToken!, Stop),
            _store.FindByProviderJobIdAsync(_job.Job.Provider, _job.Job.ProviderJobId!, Stop),
            _store.FindAsync(_job.Job.Id, Stop),
            _store.UpdateAsync(_job.Job.Id, static stored => stored, Stop),
        })
        {
            SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(() => lookup);
            Assert.Equal(ErrorCode.StoreFailure, error.Code);
            Assert.Equal(_job.Job.Id, error.Target);
            Assert.Contains("Remove-SeedanceJob -Id " + _job.Job.Id + " -Force", error.RecommendedAction, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task TryTakeSlotAsync_TokenOfADamagedRecord_IsNotGivenASlot()
    {
        await DamageAsync();
        StoredJob again = Another() with { Job = Another().Job with { ClientToken = _job.Job.ClientToken } };

        await Assert.ThrowsAsync<SeedanceException>(() => _store.TryTakeSlotAsync(again, new SlotTerms(9), Stop));

        Assert.Null(await _store.FindAsync(again.Job.Id, Stop));
    }

    [Fact]
    public async Task TryTakeSlotAsync_DamagedOpenRecord_CountsAsASlotEveryTime()
    {
        await DamageAsync();

        for (int i = 0; i < 2; i++)
        {
            SlotVerdict verdict = await TakeAnotherAsync(limit: 1);
            Assert.False(verdict.Taken);
            Assert.Equal(_job.Job.Id, Assert.Single(verdict.Unreadable).Target);
        }
    }

    [Fact]
    public async Task TryTakeSlotAsync_DamagedRecordOfAnotherAccount_IsNotItsBusiness()
    {
        await DamageAsync();
        await _store.TryTakeSlotAsync(Another(), new SlotTerms(9), Stop);

        StoredJob elsewhere = Another() with { Job = Another().Job with { Provider = "Muapi" } };

        Assert.Empty((await _store.TryTakeSlotAsync(elsewhere, new SlotTerms(1), Stop)).Unreadable);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ListAsync_DamagedRecord_IsReportedEachTimeUntilItIsRemoved(bool unfinished)
    {
        JobScope scope = unfinished ? JobScope.Unfinished : JobScope.All;
        await DamageAsync();

        Assert.Equal(_job.Job.Id, Assert.Single(await ReportedAsync(scope)).Target);
        Assert.Equal(_job.Job.Id, Assert.Single(await ReportedAsync(scope)).Target);

        Assert.True(await _store.RemoveAsync(_job.Job.Id, Stop));
        Assert.Empty(await ReportedAsync(scope));
        Assert.Null(await _store.FindByTokenAsync(_job.Job.ClientToken!, Stop));
    }

    [Theory]
    [InlineData("\"notes\":{", "\"notes\":{\"route\":\"earlier\",")]
    [InlineData("\"options\":{", "\"options\":{\"flag\":false,")]
    [InlineData("\"status\":", "\"status\":\"Queued\",\"status\":")]
    public async Task EveryOperation_RecordNamesAFieldTwice_TakesTheLastAndGoesOn(string place, string twice)
    {
        string text = await DamageAsync();
        Assert.Contains(place, text, StringComparison.Ordinal);
        Write(text.Replace(place, twice, StringComparison.Ordinal));

        Assert.Empty(await ReportedAsync(JobScope.All));
        StoredJob found = (await _store.FindAsync(_job.Job.Id, Stop))!;
        Assert.Equal((_job.Job.State, "executions", true), (found.Job.State, found.Notes["route"], found.Job.Request!.Options["flag"]));
        Assert.True((await TakeAnotherAsync()).Taken);
        Assert.True(await _store.RemoveAsync(_job.Job.Id, Stop));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"version\":1,\"id\":\"x\",\"provider\":\"p\",\"status\":\"Queued\",\"createdAt\":\"9999999999999999\"}")]
    [InlineData("{\"version\":1,\"\\ud800\":1}")]
    public async Task ListAsync_RecordThatCannotBeRead_IsReportedAndTheRestFollows(string content)
    {
        await DamageAsync();
        Write(content);
        await TakeAnotherAsync();
        List<StoredJob> jobs = [];

        await foreach (StoredJob job in _store.ListAsync(JobScope.All, error => Assert.Equal(_job.Job.Id, error.Target), Stop))
        {
            jobs.Add(job);
        }

        Assert.Single(jobs);
    }

    [Fact]
    public async Task FindAsync_RecordIsRepaired_IsAnOrdinaryJobAgain()
    {
        string whole = await DamageAsync();
        await Assert.ThrowsAsync<SeedanceException>(() => _store.FindAsync(_job.Job.Id, Stop));

        Write(whole);

        Assert.Equal(_job.Job.Id, (await _store.FindByTokenAsync(_job.Job.ClientToken!, Stop))!.Job.Id);
        Assert.Empty(await ReportedAsync(JobScope.All));
    }

    /// <summary>Cuts the record in half, and gives what it was.</summary>
    private async Task<string> DamageAsync()
    {
        await _store.TryTakeSlotAsync(
            _job with { Job = _job.Job with { ProviderJobId = null, State = JobStatus.Submitting } }, new SlotTerms(9), Stop);
        await _store.UpdateAsync(_job.Job.Id, _ => _job, Stop);
        string whole = (string)Bench.Read("select document from job")!;
        Write(whole[..(whole.Length / 2)]);
        return whole;
    }

    private void Write(string document) =>
        Bench.Run("update job set document = '" + document.Replace("'", "''", StringComparison.Ordinal) + $"' where id = '{_job.Job.Id}'");

    private StoredJob Another() =>
        _job with { Job = _job.Job with { Id = JobId.Create(_job.Job.CreatedAt), ClientToken = null, ProviderJobId = null,
        State = JobStatus.Submitting } };

    private Task<SlotVerdict> TakeAnotherAsync(int limit = 9) => _store.TryTakeSlotAsync(Another(), new SlotTerms(limit), Stop);

    private async Task<List<SeedanceException>> ReportedAsync(JobScope scope)
    {
        List<SeedanceException> reported = [];
        await foreach (StoredJob job in _store.ListAsync(scope, reported.Add, Stop))
        {
            Assert.NotNull(job);
        }

        return reported;
    }
}
