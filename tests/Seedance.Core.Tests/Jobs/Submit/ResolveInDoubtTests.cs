using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Resolve;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>A user asks what became of them.</summary>
public sealed class ResolveInDoubtTests : InDoubtSuite
{
    [Theory]
    [InlineData(19, true)]
    [InlineData(21, false)]
    public async Task Resolve_ListIsLong_AdoptsOnlyWhenAllOfItsTimeWasSeen(int pagesBefore, bool adopts)
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        Host.EmptyPages = pagesBefore;
        Host.Add("one");

        RecordingOutput output = await ResolveAsync(job.Id);

        Assert.Equal(adopts ? 1 : 0, output.Jobs.Count);
        Assert.Equal(adopts, !output.Errors.Any(error => error.Message.Contains("first 20 pages", StringComparison.Ordinal)));
        Assert.Equal(Math.Min(20, pagesBefore + 1), Host.Lists);
    }

    [Fact]
    public async Task Resolve_EqualJobBeforeTheBound_IsACandidateAndNotIt()
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        Host.Add("one");
        Host.EndlessPages = true;

        RecordingOutput output = await ResolveAsync(job.Id);

        SeedanceException error = Assert.Single(output.Errors);
        Assert.Contains("task-1", error.Message, StringComparison.Ordinal);
        Assert.Contains("older one", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_HostHasIt_AdoptsItAndKeepsTheReservation()
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        Host.Add("one");

        RecordingOutput output = await ResolveAsync(job.Id);

        Assert.Equal(("task-1", JobStatus.Running), (Assert.Single(output.Jobs).ProviderJobId, output.Jobs[0].State));
        Assert.Equal(1, Assert.Single(await Kit.Services.Store.SumSpendAsync(null, null, Stop)).Amount.Reserved);
    }

    [Fact]
    public async Task Resolve_MarkInTheList_IsItWhateverElseIsLikeIt()
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        Host.Add("one");
        string marked = Host.Add("one, as the host rewrote it", token: job.Id);

        RecordingOutput output = await ResolveAsync(job.Id);

        Assert.Equal(marked, Assert.Single(output.Jobs).ProviderJobId);
    }

    [Fact]
    public async Task Resolve_SomebodyElsesMark_IsNotIt()
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        Host.Add("one", token: "somebody-else");

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single((await ResolveAsync(job.Id)).Errors).Code);
    }

    [Fact]
    public async Task Resolve_DeadProcessMayHaveSentTheSame_TheListedJobMayBeItsAndNobodyAdoptsIt()
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        await CutOffAsync("one");
        Host.Add("one");

        Assert.Contains("may be any of these", Assert.Single((await ResolveAsync(job.Id)).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_NotFound_SaysSoAndStaysUnconfirmed()
    {
        SeedanceJob job = await UnconfirmedAsync("one");

        RecordingOutput output = await ResolveAsync(job.Id);

        SeedanceException error = Assert.Single(output.Errors);
        Assert.Contains("-Abandon", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Unconfirmed, (await Kit.Services.Store.FindAsync(job.Id, Stop))!.Job.State);
    }

    [Fact]
    public async Task Resolve_Several_NamesThemAndAdoptsNoneEvenWhenToldToAbandon()
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        Host.Add("one");
        Host.Add("one");

        RecordingOutput output = await ResolveAsync(job.Id, new ResolveOptions { Abandon = true });

        SeedanceException error = Assert.Single(output.Errors);
        Assert.Contains("task-1", error.Message, StringComparison.Ordinal);
        Assert.Contains("task-2", error.Message, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Unconfirmed, (await Kit.Services.Store.FindAsync(job.Id, Stop))!.Job.State);
    }

    [Theory]
    [InlineData(true, false, JobStatus.Unconfirmed)]
    [InlineData(true, true, JobStatus.Cancelled)]
    [InlineData(false, false, JobStatus.Cancelled)]
    public async Task Resolve_AbandonBesideCandidates_NeedsForceWhereTheyAreAlike(bool tellsPrompts, bool force, JobStatus status)
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        Host.TellsPrompts = tellsPrompts;
        Host.Add("one");
        Host.Add("one");

        await ResolveAsync(job.Id, new ResolveOptions { Abandon = true, Force = force });

        Assert.Equal(status, (await Kit.Services.Store.FindAsync(job.Id, Stop))!.Job.State);
    }

    [Fact]
    public async Task Resolve_IdByTheUser_IsAskedForAndAdopted()
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        string id = Host.Add("whatever", status: "done");

        RecordingOutput output = await ResolveAsync(job.Id, new ResolveOptions { ProviderJobId = id });

        Assert.Equal((id, JobStatus.Succeeded), (Assert.Single(output.Jobs).ProviderJobId, output.Jobs[0].State));
        Assert.Contains("GET /api/tasks/" + id, Host.Log);
    }

    [Fact]
    public async Task Resolve_IdThatTheHostDoesNotKnow_ChangesNothing()
    {
        SeedanceJob job = await UnconfirmedAsync("one");

        RecordingOutput output = await ResolveAsync(job.Id, new ResolveOptions { ProviderJobId = "task-77" });

        Assert.Equal(ErrorCode.JobNotFound, Assert.Single(output.Errors).Code);
        Assert.Equal(JobStatus.Unconfirmed, (await Kit.Services.Store.FindAsync(job.Id, Stop))!.Job.State);
    }

    [Fact]
    public async Task Resolve_IdOfAnotherRecord_IsRefused()
    {
        await SubmitAsync("one");
        SeedanceJob job = await UnconfirmedAsync("two");

        RecordingOutput output = await ResolveAsync(job.Id, new ResolveOptions { ProviderJobId = "task-1" });

        Assert.Contains("another record", Assert.Single(output.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_TwoJobsRaceForOneTask_OneGetsIt()
    {
        SeedanceJob first = await UnconfirmedAsync("one");
        SeedanceJob second = await UnconfirmedAsync("one");
        string id = Host.Add("one");
        ResolveOptions options = new() { ProviderJobId = id };

        RecordingOutput[] outputs = await Task.WhenAll(
            Task.Run(() => ResolveAsync(first.Id, options), Stop), Task.Run(() => ResolveAsync(second.Id, options), Stop));

        Assert.Single(outputs.SelectMany(output => output.Jobs));
        Assert.Single(outputs.SelectMany(output => output.Errors));
        Assert.Single(await UnfinishedAsync(), job => job.ProviderJobId == id);
    }

    [Fact]
    public async Task Resolve_Abandoned_FreesTheSlotAndKeepsTheMoneyReserved()
    {
        SeedanceJob job = await UnconfirmedAsync("one");

        RecordingOutput output = await ResolveAsync(job.Id, new ResolveOptions { Abandon = true });

        SeedanceJob abandoned = Assert.Single(output.Jobs);
        Assert.Equal((JobStatus.Cancelled, nameof(ErrorCode.SubmitUnconfirmed)), (abandoned.State, abandoned.Error!.Code));
        Assert.Contains("bandoned by the user", abandoned.Error.Message, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(await Kit.Services.Store.SumSpendAsync(null, null, Stop)).Amount.Reserved);
        await SubmitAsync("two");
        Assert.Empty(Kit.Output.Errors);
    }

    [Fact]
    public async Task Resolve_HostWithoutAList_SaysSoAndCanBeAbandoned()
    {
        SeedanceJob job = await UnconfirmedAsync("one");
        Account plain = TestServices.Account();

        RecordingOutput asked = await ResolveAsync(job.Id, account: plain);
        RecordingOutput abandoned = await ResolveAsync(job.Id, new ResolveOptions { Abandon = true }, plain);

        Assert.Contains("does not list jobs", Assert.Single(asked.Errors).Message, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Cancelled, Assert.Single(abandoned.Jobs).State);
    }
}
