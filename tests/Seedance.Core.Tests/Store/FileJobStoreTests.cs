using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

public sealed class FileJobStoreTests : IDisposable
{
    private static readonly DateTimeOffset s_day = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly string _home = Directory.CreateTempSubdirectory("seedance-store-").FullName;
    private readonly FileJobStore _store;

    public FileJobStoreTests() => _store = new FileJobStore(_home);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task FindAsync_AnotherStoreOnTheSameFolder_ReadsEveryField()
    {
        StoredJob job = Samples.StoredJob();
        await _store.AddAsync(job, Stop);

        StoredJob? read = await new FileJobStore(_home).FindAsync(job.Job.Id, Stop);

        Assert.Equal(Encoding.UTF8.GetString(JobDocument.Write(job)), Encoding.UTF8.GetString(JobDocument.Write(read!)));
        Assert.Equal(job.Job.Prompt, read!.Job.Prompt);
        Assert.Equal(job.Job.Outputs[0].Url, read.Job.Outputs[0].Url);
        Assert.Equal(job.Job.EstimatedCost, read.Job.EstimatedCost);
        Assert.Equal(job.Owner, read.Owner);
        Assert.Equal(job.Job.Attempts, read.Job.Attempts);
        Assert.True(read.IsBooked);
        Assert.Equal(job.Notes["route"], read.Notes["route"]);
        Assert.Equal(new object?[] { 1L, "two" }, (object?[])read.Job.Request!.Options["list"]!);
    }

    [Fact]
    public async Task AddAsync_SameIdTwice_KeepsTheFirstAndFails()
    {
        StoredJob job = Samples.StoredJob();
        await _store.AddAsync(job, Stop);

        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(() => _store.AddAsync(job with { Job = job.Job with { Prompt = "other" } }, Stop));

        Assert.Equal(ErrorCode.StoreFailure, error.Code);
        Assert.Equal(job.Job.Prompt, (await _store.FindAsync(job.Job.Id, Stop))!.Job.Prompt);
    }

    [Fact]
    public async Task UpdateAsync_JobEnds_LeavesTheOpenFolder()
    {
        StoredJob job = Samples.StoredJob();
        await _store.AddAsync(job, Stop);

        await _store.UpdateAsync(job.Job.Id, stored => stored with { Job = stored.Job with { Status = JobStatus.Succeeded } }, Stop);

        Assert.Empty(Directory.GetFiles(Path.Combine(_home, "jobs", "open"), "*", SearchOption.AllDirectories));
        Assert.Equal(JobStatus.Succeeded, (await _store.FindAsync(job.Job.Id, Stop))!.Job.Status);
        Assert.Empty(await ListAsync(JobScope.Unfinished));
        Assert.Single(await ListAsync(JobScope.All));
    }

    [Fact]
    public async Task ListAsync_CrashBetweenTheTwoPlaces_CountsTheFinishedOneOnce()
    {
        StoredJob job = Samples.StoredJob();
        await _store.AddAsync(job, Stop);
        string open = OpenPath(job.Job);
        byte[] before = await File.ReadAllBytesAsync(open, Stop);
        await _store.UpdateAsync(job.Job.Id, stored => stored with { Job = stored.Job with { Status = JobStatus.Succeeded } }, Stop);
        await File.WriteAllBytesAsync(open, before, Stop);

        Assert.Equal(JobStatus.Succeeded, Assert.Single(await ListAsync(JobScope.All)).Job.Status);
        Assert.Empty(await ListAsync(JobScope.Unfinished));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"version\":1,\"id\":")]
    [InlineData("\0\0\0\0")]
    [InlineData("{\"version\":1}")]
    public async Task ListAsync_DamagedRecord_IsSetAsideAndReportedAndTheRestIsRead(string content)
    {
        StoredJob whole = Samples.StoredJob();
        await _store.AddAsync(whole, Stop);
        string damagedId = "20260301-110000-000abcd";
        await File.WriteAllTextAsync(Path.Combine(_home, "jobs", "open", damagedId + ".json"), content, Stop);
        List<SeedanceException> reported = [];

        List<StoredJob> jobs = await ListAsync(JobScope.All, reported.Add);

        Assert.Equal(whole.Job.Id, Assert.Single(jobs).Job.Id);
        Assert.Equal(ErrorCode.StoreFailure, Assert.Single(reported).Code);
        Assert.Equal(content, await File.ReadAllTextAsync(Path.Combine(_home, "jobs", "damaged", "open", damagedId + ".json"), Stop));
    }

    [Fact]
    public async Task FindAsync_RecordOfALaterVersion_IsRefusedAndLeftWhereItIs()
    {
        string id = "20260301-110000-000abcd";
        await _store.AddAsync(Samples.StoredJob(), Stop);
        string path = Path.Combine(_home, "jobs", "open", id + ".json");
        await File.WriteAllTextAsync(path, "{\"version\":99,\"id\":\"" + id + "\"}", Stop);

        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(() => _store.FindAsync(id, Stop));

        Assert.Contains("later version", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(path));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("20260301-120000-")]
    public async Task FindAsync_NoId_FindsNothing(string id) => Assert.Null(await _store.FindAsync(id, Stop));

    [Fact]
    public async Task UpdateAsync_ManyWritersOfOneJob_LosesNoChange()
    {
        StoredJob job = Samples.StoredJob() with { Notes = new Dictionary<string, string> { ["count"] = "0" } };
        await _store.AddAsync(job, Stop);
        FileJobStore other = new(_home);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? _store : other).UpdateAsync(
            job.Job.Id,
            stored => stored with { Notes = new Dictionary<string, string> { ["count"] = (int.Parse(stored.Notes["count"], System.Globalization.CultureInfo.InvariantCulture) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) } },
            Stop)));

        Assert.Equal("40", (await _store.FindAsync(job.Job.Id, Stop))!.Notes["count"]);
    }

    [Fact]
    public async Task AddAsync_OnUnix_KeepsOthersOut()
    {
        StoredJob job = Samples.StoredJob();
        await _store.AddAsync(job, Stop);
        string path = OpenPath(job.Job);
#if TEST_NETSTANDARD
        Assert.Skip("The netstandard2.0 build runs on Windows only, where the folder decides who may read " + path + ".");
#else
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows keeps others out by the folder's inherited permissions.");
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
#endif
    }

    [Fact]
    public async Task AddAsync_FolderThatCannotBeMade_IsAStoreFailureThatSaysWhatToDo()
    {
        string file = Path.Combine(_home, "a-file");
        await File.WriteAllTextAsync(file, "x", Stop);

        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(
            () => new FileJobStore(file).AddAsync(Samples.StoredJob(), Stop));

        Assert.Equal(ErrorCode.StoreFailure, error.Code);
        Assert.Contains("SEEDANCE_HOME", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_Ids_SortByTimeAndAreValid()
    {
        string[] ids = [.. Enumerable.Range(0, 50).Select(i => JobId.Create(s_day.AddMilliseconds(i)))];

        Assert.All(ids, id => Assert.True(JobId.IsValid(id), id));
        Assert.Equal(ids, ids.Order(StringComparer.Ordinal));
        Assert.Equal("2026-03-01", JobId.Day(ids[0]));
    }

    [Fact]
    public async Task FindByProviderJobIdAsync_ConfirmedLater_IsFoundByProviderInAnyCase()
    {
        StoredJob job = Samples.StoredJob();
        await _store.AddAsync(job with { Job = job.Job with { ProviderJobId = null, Status = JobStatus.Submitting } }, Stop);
        Assert.Null(await _store.FindByProviderJobIdAsync("Simulator", "p-1", Stop));

        await _store.UpdateAsync(job.Job.Id, stored => stored with { Job = stored.Job with { ProviderJobId = "p-1", Status = JobStatus.Queued } }, Stop);

        Assert.Equal(job.Job.Id, (await new FileJobStore(_home).FindByProviderJobIdAsync("SIMULATOR", "p-1", Stop))!.Job.Id);
        Assert.Null(await _store.FindByProviderJobIdAsync("Simulator", "P-1", Stop));
        Assert.Null(await _store.FindByProviderJobIdAsync("Muapi", "p-1", Stop));
    }

    [Fact]
    public async Task FindByProviderJobIdAsync_AfterTheEndAndAfterRemoval_FollowsTheRecord()
    {
        StoredJob job = Samples.StoredJob();
        await _store.AddAsync(job, Stop);
        await _store.UpdateAsync(job.Job.Id, stored => stored with { Job = stored.Job with { Status = JobStatus.Succeeded } }, Stop);

        Assert.Equal(JobStatus.Succeeded, (await _store.FindByProviderJobIdAsync("Simulator", "p-1", Stop))!.Job.Status);
        await _store.RemoveAsync(job.Job.Id, Stop);
        Assert.Null(await _store.FindByProviderJobIdAsync("Simulator", "p-1", Stop));
    }

    [Fact]
    public async Task RemoveAsync_TokenAndProviderJobId_LeavesNothingOfTheJob()
    {
        StoredJob job = await SubmittedAsync();

        Assert.True(await _store.RemoveAsync(job.Job.Id, Stop));

        Assert.Empty(Directory.GetFiles(Path.Combine(_home, "jobs", "tokens")));
        Assert.Empty(Directory.GetFiles(Path.Combine(_home, "jobs", "provider-ids")));
        Assert.False(await _store.RemoveAsync(job.Job.Id, Stop));
    }

    [Fact]
    public async Task RemoveAsync_AnotherJobHasTheTokenAndTheIdByNow_LeavesThemToIt()
    {
        StoredJob job = await SubmittedAsync();
        File.Delete(OpenPath(job.Job)); // As after a user's own clearing away.
        StoredJob heir = await SubmittedAsync();
        await File.WriteAllBytesAsync(OpenPath(job.Job), JobDocument.Write(job), Stop);

        Assert.True(await _store.RemoveAsync(job.Job.Id, Stop));

        Assert.Equal(heir.Job.Id, (await _store.FindByTokenAsync(heir.Job.ClientToken!, Stop))!.Job.Id);
        Assert.Equal(heir.Job.Id, (await _store.FindByProviderJobIdAsync(heir.Job.Provider, heir.Job.ProviderJobId!, Stop))!.Job.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../etc/passwd")]
    [InlineData("a\0b")]
    public async Task FindByProviderJobIdAsync_HostileId_FindsNothing(string id) => Assert.Null(await _store.FindByProviderJobIdAsync("Simulator", id, Stop));

    private async Task<StoredJob> SubmittedAsync()
    {
        StoredJob job = Samples.StoredJob();
        Assert.True((await _store.TryTakeSlotAsync(job with { Job = job.Job with { ProviderJobId = null, Status = JobStatus.Submitting } }, new SlotTerms(9), Stop)).Taken);
        return (await _store.UpdateAsync(job.Job.Id, _ => job, Stop))!;
    }

    private string OpenPath(SeedanceJob job) => Path.Combine(_home, "jobs", "open", AccountKey.Of(job), job.Id + ".json");

    private async Task<List<StoredJob>> ListAsync(JobScope scope, Action<SeedanceException>? report = null)
    {
        List<StoredJob> jobs = [];
        await foreach (StoredJob job in _store.ListAsync(scope, report ?? (error => Assert.Fail(error.Message)), Stop))
        {
            jobs.Add(job);
        }

        return jobs;
    }
}
