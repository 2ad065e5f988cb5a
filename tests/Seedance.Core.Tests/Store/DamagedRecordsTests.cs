using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

/// <summary>What nobody can read may be paid for; it must never look like a job that there is not.</summary>
public sealed class DamagedRecordsTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("seedance-damaged-").FullName;
    private readonly FileJobStore _store;
    private readonly StoredJob _job = Samples.StoredJob();

    public DamagedRecordsTests() => _store = new FileJobStore(_home);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string OpenPath => Path.Combine(_home, "jobs", "open", AccountKey.Of(_job.Job), _job.Job.Id + ".json");

    private string Kept => Path.Combine(_home, "jobs", "damaged", "open", AccountKey.Of(_job.Job), _job.Job.Id + ".json");

    public void Dispose() => Directory.Delete(_home, recursive: true);

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
            Assert.Equal(Kept, error.Target);
            Assert.Contains(OpenPath, error.RecommendedAction, StringComparison.Ordinal);
            Assert.Contains("delete it", error.RecommendedAction, StringComparison.Ordinal);
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
            Assert.Equal(Kept, Assert.Single(verdict.Unreadable).Target);
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

        Assert.Equal(Kept, Assert.Single(await ReportedAsync(scope)).Target);
        Assert.Equal(Kept, Assert.Single(await ReportedAsync(scope)).Target);

        File.Delete(Kept);
        Assert.Empty(await ReportedAsync(scope));
        Assert.Null(await _store.FindByTokenAsync(_job.Job.ClientToken!, Stop));
    }

    [Theory]
    [InlineData("\"notes\": {", "\"notes\": { \"route\": \"earlier\",")]
    [InlineData("\"options\": {", "\"options\": { \"flag\": false,")]
    [InlineData("\"status\":", "\"status\": \"Queued\", \"status\":")]
    public async Task EveryOperation_RecordNamesAFieldTwice_TakesTheLastAndGoesOn(string place, string twice)
    {
        byte[] whole = await DamageAsync();
        string text = System.Text.Encoding.UTF8.GetString(whole);
        Assert.Contains(place, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(OpenPath, text.Replace(place, twice, StringComparison.Ordinal), Stop);

        Assert.Empty(await ReportedAsync(JobScope.All));
        StoredJob found = (await _store.FindAsync(_job.Job.Id, Stop))!;
        Assert.Equal((_job.Job.Status, "executions", true), (found.Job.Status, found.Notes["route"], found.Job.Request!.Options["flag"]));
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
        await File.WriteAllTextAsync(OpenPath, content, Stop);
        await TakeAnotherAsync();
        List<StoredJob> jobs = [];

        await foreach (StoredJob job in _store.ListAsync(JobScope.All, error => Assert.Equal(Kept, error.Target), Stop))
        {
            jobs.Add(job);
        }

        Assert.Single(jobs);
    }

    [Fact]
    public async Task FindAsync_RepairedFileIsPutBack_IsAnOrdinaryJobAgain()
    {
        byte[] whole = await DamageAsync();
        await Assert.ThrowsAsync<SeedanceException>(() => _store.FindAsync(_job.Job.Id, Stop));

        await File.WriteAllBytesAsync(Kept, whole, Stop);
        File.Move(Kept, OpenPath);

        Assert.Equal(_job.Job.Id, (await _store.FindByTokenAsync(_job.Job.ClientToken!, Stop))!.Job.Id);
        Assert.Empty(await ReportedAsync(JobScope.All));
    }

    [Fact]
    public async Task FindAsync_AnotherProcessSetsItAsideInTheSameMoment_LosesNothing()
    {
        await DamageAsync();
        FileJobStore late = new(_home, path =>
        {
            byte[] bytes = File.ReadAllBytes(path);
            Assert.Throws<SeedanceException>(() => _store.FindAsync(_job.Job.Id, Stop).GetAwaiter().GetResult());
            return bytes;
        });

        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(() => late.FindAsync(_job.Job.Id, Stop));

        Assert.Equal(Kept, error.Target);
        Assert.True(File.Exists(Kept));
    }

    [Fact]
    public async Task FindAsync_AnEarlierDamagedFileIsKept_TouchesNeither()
    {
        await DamageAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(Kept)!);
        await File.WriteAllTextAsync(Kept, "earlier", Stop);

        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(() => _store.FindAsync(_job.Job.Id, Stop));

        Assert.Equal(OpenPath, error.Target);
        Assert.Equal("earlier", await File.ReadAllTextAsync(Kept, Stop));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026")]
    public async Task Lookups_FileFromTheTokenToTheJobIsDamaged_FailInsteadOfFindingNothing(string content)
    {
        await _store.TryTakeSlotAsync(_job, new SlotTerms(9), Stop);
        await _store.UpdateAsync(_job.Job.Id, static stored => stored with { Job = stored.Job with { ProviderJobId = "p-2" } }, Stop);
        foreach (string path in new[] { "tokens", "provider-ids" }.SelectMany(name => Directory.GetFiles(Path.Combine(_home, "jobs", name))))
        {
            await File.WriteAllTextAsync(path, content, Stop);
        }

        foreach (Task lookup in new Task[]
        {
            _store.FindByTokenAsync(_job.Job.ClientToken!, Stop),
            _store.FindByProviderJobIdAsync(_job.Job.Provider, "p-2", Stop),
            _store.TryTakeSlotAsync(Another() with { Job = Another().Job with { ClientToken = _job.Job.ClientToken } }, new SlotTerms(9), Stop),
        })
        {
            Assert.Equal(ErrorCode.StoreFailure, (await Assert.ThrowsAsync<SeedanceException>(() => lookup)).Code);
        }
    }

    /// <summary>Cuts the record in half, and gives what it was.</summary>
    private async Task<byte[]> DamageAsync()
    {
        await _store.TryTakeSlotAsync(_job with { Job = _job.Job with { ProviderJobId = null, Status = JobStatus.Submitting } }, new SlotTerms(9), Stop);
        await _store.UpdateAsync(_job.Job.Id, _ => _job, Stop);
        byte[] whole = await File.ReadAllBytesAsync(OpenPath, Stop);
        await File.WriteAllBytesAsync(OpenPath, whole[..(whole.Length / 2)], Stop);
        return whole;
    }

    private StoredJob Another() => _job with { Job = _job.Job with { Id = JobId.Create(_job.Job.CreatedAt), ClientToken = null, ProviderJobId = null, Status = JobStatus.Submitting } };

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
