using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

/// <summary>A file that is not what it was: set aside, and nothing begins in its place before its owner has moved it away.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private readonly SqliteBench _bench = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_bench.Home, "seedance.db");

    private string Mark => Database + "-checked";

    private string[] Aside =>
        [.. Directory.GetFiles(_bench.Home, "seedance.db.damaged-*")
        .Where(path => !path.EndsWith("-wal", StringComparison.Ordinal) && !path.EndsWith("-shm", StringComparison.Ordinal))];

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Everything_FileIsNoDatabase_IsAnErrorThatSaysWhatToDoUntilItIsMovedAway()
    {
        await File.WriteAllTextAsync(Database, new string('x', 8192), Stop);

        foreach (Func<Task> operation in new Func<Task>[]
        {
            () => _bench.Open().TryTakeSlotAsync(Samples.StoredJob(), new SlotTerms(1), Stop),
            () => _bench.Open().TryTakeSlotAsync(Samples.StoredJob(), new SlotTerms(1), Stop),
            () => _bench.Open().FindByTokenAsync("row-7", Stop),
            () => _bench.Open().SumSpendAsync(null, null, Stop),
        })
        {
            AssertDamaged(await Assert.ThrowsAsync<SeedanceException>(operation));
            Assert.False(File.Exists(Database));
        }

        File.Delete(Assert.Single(Aside));
        Assert.True((await _bench.Open().TryTakeSlotAsync(Samples.StoredJob(), new SlotTerms(1), Stop)).Taken);
    }

    [Fact]
    public async Task Open_PageIsDamagedAndTheMachineWasStartedAnew_SetsTheFileAside()
    {
        StoredJob job = await FillAsync();
        DamageAPage();
        await File.WriteAllTextAsync(Mark, "an earlier start of the machine", Stop);

        AssertDamaged(await Assert.ThrowsAsync<SeedanceException>(() => _bench.Open().FindAsync(job.Job.Id, Stop)));

        Assert.Single(Aside);
    }

    [Fact]
    public async Task Open_LookedAtSinceTheMachineStarted_IsNotReadAgain()
    {
        StoredJob job = await FillAsync();
        DamageAPage();

        Assert.NotNull(await _bench.Open().FindByTokenAsync(job.Job.ClientToken!, Stop)); // Of another page.
        Assert.Empty(Aside);
    }

    [Fact]
    public async Task List_MeetsADamagedPage_IsAnErrorAndTheNextProcessSetsTheFileAside()
    {
        await FillAsync();
        DamageAPage();

        SeedanceException met = await Assert.ThrowsAsync<SeedanceException>(async () =>
        {
            await foreach (StoredJob _ in _bench.Open().ListAsync(JobScope.All, static error => throw error, Stop))
            {
            }
        });
        Assert.Contains("is damaged", met.Message, StringComparison.Ordinal);

        AssertDamaged(await Assert.ThrowsAsync<SeedanceException>(() => _bench.Open().FindByTokenAsync("row-7", Stop)));
        Assert.Single(Aside);
    }

    [Fact]
    public async Task Open_FileWasEmptied_IsNoNewStore()
    {
        await FillAsync();
        await File.WriteAllBytesAsync(Database, [], Stop);

        AssertDamaged(
            await Assert.ThrowsAsync<SeedanceException>(() => _bench.Open().TryTakeSlotAsync(Samples.StoredJob(), new SlotTerms(1), Stop)));
    }

    [Fact]
    public async Task Open_OwnerHasDeletedTheFile_BeginsANewStore()
    {
        await FillAsync();
        File.Delete(Database);

        Assert.True((await _bench.Open().TryTakeSlotAsync(Samples.StoredJob(), new SlotTerms(1), Stop)).Taken);
    }

    private void AssertDamaged(SeedanceException error)
    {
        Assert.Equal((ErrorCode.StoreFailure, Database), (error.Code, error.Target));
        Assert.Contains(Assert.Single(Aside), error.Message, StringComparison.Ordinal);
        Assert.Contains("sqlite3 " + Aside[0] + " .recover | sqlite3 " + Database, error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("Get-SeedanceJob -Provider <name> -AtProvider", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("Resolve-SeedanceJob", error.RecommendedAction, StringComparison.Ordinal);
    }

    /// <summary>Jobs on several pages, all of them in the file and none in its log.</summary>
    private async Task<StoredJob> FillAsync()
    {
        using SqlJobStore store = new(new SqliteEngine(_bench.Home));
        StoredJob first = Samples.StoredJob();
        await store.AddAsync(first, Stop);
        for (int i = 0; i < 40; i++)
        {
            StoredJob sample = Samples.StoredJob();
            await store.AddAsync(sample with { Job = sample.Job with { ClientToken = null, ProviderJobId = null } }, Stop);
        }

        _bench.Run("pragma wal_checkpoint(truncate)");
        return first;
    }

    /// <summary>The last page of the table of jobs: a leaf (https://sqlite.org/fileformat.html, 1.6) with a record on it.</summary>
    private void DamageAPage()
    {
        const int Page = 4096;
        byte[] file = File.ReadAllBytes(Database);
        int page = Enumerable.Range(1, (file.Length / Page) - 1)
            .Last(number => file[number * Page] == 0x0d && file.AsSpan(number * Page, Page).IndexOf("\"prompt\""u8) > 0);
        file.AsSpan(page * Page, Page).Fill(0xa5);
        using FileStream written = new(Database, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        written.Write(file);
    }
}
