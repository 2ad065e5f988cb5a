using Seedance.Accounts;
using Seedance.Jobs.Batch;
using Seedance.Jobs.Gate;
using Seedance.Jobs.Prepare;
using Seedance.Records;
using Seedance.Sheets;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Batch;

/// <summary>Faults 1: a row is tried again once, through whichever of the two doors, and what the other one paid for is found.</summary>
public sealed class RetriedRowTests : IDisposable
{
    private readonly ScriptedHandler _network = new();
    private readonly TestServices _kit;
    private int _ids;

    public RetriedRowTests()
    {
        _kit = new TestServices(_network);
        _network.Otherwise = _ => ScriptedHandler.Response(200, FormattableString.Invariant($"{{\"id\":\"task-{++_ids}\"}}"));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static SubmitOptions Reuse => new() { Reuse = true };

    private static SubmitOptions Retry => Reuse with { RetryFailed = true };

    public void Dispose() => _kit.Dispose();

    [Theory]
    [InlineData(JobStatus.Failed, null, true)]
    [InlineData(JobStatus.Failed, null, false)]
    [InlineData(JobStatus.Cancelled, null, true)]
    [InlineData(JobStatus.Cancelled, null, false)]
    [InlineData(JobStatus.Failed, "shot-1", true)]
    [InlineData(JobStatus.Failed, "shot-1", false)]
    public async Task RetriedThroughOneDoor_IsFoundThroughTheOther(JobStatus ended, string? token, bool videoFirst)
    {
        SeedanceJob first = await VideoAsync(Retry with { ClientToken = token });
        await EndAsync(first, ended);

        SeedanceJob again = videoFirst
            ? await VideoAsync(Retry with { ClientToken = token })
            : await RowAsync(Retry with { ClientToken = token });
        SeedanceJob other = videoFirst
            ? await RowAsync(Retry with { ClientToken = token })
            : await VideoAsync(Retry with { ClientToken = token });
        SeedanceJob plainRow = await RowAsync(Reuse with { ClientToken = token });
        SeedanceJob plainVideo = await VideoAsync(Reuse with { ClientToken = token });

        Assert.NotEqual(first.Id, again.Id);
        Assert.Equal([again.Id, again.Id, again.Id], [other.Id, plainRow.Id, plainVideo.Id]);
        Assert.Equal(2, _network.Requests.Count); // The first, and the one that was tried again.
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Expired_IsNotTriedAgain(bool video)
    {
        SeedanceJob first = await VideoAsync(Retry);
        await EndAsync(first, JobStatus.Expired);

        SeedanceJob again = video ? await VideoAsync(Retry) : await RowAsync(Retry);

        Assert.Equal(first.Id, again.Id);
        Assert.Single(_network.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ManyFailed_EachIsTriedAgainOnce(bool videoFirst)
    {
        for (int attempt = 0; attempt < 6; attempt++)
        {
            await EndAsync(attempt % 2 == 0 == videoFirst ? await VideoAsync(Retry) : await RowAsync(Retry), JobStatus.Failed);
            Assert.Equal(attempt + 1, _network.Requests.Count);
        }
    }

    [Theory]
    [InlineData(JobStatus.Failed, "-retry1")]
    [InlineData(JobStatus.Expired, "-retry1")]
    [InlineData(JobStatus.Failed, null)]
    public async Task TokensThatEarlierVersionsGave_AreFound(JobStatus ended, string? suffix)
    {
        SeedanceJob first = await VideoAsync(Reuse);
        await EndAsync(first, ended);
        string old = suffix is null ? await OldAgainAsync(1) : first.ClientToken + suffix;
        SeedanceJob paid = await VideoAsync(new SubmitOptions { ClientToken = old });

        SeedanceJob[] found = [await VideoAsync(Retry), await RowAsync(Retry), await VideoAsync(Reuse), await RowAsync(Reuse)];

        Assert.All(found, job => Assert.Equal(paid.Id, job.Id));
        Assert.Equal(2, _network.Requests.Count);
    }

    [Fact]
    public async Task EarlierVersionsMixedBothChains_LastIsFound()
    {
        SeedanceJob first = await VideoAsync(Reuse);
        await EndAsync(first, JobStatus.Failed);
        string again = await OldAgainAsync(1);
        await EndAsync(await VideoAsync(new SubmitOptions { ClientToken = again }), JobStatus.Failed);
        SeedanceJob paid = await VideoAsync(new SubmitOptions { ClientToken = again + "-retry1" });

        Assert.Equal(paid.Id, (await RowAsync(Retry)).Id);
        Assert.Equal(paid.Id, (await VideoAsync(Retry)).Id);
        Assert.Equal(3, _network.Requests.Count);
    }

    [Fact]
    public async Task FailedJobWasForgotten_WhatWasMadeOfItIsFound()
    {
        SeedanceJob first = await VideoAsync(Retry);
        await EndAsync(first, JobStatus.Failed);
        SeedanceJob again = await VideoAsync(Retry);
        await _kit.Services.Store.RemoveAsync(first.Id, Stop);

        Assert.Equal(again.Id, (await VideoAsync(Retry)).Id);
        Assert.Equal(again.Id, (await RowAsync(Reuse)).Id);
        Assert.Equal(2, _network.Requests.Count);
    }

    [Fact]
    public async Task SeveralFailedJobsWereForgotten_WhatWasMadeOfThemIsFound()
    {
        for (int i = 0; i < 3; i++)
        {
            await EndAsync(await VideoAsync(Retry), JobStatus.Failed);
        }

        SeedanceJob paid = await VideoAsync(Retry);
        await EndAsync(paid, JobStatus.Succeeded);
        await foreach (StoredJob stored in _kit.Services.Store.ListAsync(JobScope.All, _ => { }, Stop))
        {
            _ = stored.Job.State == JobStatus.Failed && await _kit.Services.Store.RemoveAsync(stored.Job.Id, Stop);
        }

        Assert.Equal(paid.Id, (await VideoAsync(Retry)).Id);
        Assert.Equal(paid.Id, (await RowAsync(Reuse)).Id);
        Assert.Equal(4, _network.Requests.Count);
    }

    [Fact]
    public async Task TokenOfAnotherRequest_IsRefusedAndNotTakenForTheRowsJob()
    {
        await VideoAsync(Reuse with { ClientToken = "shot-1" }, "a wolf");

        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(() => RowAsync(Reuse with { ClientToken = "shot-1" }));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains("shot-1", error.Message, StringComparison.Ordinal);
        Assert.Single(_network.Requests);
    }

    private static async Task<string> OldAgainAsync(int again)
    {
        Uri address = new AcmeAdapter().Provider.BaseUri;
        return await ReuseToken.OfAsync("Acme|" + address.AbsoluteUri + "|", Request("a fox"), 0, Stop, again);
    }

    private static VideoRequest Request(string prompt) => new() { Prompt = prompt, Model = "seedance-acme", DurationSeconds = 5 };

    private static SubmitRow Asked(SubmitCall call, SubmitOptions options, string prompt = "a fox") =>
        call.Row(Request(prompt), [new AccountChoice(null, "Acme") { Account = TestServices.Account() }], options);

    /// <summary>As New-SeedanceVideo.</summary>
    private async Task<SeedanceJob> VideoAsync(SubmitOptions options, string prompt = "a fox")
    {
        SubmitCall call = new(_kit.Services);
        await call.SubmitAsync(Asked(call, options, prompt), _kit.Output, Stop);
        return _kit.Output.Jobs[^1];
    }

    /// <summary>As Invoke-SeedanceBatch.</summary>
    private async Task<SeedanceJob> RowAsync(SubmitOptions options)
    {
        SubmitCall call = new(_kit.Services);
        BatchItem item = new(new SheetRow(1, []), "shot", take: null) { Submit = Asked(call, options) };
        await new PlanBatch(call).RunAsync([item], Stop);
        if (item.State == BatchState.New)
        {
            await call.SubmitAsync(item.Submit, _kit.Output, Stop);
            return _kit.Output.Jobs[^1];
        }

        return item.Job ?? throw item.Error!;
    }

    private Task EndAsync(SeedanceJob job, JobStatus status) => _kit.Services.Store.UpdateAsync(
        job.Id, stored => stored with { Job = stored.Job with { State = status, CompletedAt = _kit.Time.GetUtcNow() } }, Stop);
}
