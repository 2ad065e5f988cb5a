using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Polling;

/// <summary>Hosts that list by id: one request serves many jobs.</summary>
public sealed class BatchPollTests : IDisposable
{
    private readonly WaitScene _scene = new(new AcmeListingAdapter());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Poll_JobsFallDueTogether_AreAskedForInOneRequest()
    {
        List<StoredJob> jobs = await AddAsync(250, seconds: 60);

        await _scene.TurnAsync(_scene.RunAsync(jobs, stop: Stop));

        Assert.Equal(250, _scene.Output.Jobs.Count);
        int questions = jobs.Sum(job => _scene.Host[job.Job.ProviderJobId!].Asked);
        int requests = _scene.Host.Lists + _scene.Host.Polls;
        Assert.True(questions > 20 * requests, questions + " questions in " + requests + " requests");
    }

    [Fact]
    public async Task Poll_ListsAndSingles_NeverAskForOneJobTwiceInARound()
    {
        List<StoredJob> jobs = await AddAsync(120, seconds: 90);
        _scene.Host["task-7"].IsListed = false;

        await _scene.TurnAsync(_scene.RunAsync(jobs, stop: Stop));

        foreach (StoredJob job in jobs)
        {
            DateTimeOffset[] asked = [.. _scene.Host[job.Job.ProviderJobId!].Questions.Select(question => question.At)];
            Assert.Equal(asked.Length, asked.Distinct().Count());
        }
    }

    [Fact]
    public async Task Poll_ListLeavesAJobOut_ItIsAskedForAlone()
    {
        List<StoredJob> jobs = await AddAsync(20, seconds: 60);
        _scene.Host["task-7"].IsListed = false;

        await _scene.TurnAsync(_scene.RunAsync(jobs, stop: Stop));

        Assert.Equal(20, _scene.Output.Jobs.Count);
        Assert.Empty(_scene.Output.Errors);
        Assert.All(_scene.Host["task-7"].Questions, question => Assert.True(question.Alone));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    public async Task Poll_HostRefusesTheList_EachIsAskedForAlone(int status)
    {
        List<StoredJob> jobs = await AddAsync(20, seconds: 60);
        _scene.Host.Fault = request => request.RequestUri!.Query.Length > 0 ? ScriptedHandler.Response(status, "{}") : null;

        await _scene.TurnAsync(_scene.RunAsync(jobs, stop: Stop));

        Assert.Equal(1, _scene.Host.FaultsFired);
        Assert.Equal(20, _scene.Output.Jobs.Count);
        Assert.Empty(_scene.Output.Errors);
    }

    [Fact]
    public async Task Poll_ListIsUnreadable_EachIsAskedForAlone()
    {
        List<StoredJob> jobs = await AddAsync(20, seconds: 60);
        _scene.Host.Fault = request => request.RequestUri!.Query.Length > 0 ? ScriptedHandler.Response(200, "<html>") : null;

        await _scene.TurnAsync(_scene.RunAsync(jobs, stop: Stop));

        Assert.Equal(1, _scene.Host.FaultsFired);
        Assert.Equal(20, _scene.Output.Jobs.Count);
    }

    [Fact]
    public async Task Poll_ListShowsTheEndAndNoFile_TheJobsOwnRouteTells()
    {
        List<StoredJob> jobs = await AddAsync(2, seconds: 60);
        _scene.Host.Fault = request => request.RequestUri!.Query.Length > 0 && _scene.Now > jobs[0].Job.CreatedAt.AddSeconds(60)
            ? ScriptedHandler.Response(200, """{"tasks":[{"id":"task-1","status":"done"},{"id":"task-2","status":"done"}]}""")
            : null;

        await _scene.TurnAsync(_scene.RunAsync(jobs, stop: Stop));

        Assert.True(_scene.Host.FaultsFired > 0);
        Assert.Equal(2, _scene.Output.Jobs.Count(job => job.Outputs.Count == 1));
        Assert.Empty(_scene.Output.Errors);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Poll_ListFailsForAWhile_NoWaitEnds(int status)
    {
        List<StoredJob> jobs = await AddAsync(50, seconds: 60);
        _scene.Host.Fault = _ => _scene.Host.FaultsFired < 5 ? ScriptedHandler.Response(status, "{}") : null;

        await _scene.TurnAsync(_scene.RunAsync(jobs, stop: Stop));

        Assert.Equal(5, _scene.Host.FaultsFired);
        Assert.Equal(50, _scene.Output.Jobs.Count);
        Assert.Empty(_scene.Output.Errors);
        Assert.True(_scene.Host.Lists > 5, "the list is used again");
    }

    private async Task<List<StoredJob>> AddAsync(int count, double seconds)
    {
        List<StoredJob> jobs = [];
        for (int i = 0; i < count; i++)
        {
            jobs.Add(await _scene.AddAsync(seconds + (i % 10)));
        }

        return jobs;
    }
}
