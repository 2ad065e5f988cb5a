using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

/// <summary>What every engine keeps of every job.</summary>
public abstract class RecordSuite : StoreSuite
{
    private static readonly DateTimeOffset s_day = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly IJobStore _store;

    private protected RecordSuite(StoreBench bench)
        : base(bench) => _store = bench.Open();

    [Fact]
    public async Task FindAsync_AnotherStoreOnTheSameFolder_ReadsEveryField()
    {
        StoredJob job = Samples.StoredJob();
        await _store.AddAsync(job, Stop);

        StoredJob? read = await Bench.Open().FindAsync(job.Job.Id, Stop);

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

        SeedanceException error =
            await Assert.ThrowsAsync<SeedanceException>(() => _store.AddAsync(job with { Job = job.Job with { Prompt = "other" } }, Stop));

        Assert.Equal(ErrorCode.StoreFailure, error.Code);
        Assert.Equal(job.Job.Prompt, (await _store.FindAsync(job.Job.Id, Stop))!.Job.Prompt);
    }

    [Fact]
    public async Task UpdateAsync_JobEnds_IsNoLongerUnfinished()
    {
        StoredJob job = Samples.StoredJob();
        await _store.AddAsync(job, Stop);

        await _store.UpdateAsync(job.Job.Id, stored => stored with { Job = stored.Job with { State = JobStatus.Succeeded } }, Stop);

        Assert.Equal(JobStatus.Succeeded, (await _store.FindAsync(job.Job.Id, Stop))!.Job.State);
        Assert.Empty(await ListAsync(JobScope.Unfinished));
        Assert.Single(await ListAsync(JobScope.All));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"version\":1,\"id\":")]
    [InlineData("nonsense")]
    [InlineData("{\"version\":1}")]
    public async Task ListAsync_DamagedRecord_IsReportedAndTheRestIsRead(string content)
    {
        StoredJob whole = Samples.StoredJob(), damaged = Samples.StoredJob();
        await _store.AddAsync(whole, Stop);
        await _store.AddAsync(damaged, Stop);
        Bench.Run($"update job set document = '{content}' where id = '{damaged.Job.Id}'");
        List<SeedanceException> reported = [];

        List<StoredJob> jobs = await ListAsync(JobScope.All, reported.Add);

        Assert.Equal(whole.Job.Id, Assert.Single(jobs).Job.Id);
        Assert.Equal((ErrorCode.StoreFailure, damaged.Job.Id), (Assert.Single(reported).Code, reported[0].Target));
    }

    [Fact]
    public async Task FindAsync_RecordOfALaterVersion_IsRefused()
    {
        StoredJob job = Samples.StoredJob();
        await _store.AddAsync(job, Stop);
        Bench.Run("update job set document = '{\"version\":99}'");

        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(() => _store.FindAsync(job.Job.Id, Stop));

        Assert.Contains("later version", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Open_TablesOfTheNextVersion_AreUsedAsFarAsTheyAllowIt(int compatible, bool works)
    {
        StoredJob job = Samples.StoredJob();
        await _store.AddAsync(job, Stop);
        RaiseVersion(compatible);

        IJobStore late = Bench.Open();
        Exception?[] errors =
        [
            await Record.ExceptionAsync(() => late.FindAsync(job.Job.Id, Stop)),
            await Record.ExceptionAsync(() => late.PauseAsync("a", TimeSpan.Zero, Stop)),
            await Record.ExceptionAsync(() => _store.AddAsync(Samples.StoredJob(), Stop)), // Open since before the tables were changed.
        ];

        Assert.All(errors, error => Assert.Equal(works, error is null));
        Assert.All(errors, static error =>
            Assert.True(error is null or SeedanceException { RecommendedAction: "Update the module on this machine." }));
        Assert.Equal((long)(works ? 2 : 1), Bench.Count("job"));
        Assert.Equal(Schema.Version + 1, Convert.ToInt32(Bench.Read("select version from seedance"), CultureInfo.InvariantCulture));
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
        IJobStore other = Bench.Open();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? _store : other).UpdateAsync(
            job.Job.Id,
            stored => stored with {
                Notes = new Dictionary<string, string> {
                ["count"] = (int.Parse(stored.Notes["count"], System.Globalization.CultureInfo.InvariantCulture) + 1)
                .ToString(System.Globalization.CultureInfo.InvariantCulture) } },
            Stop)));

        Assert.Equal("40", (await _store.FindAsync(job.Job.Id, Stop))!.Notes["count"]);
    }

    [Fact]
    public void Create_Ids_SortByTimeAndAreValid()
    {
        string[] ids = [.. Enumerable.Range(0, 50).Select(i => JobId.Create(s_day.AddMilliseconds(i)))];

        Assert.All(ids, id => Assert.True(JobId.IsValid(id), id));
        Assert.Equal(ids, ids.Order(StringComparer.Ordinal));
        Assert.Equal("2026-03-01", JobId.CreatedAt(ids[0]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task FindByProviderJobIdAsync_ConfirmedLater_IsFoundByProviderInAnyCase()
    {
        StoredJob job = Samples.StoredJob();
        await _store.AddAsync(job with { Job = job.Job with { ProviderJobId = null, State = JobStatus.Submitting } }, Stop);
        Assert.Null(await _store.FindByProviderJobIdAsync("Simulator", "p-1", Stop));

        await _store.UpdateAsync(
            job.Job.Id, stored => stored with { Job = stored.Job with { ProviderJobId = "p-1", State = JobStatus.Queued } }, Stop);

        Assert.Equal(job.Job.Id, (await Bench.Open().FindByProviderJobIdAsync("SIMULATOR", "p-1", Stop))!.Job.Id);
        Assert.Null(await _store.FindByProviderJobIdAsync("Simulator", "P-1", Stop));
        Assert.Null(await _store.FindByProviderJobIdAsync("Muapi", "p-1", Stop));
    }

    [Fact]
    public async Task FindByProviderJobIdAsync_AfterTheEndAndAfterRemoval_FollowsTheRecord()
    {
        StoredJob job = Samples.StoredJob();
        await _store.AddAsync(job, Stop);
        await _store.UpdateAsync(job.Job.Id, stored => stored with { Job = stored.Job with { State = JobStatus.Succeeded } }, Stop);

        Assert.Equal(JobStatus.Succeeded, (await _store.FindByProviderJobIdAsync("Simulator", "p-1", Stop))!.Job.State);
        await _store.RemoveAsync(job.Job.Id, Stop);
        Assert.Null(await _store.FindByProviderJobIdAsync("Simulator", "p-1", Stop));
    }

    [Fact]
    public async Task FindByProviderJobIdAsync_AnotherProviderTookTheJob_IsFoundThere()
    {
        StoredJob job = Samples.StoredJob();
        await _store.AddAsync(job with { Job = job.Job with { ProviderJobId = null, State = JobStatus.Submitting } }, Stop);

        await _store.UpdateAsync(job.Job.Id, static stored =>
            stored with { Job = stored.Job with { Provider = "Muapi", ProviderJobId = "p-1", State = JobStatus.Queued } }, Stop);

        Assert.Equal(job.Job.Id, (await _store.FindByProviderJobIdAsync("Muapi", "p-1", Stop))?.Job.Id);
    }

    [Fact]
    public async Task RemoveAsync_StatusIsNoLongerTheOneThatIsKnown_LeavesTheRecord()
    {
        StoredJob job = await SubmittedAsync();

        Assert.False(await _store.RemoveAsync(job.Job.Id, Stop, JobStatus.Planned));
        Assert.NotNull(await _store.FindAsync(job.Job.Id, Stop));

        Assert.True(await _store.RemoveAsync(job.Job.Id, Stop, job.Job.State));
        Assert.Null(await _store.FindAsync(job.Job.Id, Stop));
    }

    [Fact]
    public async Task RemoveAsync_TokenAndProviderJobId_LeavesNothingOfTheJob()
    {
        StoredJob job = await SubmittedAsync();

        Assert.True(await _store.RemoveAsync(job.Job.Id, Stop));

        Assert.Null(await _store.FindByTokenAsync(job.Job.ClientToken!, Stop));
        Assert.Null(await _store.FindByProviderJobIdAsync(job.Job.Provider, job.Job.ProviderJobId!, Stop));
        Assert.False(await _store.RemoveAsync(job.Job.Id, Stop));
    }

    [Fact]
    public async Task RemoveAsync_AnotherJobHasTheIdByNow_LeavesItToIt()
    {
        StoredJob job = await SubmittedAsync();
        StoredJob heir = Samples.StoredJob();
        await _store.AddAsync(heir, Stop);

        Assert.True(await _store.RemoveAsync(job.Job.Id, Stop));

        Assert.Equal(heir.Job.Id, (await _store.FindByProviderJobIdAsync(heir.Job.Provider, heir.Job.ProviderJobId!, Stop))!.Job.Id);
    }

    [Fact]
    public async Task TryTakeSlotAsync_ManyUsersAtOnce_NeverMoreThanTheLimitAndOnePerToken()
    {
        IJobStore[] users = [_store, Bench.Open(), Bench.Open(), Bench.Open()];

        SlotVerdict[] verdicts = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(
            () => users[i % 4].TryTakeSlotAsync(Waiting("row-" + (i % 12).ToString(CultureInfo.InvariantCulture)), new SlotTerms(5), Stop),
            Stop)));

        Assert.True(Bench.Count("job") <= 5);
        Assert.Equal(Bench.Count("job"), verdicts.Count(verdict => verdict.Taken));
        Assert.Equal(Bench.Count("job"), Bench.Count("(select distinct slot from job) numbers"));
        Assert.Equal(Bench.Count("job"), Bench.Count("(select distinct client_token from job) tokens"));
    }

    [Fact]
    public async Task Tables_SecondJobOnOneSlotOrOneToken_IsRefusedByTheEngineItself()
    {
        await _store.TryTakeSlotAsync(Waiting("row-1"), new SlotTerms(5), Stop);
        await _store.TryTakeSlotAsync(Waiting("row-2"), new SlotTerms(5), Stop);

        Assert.ThrowsAny<System.Data.Common.DbException>(() => Bench.Run("update job set slot = 0"));
        Assert.ThrowsAny<System.Data.Common.DbException>(() => Bench.Run("update job set client_token = 'row-1'"));
    }

    [Fact]
    public async Task PauseAsync_SeveralAreTold_TheLongestIsReadByOthers()
    {
        await _store.PauseAsync("acme", TimeSpan.FromSeconds(60), Stop);
        await _store.PauseAsync("acme", TimeSpan.FromSeconds(5), Stop);

        Assert.InRange((await Bench.Open().PauseOfAsync("acme", Stop))!.Left.TotalSeconds, 30, 60);
        Assert.Null(await _store.PauseOfAsync("other", Stop));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../etc/passwd")]
    [InlineData("a\0b")]
    public async Task FindByProviderJobIdAsync_HostileId_FindsNothing(string id) =>
        Assert.Null(await _store.FindByProviderJobIdAsync("Simulator", id, Stop));

    [Theory]
    [InlineData("shot-7", "Shot-7")]
    [InlineData("SHOT-*", "Shot-7 shot-70 shot-8")]
    [InlineData("shot-7?", "shot-70")]
    [InlineData("shot-[78]", "Shot-7 shot-8")]
    [InlineData("Öl*", "öl")] // Says nothing to the engine.
    [InlineData("*", "Shot-7 shot-70 shot-8 take öl")]
    public async Task ListAsync_ByTag_LeavesOutNoneThatFits(string pattern, string fits)
    {
        foreach ((string? tag, int number) in new[] { "take", "öl", "shot-8", "Shot-7", "shot-70",
            null }.Select((tag, number) => (tag, number)))
        {
            StoredJob sample = Waiting("row-" + number.ToString(CultureInfo.InvariantCulture));
            await _store.AddAsync(sample with { Job = sample.Job with { Tag = tag } }, Stop);
        }

        WildcardPattern wanted = new(pattern);
        List<StoredJob> read = await ListAsync(new JobScope { Tags = TextBound.Of([pattern]) });

        Assert.Equal(
            fits, string.Join(' ', read.Select(job => job.Job.Tag).OfType<string>().Where(wanted.IsMatch).Order(StringComparer.Ordinal)));
        Assert.True(TextBound.Of([pattern]).Count == 0 || read.Count < 5);
    }

    [Fact]
    public async Task ListAsync_ByMoreTagsThanAStatementHasRoomFor_LeavesOutNoneThatFits()
    {
        StoredJob sample = Waiting("row-1");
        await _store.AddAsync(sample with { Job = sample.Job with { Tag = "shot-1999" } }, Stop);

        IReadOnlyList<TextBound> tags = TextBound.Of(
            [.. Enumerable.Range(0, 2000).Select(static number => "shot-" + number.ToString(CultureInfo.InvariantCulture))]);

        Assert.Equal("shot-1999", Assert.Single(await ListAsync(new JobScope { Tags = tags })).Job.Tag);
    }

    /// <summary>What the next version of the module does to the tables.</summary>
    /// <param name="compatible">How far behind this version the oldest lies that may still work with them.</param>
    private void RaiseVersion(int compatible)
    {
        Bench.ChangeTables("alter table job add column later text");
        Bench.ChangeTables(FormattableString.Invariant(
            $"update seedance set version = {Schema.Version + 1}, compatible = {Schema.Version + compatible}"));
    }

    private static StoredJob Waiting(string token)
    {
        StoredJob sample = Samples.StoredJob();
        return sample with { Job = sample.Job with { ClientToken = token, ProviderJobId = null, State = JobStatus.Submitting } };
    }

    private async Task<StoredJob> SubmittedAsync()
    {
        StoredJob job = Samples.StoredJob();
        Assert.True((
            await _store.TryTakeSlotAsync(
            job with { Job = job.Job with { ProviderJobId = null, State = JobStatus.Submitting } }, new SlotTerms(9), Stop)).Taken);
        return (await _store.UpdateAsync(job.Job.Id, _ => job, Stop))!;
    }

    private async Task<List<StoredJob>> ListAsync(JobScope scope, Action<SeedanceException>? report = null)
    {
        List<StoredJob> jobs = [];
        await foreach (StoredJob job in _store.ListAsync(scope, report ?? (error => Assert.Fail(error.Message)), Stop))
        {
            jobs.Add(job);
        }

        return jobs;
    }

    /// <summary>PowerShell's, as far as these patterns need it.</summary>
    private sealed class WildcardPattern(string pattern)
    {
        private readonly System.Text.RegularExpressions.Regex _form = new(
            "^" + pattern.Replace("*", ".*", StringComparison.Ordinal).Replace('?', '.') + "$",
            System.Text.RegularExpressions.RegexOptions.IgnoreCase | System.Text.RegularExpressions.RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1));

        public bool IsMatch(string text) => _form.IsMatch(text);
    }
}
