using Seedance.Accounts;
using Seedance.Jobs.Batch;
using Seedance.Jobs.Gate;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Query;
using Seedance.Jobs.Save;
using Seedance.Jobs.Wait;
using Seedance.Sheets;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Batch;

/// <summary>What stands in a row's way is another row's job, and not its own.</summary>
public sealed class HeldBackRowTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BehindASubmitInDoubt_RowsWait_AndOnlyTheOneIsUnconfirmed()
    {
        using ScriptedHandler network = new();
        network.ResetAfterBody();
        using TestServices kit = new(network);
        SubmitCall call = new(kit.Services);
        BatchItem[] items = [Item(call, 1), Item(call, 2), Item(call, 3)];
        JobLookup lookup = new(kit.Services, (_, _) => null, TestServices.Key, [TestServices.Account()]);
        SaveBatch save = new(kit.Services, lookup, new SaveJobOptions { Destination = kit.Home }, most: 1);
        BatchResult result = new(new Sheet([], [.. items.Select(item => item.Row)], ','), Path.Combine(kit.Home, "result.csv"), kit.Time);

        await new PlanBatch(call).RunAsync(items, Stop);
        using (RunBatch run = new(
            items, call, new WaitForJobs(kit.Services, lookup, new WaitOptions { Timeout = TimeSpan.Zero }), save, result))
        {
            await run.RunAsync(kit.Output, Stop);
        }

        Assert.Equal(["Unconfirmed", "Waiting", "Waiting"], items.Select(item => item.Status));
        Assert.All(items[1..], item => Assert.Null(item.Job));
        Assert.Equal(
            "3 rows: 1 unconfirmed, 2 waiting", BatchReport.Summarize(items, "s.csv", "s.result.csv", "s").ToString().Split(';')[0]);
        Assert.Single(network.Requests);
    }

    [Fact]
    public async Task QueueBatch_RowPastTheSum_WaitsForTheNextCall()
    {
        using TestServices kit = new(new ScriptedHandler());
        SubmitCall call = new(kit.Services);
        BatchItem[] items = [Item(call, 1), Item(call, 2), Item(call, 3)];
        foreach (BatchItem item in items)
        {
            item.Submit = item.Submit! with { Options = item.Submit.Options with { MaxTotalCost = 2.5m, IsQueued = true } };
        }

        BatchResult result = new(new Sheet([], [.. items.Select(item => item.Row)], ','), Path.Combine(kit.Home, "result.csv"), kit.Time);
        List<string> ended = [];
        await new QueueBatch(items, call, result) { Ended = item => ended.Add(item.Status) }.RunAsync(kit.Output, Stop);

        Assert.Equal(["Planned", "Planned", "Waiting"], ended);
        Assert.True(File.Exists(result.Path));
    }

    private static BatchItem Item(SubmitCall call, int number) => new(new SheetRow(number, []), tag: null, take: null)
    {
        Submit = call.Row(
            new VideoRequest { Prompt = FormattableString.Invariant($"fox number {number}"), Model = "seedance-acme", DurationSeconds = 5 },
            [new AccountChoice(null, "Acme") { Account = TestServices.Account() }],
            new SubmitOptions { Reuse = true }),
    };
}
