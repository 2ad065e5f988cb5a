using Seedance.Durations;
using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Durations;

public sealed class CompletionHistoryTests : IDisposable
{
    private readonly WaitScene _scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task For_JobsHaveEnded_ALaterProcessExpectsTheirTime()
    {
        List<StoredJob> jobs = [];
        for (int i = 0; i < 30; i++)
        {
            jobs.Add(await _scene.AddAsync(200));
        }

        await _scene.TurnAsync(_scene.RunAsync(jobs, stop: Stop));

        using SeedanceServices later = new(name => name == "SEEDANCE_HOME" ? _scene.Home : null, _scene.Time, _ => _scene.Host);
        ExpectedTime expected = later.History.For(_scene.Make().Job, _scene.Account).Expected;
        Assert.InRange(expected.Median.TotalSeconds, 170, 205); // The catalogue says 60.
        Assert.InRange(expected.Sigma, 0.1, 0.4);
    }

    [Fact]
    public async Task For_AnotherDurationOfTheSameModel_StartsFromWhatTheModelTakes()
    {
        CompletionModel seen = _scene.Services.History.For(_scene.Make().Job, _scene.Account);
        for (int i = 0; i < 30; i++)
        {
            await _scene.Services.History.AddAsync(seen, TimeSpan.FromSeconds(200));
        }

        SeedanceJob longer = _scene.Make(job => job with { Request = job.Request! with { DurationSeconds = 10 } }).Job;
        SeedanceJob otherModel = _scene.Make(job => job with { WireModel = "acme-1-ref", StartsFrom = GenerationMode.Reference }).Job;

        Assert.InRange(_scene.Services.History.For(longer, _scene.Account).Expected.Median.TotalSeconds, 170, 205);
        // Nothing known at all.
        Assert.InRange(_scene.Services.History.For(otherModel, _scene.Account).Expected.Median.TotalSeconds, 74, 76);
    }

    [Fact]
    public async Task For_SimulatedJobs_TeachNothingAboutRealOnes()
    {
        CompletionModel simulated = _scene.Services.History.For(_scene.Make(job => job with { IsSimulated = true }).Job, _scene.Account);
        for (int i = 0; i < 30; i++)
        {
            await _scene.Services.History.AddAsync(simulated, TimeSpan.FromSeconds(3));
        }

        Assert.InRange(_scene.Services.History.For(_scene.Make().Job, _scene.Account).Expected.Median.TotalSeconds, 59, 61);
    }

    [Fact]
    public void Learn_OneJobHungForHours_HardlyMovesTheRest()
    {
        TimeSpan guess = TimeSpan.FromSeconds(75);
        List<TimeSpan> seen = [.. Enumerable.Repeat(TimeSpan.FromSeconds(100), 20)];

        ExpectedTime before = ExpectedTime.Learn(guess, seen);
        ExpectedTime after = ExpectedTime.Learn(guess, [.. seen, TimeSpan.FromHours(9)]);

        Assert.InRange(after.Median.TotalSeconds / before.Median.TotalSeconds, 1, 1.1);
    }

    [Fact]
    public async Task Add_FailedJobs_TeachNothing()
    {
        StoredJob job = await _scene.AddAsync(5, failure: "refused");

        await _scene.TurnAsync(_scene.RunAsync([job], stop: Stop));

        Assert.Equal(0, new SqliteBench(_scene.Home).Count("duration"));
    }

    [Fact]
    public async Task Store_ThousandsOfJobs_KeepsTheLatest()
    {
        IJobStore store = _scene.Services.Store;
        for (int i = 1; i <= 250; i++)
        {
            await store.AddDurationAsync("kind", TimeSpan.FromSeconds(i), Stop);
        }

        IReadOnlyList<TimeSpan> kept = await store.DurationsAsync("kind", Stop);
        Assert.Equal(Enumerable.Range(151, 100), kept.Select(duration => (int)duration.TotalSeconds));
        Assert.Equal(100, new SqliteBench(_scene.Home).Count("duration"));
    }

    [Fact]
    public async Task Store_ManyWriters_LoseNothing()
    {
        IJobStore[] stores = [_scene.Services.Store, new SqliteBench(_scene.Home).Open(), new SqliteBench(_scene.Home).Open()];

        await Task.WhenAll(stores.Select(store => Task.Run(
            async () =>
            {
                for (int i = 0; i < 30; i++)
                {
                    await store.AddDurationAsync("kind", TimeSpan.FromSeconds(100 + i), Stop);
                }
            },
            Stop)));

        Assert.Equal(90, (await stores[0].DurationsAsync("kind", Stop)).Count);
    }
}
