using Seedance.Accounts;
using Seedance.Spending;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Queue;

/// <summary>A worker from the planned job to its saved video.</summary>
public sealed class RunQueueTests : IDisposable
{
    private readonly QueueScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task RunAsync_PlannedJobs_AreSubmittedFollowedSavedAndWritten()
    {
        IReadOnlyList<SeedanceJob> planned = await _scene.PlanAsync("a", "b", "c", "d", "e");
        Assert.All(planned, job => Assert.Equal(JobStatus.Planned, job.State));
        Assert.Equal(0, await _scene.PaidAsync());
        Assert.Equal(0, _scene.Host.Submits);

        await _scene.WorkAsync();

        Assert.Empty(_scene.Output.Errors);
        string[] done = [.. _scene.Output.Jobs.Select(job => job.Id).Order(StringComparer.Ordinal)];
        Assert.Equal(planned.Select(job => job.Id).Order(StringComparer.Ordinal), done);
        Assert.All(_scene.Output.Jobs, job => Assert.True(File.Exists(job.Path)));
        Assert.Equal(5, _scene.Host.Submits);
        Assert.Equal(["a", "b", "c", "d", "e"], _scene.SlotsInOrder());
        Assert.True(_scene.Host.MostAtOnce <= 2, "The account has two slots.");
        Assert.Equal(5, await _scene.PaidAsync());
        Assert.Equal(0, _scene.Count("work = 1"));
    }

    [Fact]
    public async Task RunAsync_CapIsSpent_LeavesTheRestPlannedAndSaysSoOnce()
    {
        _scene.Account = new Account(_scene.Account.Adapter, _scene.Account.BaseUri, TestServices.Key)
        {
            Profile = "studio",
            Concurrency = 2,
            Caps = new SpendCaps("studio") { JobsPerDay = 2 },
        };
        await _scene.PlanAsync("a", "b", "c", "d");

        await _scene.WorkAsync();

        Assert.Equal(2, _scene.Host.Submits);
        Assert.Equal(2, _scene.Output.Jobs.Count);
        Assert.Contains("next day", Assert.Single(_scene.Output.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, _scene.Count("status = 'Planned' and owner is null"));
    }

    [Fact]
    public async Task RunAsync_MostJobs_SubmitsSoManyAndLeavesTheOthers()
    {
        await _scene.PlanAsync("a", "b", "c");

        await _scene.WorkAsync(options => options with { MaxJobs = 1 });

        Assert.Equal(1, _scene.Host.Submits);
        Assert.Equal(2, _scene.Count("status = 'Planned'"));
    }

    [Fact]
    public async Task RunAsync_SlotsAreFree_SubmitsSoManyAtOnceInTheirOrder()
    {
        _scene.Host.Holds = new TaskCompletionSource();
        await _scene.PlanAsync("a", "b", "c");

        Task work = _scene.WorkAsync();
        await _scene.UntilAsync(() => _scene.Host.Received >= 2);

        await _scene.StepAsync();
        Assert.Equal(2, _scene.Host.Received);
        Assert.Equal(2, _scene.Count("status = 'Submitting'"));
        _scene.Host.Holds.SetResult();
        await work;

        Assert.Equal(["a", "b", "c"], _scene.SlotsInOrder());
        Assert.Equal(3, _scene.Saved.Count);
    }

    [Fact]
    public async Task RunAsync_MostJobsWhileAnswersAreAwaited_SendsNoMore()
    {
        _scene.Host.Holds = new TaskCompletionSource();
        _scene.Host.Refused = "a";
        _scene.Account = QueueScene.AccountOf(slots: 20);
        await _scene.PlanAsync("a", "b", "c", "d");

        Task work = _scene.WorkAsync(options => options with { MaxJobs = 2 });
        await _scene.UntilAsync(() => _scene.Host.Received >= 2);

        await _scene.StepAsync();
        Assert.Equal(2, _scene.Host.Received);
        _scene.Host.Holds.SetResult();
        await work;

        Assert.Equal(["b", "c"], _scene.Host.Prompts.Order(StringComparer.Ordinal)); // What was refused does not count.
        Assert.Equal(1, _scene.Count("status = 'Planned' and owner is null"));
    }
}
