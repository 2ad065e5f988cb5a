using Seedance.Jobs.Query;
using Seedance.Jobs.Remove;
using Seedance.Providers;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;
using Seedance.Updates;

namespace Seedance.Core.Tests.Store;

/// <summary>Listings of a long history.</summary>
public sealed class ListingTests : IDisposable
{
    private const int Days = 100;
    private const int PerDay = 10;
    private readonly ScriptedHandler _network = new();
    private readonly TestServices _kit;

    public ListingTests() => _kit = new TestServices(_network);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _kit.Time.GetUtcNow();

    private IJobStore Store => _kit.Services.Store;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Newest_FiveThousandJobs_GivesTheLatest()
    {
        string[] ids = WriteHistory(perDay: 50);
        StoredJob open = await AddAsync(Now.AddDays(-1), JobStatus.Queued);

        IReadOnlyList<SeedanceJob> jobs = await GetAsync(new JobQuery { Newest = 5 });

        Assert.Equal([.. ids.Append(open.Job.Id).Order(StringComparer.Ordinal).TakeLast(5)], jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task After_ThousandJobs_GivesTheLastDays()
    {
        WriteHistory();

        IReadOnlyList<SeedanceJob> jobs = await GetAsync(new JobQuery { CreatedFrom = Now.AddDays(-2).AddMinutes(1) });

        Assert.Equal(2 * PerDay, jobs.Count);
    }

    [Fact]
    public async Task Before_ThousandJobs_GivesTheFirstDays()
    {
        WriteHistory();

        IReadOnlyList<SeedanceJob> old = await new RemoveJobs(_kit.Services)
            .FindAsync(new JobQuery(), new RemoveOptions { OlderThan = TimeSpan.FromDays(Days - 2) }, _kit.Output, Stop);

        Assert.InRange(old.Count, 2 * PerDay, (2 * PerDay) + 1);
    }

    [Fact]
    public async Task ExpiringWithin_ThousandJobs_GivesTheLastDays()
    {
        WriteHistory();

        IReadOnlyList<SeedanceJob> jobs = await GetAsync(new JobQuery { ExpiringWithin = TimeSpan.FromDays(30) });

        Assert.Equal(PerDay, jobs.Count); // What ended within a day.
    }

    [Fact]
    public async Task StatusThatIsNotFinal_ThousandJobs_GivesWhatIsOpen()
    {
        WriteHistory();
        StoredJob open = await AddAsync(Now.AddDays(-50), JobStatus.Unconfirmed);

        Assert.Equal(open.Job.Id, Assert.Single(await GetAsync(new JobQuery { Statuses = [JobStatus.Unconfirmed] })).Id);
    }

    [Fact]
    public async Task List_ThousandJobs_AreAllThereOnceAndOldestFirst()
    {
        string[] ids = WriteHistory();
        StoredJob late = await FinishAsync(await AddAsync(Now.AddDays(-40), JobStatus.Running), Now.AddHours(24));
        StoredJob open = await AddAsync(Now.AddDays(-20), JobStatus.Queued);

        IReadOnlyList<SeedanceJob> jobs = await GetAsync(new JobQuery());

        Assert.Equal([.. ids.Append(late.Job.Id).Append(open.Job.Id).Order(StringComparer.Ordinal)], jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task ExpiringWithin_JobThatRanForDays_IsFound()
    {
        StoredJob late = await FinishAsync(await AddAsync(Now.AddDays(-10), JobStatus.Running), Now.AddHours(23));

        Assert.Equal(late.Job.Id, Assert.Single(await GetAsync(new JobQuery { ExpiringWithin = TimeSpan.FromHours(24) })).Id);
        Assert.Equal(JobStatus.Succeeded, (await Store.FindAsync(late.Job.Id, Stop))!.Job.State);
    }

    [Fact]
    public async Task ExpiringWithin_VideosThatStayForMonths_AreFound()
    {
        StoredJob job = await FinishAsync(await AddAsync(Now.AddDays(-80), JobStatus.Running), Now.AddDays(10));

        Assert.Equal(job.Job.Id, Assert.Single(await GetAsync(new JobQuery { ExpiringWithin = TimeSpan.FromDays(11) })).Id);
    }

    [Fact]
    public async Task ExpiringWithin_OldJobGetsAFreshAddress_IsFoundOnceFromThenOn()
    {
        StoredJob job = await FinishAsync(await AddAsync(Now.AddDays(-10), JobStatus.Running), Now.AddDays(-9));
        Assert.Empty(await GetAsync(new JobQuery { ExpiringWithin = TimeSpan.FromHours(24) }));

        await FinishAsync(job, Now.AddHours(1));
        await FinishAsync(job, Now.AddHours(2));

        Assert.Equal(Now.AddHours(2),
            Assert.Single(Assert.Single(await GetAsync(new JobQuery { ExpiringWithin = TimeSpan.FromHours(24) })).Outputs).ExpiresAt);
        Assert.Single(await GetAsync(new JobQuery()));
    }

    [Fact]
    public async Task ExpiringWithin_EndWasSeenLongAfterItMayHaveBeen_IsFound()
    {
        StoredJob job = await AddAsync(Now.AddDays(-10), JobStatus.Running);
        // At the worst it is gone; at the best there are 23 hours left.
        await FinishAsync(job, expires: Now.AddDays(-8), completed: Now.AddHours(-1));

        Assert.Single(await GetAsync(new JobQuery { ExpiringWithin = TimeSpan.FromHours(24) }));
    }

    [Fact]
    public void Scope_StatusThatIsNotFinalAndProvidersAreAsked_ReadsWhatMayBeBack()
    {
        JobQuery running = new() { Statuses = [JobStatus.Running] };

        Assert.True(running.Scope(Now, refresh: false).OnlyUnfinished);
        Assert.False(running.Scope(Now, refresh: true).OnlyUnfinished);
    }

    [Fact]
    public void LongestLifetime_OfEveryProvider_IsWhatListingsAllow() =>
        Assert.All(
            ProviderRegistry.All, adapter => Assert.True(adapter.Provider.UrlLifetime <= JobScope.LongestLifetime, adapter.Provider.Name));

    [Theory]
    [InlineData(30)] // It waited for a slot over a day.
    [InlineData(-30)] // Somebody set the clock back meanwhile.
    public async Task AfterAndBefore_RecordedLongAfterItsIdWasMade_GoByTheRecord(int hours)
    {
        StoredJob job = await AddAsync(Now.AddDays(-10), JobStatus.Running, createdAfter: TimeSpan.FromHours(hours));
        await FinishAsync(job, expires: null);

        Assert.Single(
            await GetAsync(new JobQuery { CreatedFrom = job.Job.CreatedAt.AddMinutes(-1), CreatedTo = job.Job.CreatedAt.AddMinutes(1) }));
    }

    private async Task<IReadOnlyList<SeedanceJob>> GetAsync(JobQuery query)
    {
        RecordingOutput output = new();
        await new GetJobs(_kit.Services, new JobLookup(_kit.Services, static (_, _) => null, apiKey: null))
            .ByQueryAsync(query, refresh: false, output, Stop);
        Assert.Empty(output.Errors);
        return output.Jobs;
    }

    /// <summary>Finished jobs of a hundred days, the last of them just now.</summary>
    private string[] WriteHistory(int perDay = PerDay)
    {
        List<string> ids = [];
        using SqliteEngine engine = new(_kit.Home);
        using StoreSession session = engine.WriteAsync(TimeSpan.FromMinutes(1), durable: false, Stop).GetAwaiter().GetResult();
        for (int i = 0; i < Days * perDay; i++)
        {
            DateTimeOffset made = Now - TimeSpan.FromMinutes(i * 24 * 60 / perDay);
            SeedanceJob job = Job(made,
                JobStatus.Succeeded) with {
                Outputs = [new JobOutput { Url = new Uri("https://cdn.acme.example/v.mp4"), ExpiresAt = made.AddHours(24) }] };
            JobTable.AddAsync(session, new StoredJob(job), slot: null, Now).GetAwaiter().GetResult();
            ids.Add(job.Id);
        }

        session.Commit();
        return [.. ids];
    }

    private static SeedanceJob Job(DateTimeOffset made, JobStatus status) => new()
    {
        Id = JobId.Create(made),
        Provider = "Acme",
        State = status,
        ProviderJobId = status == JobStatus.Unconfirmed ? null : "p-" + made.Ticks,
        CreatedAt = made,
    };

    private async Task<StoredJob> AddAsync(DateTimeOffset made, JobStatus status, TimeSpan createdAfter = default)
    {
        SeedanceJob job = Job(made, status);
        StoredJob stored = new(job with { CreatedAt = job.CreatedAt + createdAfter });
        await Store.AddAsync(stored, Stop);
        return stored;
    }

    private async Task<StoredJob> FinishAsync(StoredJob job, DateTimeOffset? expires, DateTimeOffset? completed = null) =>
        (await Store.UpdateAsync(
        job.Job.Id,
        stored => stored with {
            Job = stored.Job with { State = JobStatus.Succeeded, CompletedAt = completed,
            Outputs = [new JobOutput { Url = new Uri("https://cdn.acme.example/v.mp4"), ExpiresAt = expires }] } },
        Stop))!;
}
