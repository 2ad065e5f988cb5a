using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.TestKit;
using static Seedance.TestKit.TaskHost;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>Submits whose answer was lost, at a host that lists its jobs.</summary>
public sealed class InDoubtTests : InDoubtSuite
{
    [Fact]
    public async Task Submit_AnswerLostAndJobTaken_AdoptsItAndTheBatchGoesOn()
    {
        Host.Next(Fate.TakenUnanswered);
        await SubmitAsync("one");
        await SubmitAsync("two");

        Assert.Empty(Kit.Output.Errors);
        Assert.Equal(["task-1", "task-2"], Kit.Output.Jobs.Select(job => job.ProviderJobId));
        Assert.Equal(2, Host.Submits);
        Assert.Equal(1, Host.Lists);
        Assert.Null(Kit.Output.Jobs[0].Error);
        Assert.Equal(2, Assert.Single(await Kit.Services.Store.SumSpendAsync(null, null, Stop)).Amount.Jobs);
    }

    [Fact]
    public async Task Submit_ListShowsTheJobLate_LooksAgain()
    {
        Host.ListDelay = TimeSpan.FromSeconds(9);
        Host.Next(Fate.TakenUnanswered);
        await SubmitAsync("one");

        Assert.Equal("task-1", Assert.Single(Kit.Output.Jobs).ProviderJobId);
        Assert.Equal(2, Host.Lists);
    }

    [Fact]
    public async Task Submit_NotInTheList_StaysUnconfirmedAfterThreeLooksInHalfAMinute()
    {
        DateTimeOffset begun = Time.GetUtcNow();
        Host.Next(Fate.LostUnanswered);
        await SubmitAsync("one");

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(Kit.Output.Errors).Code);
        Assert.Contains("Resolve-SeedanceJob", Kit.Output.Errors[0].RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(3, Host.Lists);
        Assert.Equal(30, (Time.GetUtcNow() - begun).TotalSeconds);

        await SubmitAsync("two");
        Assert.Equal(3, Host.Lists); // Once per job and process.
        Assert.Equal(1, Host.Submits);
    }

    [Fact]
    public async Task Submit_ListFails_ProvesNothing()
    {
        Host.ListFails = true;
        Host.Next(Fate.LostUnanswered);
        await SubmitAsync("one");

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(Kit.Output.Errors).Code);
        Assert.True(Host.Lists >= 3);
    }

    [Fact]
    public async Task Submit_ListIsTooLong_SaysSoOnce()
    {
        Host.EndlessPages = true;
        Host.Next(Fate.LostUnanswered);

        await SubmitAsync("one");

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(Kit.Output.Errors).Code);
        Assert.Contains("first 20 pages", Assert.Single(Kit.Output.Warnings), StringComparison.Ordinal);
        Assert.Equal(60, Host.Lists);
    }

    [Theory]
    [InlineData("another prompt", "acme-1", 0)]
    [InlineData("one", "acme-9", 0)]
    [InlineData("one", "acme-1", 6)]
    public async Task Submit_OnlyStrangersInTheList_AdoptsNone(string prompt, string model, int minutesOld)
    {
        Host.Add(prompt, model, TimeSpan.FromMinutes(minutesOld));
        Host.Next(Fate.LostUnanswered);
        await SubmitAsync("one");

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(Kit.Output.Errors).Code);
    }

    [Fact]
    public async Task Submit_EqualJobIsAnotherRecords_AdoptsOnlyItsOwn()
    {
        await SubmitAsync("one");
        Host.Next(Fate.TakenUnanswered);
        await SubmitAsync("one");

        Assert.Equal(["task-1", "task-2"], Kit.Output.Jobs.Select(job => job.ProviderJobId));
    }

    [Fact]
    public async Task Submit_TwoEqualStrangers_AdoptsNeither()
    {
        Host.Add("one");
        Host.Next(Fate.TakenUnanswered);
        await SubmitAsync("one");

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(Kit.Output.Errors).Code);
        Assert.Equal(3, Host.Lists);
    }

    [Fact]
    public async Task Submit_ListWithoutPrompts_AdoptsNobodyByTimeAlone()
    {
        Host.TellsPrompts = false;
        Host.Next(Fate.TakenUnanswered);
        await SubmitAsync("one");

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(Kit.Output.Errors).Code);
    }

    [Fact]
    public async Task Submit_ListThatCannotTellJobsApart_NamesTheCandidatesAtOnce()
    {
        DateTimeOffset begun = Time.GetUtcNow();
        Host.TellsPrompts = false;
        Host.Next(Fate.TakenUnanswered);
        await SubmitAsync("one", TestServices.Account(new RichAcmeAdapter { TellsJobsApart = false }));

        Assert.Equal(ErrorCode.SubmitUnconfirmed, Assert.Single(Kit.Output.Errors).Code);
        Assert.Equal(1, Host.Lists);
        Assert.Equal(2, (Time.GetUtcNow() - begun).TotalSeconds);
        Assert.Contains("task-1 (running", Assert.Single(Kit.Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_CutOffInAnotherProcess_IsFoundBeforeTheNextOneGoes()
    {
        await CutOffAsync("one");
        Host.Add("one");
        await SubmitAsync("two");

        Assert.Empty(Kit.Output.Errors);
        Assert.Equal(2, Host.Tasks.Count);
        Assert.Equal(2, (await UnfinishedAsync()).Count(job => job.ProviderJobId is not null));
    }

    [Fact]
    public async Task Submit_SameTokenAfterACutOff_AttachesToWhatTheHostHas()
    {
        StoredJob cutOff = await CutOffAsync("one", token: "row-1");
        Host.Add("one");
        await SubmitAsync("one", options: new SubmitOptions { ClientToken = "row-1" });

        SeedanceJob job = Assert.Single(Kit.Output.Jobs);
        Assert.Equal((cutOff.Job.Id, "task-1"), (job.Id, job.ProviderJobId));
        Assert.Equal(0, Host.Submits);
    }

    [Fact]
    public async Task Submit_SameTokenAfterACutOffNobodyKnowsOf_IsNeverSentAgain()
    {
        await CutOffAsync("one", token: "row-1");
        await SubmitAsync("one", options: new SubmitOptions { ClientToken = "row-1", ContinueUnconfirmed = true });

        Assert.Equal(JobStatus.Unconfirmed, Assert.Single(Kit.Output.Jobs).State);
        Assert.Contains("Resolve-SeedanceJob", Assert.Single(Kit.Output.Warnings), StringComparison.Ordinal);
        Assert.Equal(0, Host.Submits);
    }
}
