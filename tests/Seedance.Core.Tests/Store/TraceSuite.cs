using Seedance.Records;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Store;

/// <summary>What was said about jobs: as it was noted, bounded, and gone with the job.</summary>
public abstract class TraceSuite : StoreSuite
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly IJobStore _jobs;
    private readonly ITraceStore _traces;
    private readonly StoredJob _job = Samples.StoredJob();

    private protected TraceSuite(StoreBench bench)
        : base(bench)
    {
        _jobs = bench.Open();
        _traces = bench.OpenTraces();
    }

    [Fact]
    public async Task ReadAsync_LinesOfAJob_AreAsTheyWereNoted()
    {
        await _jobs.AddAsync(_job, Stop);
        SeedanceTraceEntry full = Line(1) with
        {
            Route = "POST https://api.acme.example/v1/tasks", HttpStatus = 500, Took = TimeSpan.FromMilliseconds(12.5),
            RequestId = "req-1", RetryIn = TimeSpan.FromSeconds(2), Code = "ProviderUnavailable", Repeats = 3,
        };
        await _traces.AppendAsync([full, Line(2)], keepFrom: null);

        Assert.Equal([full, Line(2)], await _traces.ReadAsync(_job.Job.Id, Stop));
        Assert.Empty(await _traces.ReadAsync("20260301-120000-nobody0", Stop));
    }

    [Fact]
    public async Task AppendAsync_JobWithoutARecord_LeavesNothing()
    {
        await _traces.AppendAsync([Line(1)], keepFrom: null);

        Assert.Empty(await _traces.ReadAsync(_job.Job.Id, Stop));
    }

    [Fact]
    public async Task RemoveAsync_Job_TakesItsTraceWithIt()
    {
        await _jobs.AddAsync(_job, Stop);
        await _traces.AppendAsync([Line(1)], keepFrom: null);

        Assert.True(await _jobs.RemoveAsync(_job.Job.Id, Stop));

        Assert.Equal(0, Bench.Count("trace"));
    }

    [Fact]
    public async Task AppendAsync_MoreThanThereIsRoomFor_KeepsTheFirstAndTheLast()
    {
        await _jobs.AddAsync(_job, Stop);
        for (int i = 0; i < 3; i++)
        {
            await _traces.AppendAsync([.. Enumerable.Range(i * 100, 100).Select(Line)], keepFrom: null);
        }

        IReadOnlyList<SeedanceTraceEntry> kept = await _traces.ReadAsync(_job.Job.Id, Stop);
        Assert.Equal(Enumerable.Range(0, 20).Concat(Enumerable.Range(120, 180)), kept.Select(line => line.Try));
    }

    [Fact]
    public async Task AppendAsync_LinesPastTheirTime_AreDropped()
    {
        await _jobs.AddAsync(_job, Stop);
        await _traces.AppendAsync([Line(1), Line(2) with { At = s_noon.AddDays(1) }], keepFrom: null);

        await _traces.AppendAsync([Line(3) with { At = s_noon.AddDays(31) }], keepFrom: s_noon.AddDays(1));

        Assert.Equal([2, 3], (await _traces.ReadAsync(_job.Job.Id, Stop)).Select(line => line.Try));
    }

    private SeedanceTraceEntry Line(int number) =>
        new() { JobId = _job.Job.Id, At = s_noon, Step = "Poll", Try = number, SaidBy = "Acme", Text = "it's \"running\"" };
}
