using Seedance.Accounts;
using Seedance.Jobs.Batch;
using Seedance.Jobs.Gate;
using Seedance.Jobs.Prepare;
using Seedance.Sheets;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>Rows that are planned, and whose token has a job by then.</summary>
public sealed class EnqueueJobsTests : IDisposable
{
    private readonly ScriptedHandler _network = new();
    private readonly TestServices _kit;

    public EnqueueJobsTests() => _kit = new TestServices(_network);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task PlanAsync_SecondAccountHasTheJob_ReturnsIt()
    {
        SubmitOptions reuse = new() { Reuse = true };
        _network.Answer(402, ScriptedHandler.Refusal).Answer(200, """{"id":"task-1"}""");
        SubmitCall first = new(_kit.Services);
        await first.SubmitAsync(first.Row(Request("a"), [Choice("one"), Choice("two")], reuse), _kit.Output, Stop);
        Assert.Equal("two", Assert.Single(_kit.Output.Jobs).Profile);

        SubmitCall again = new(_kit.Services);
        await PlanAsync(again, again.Row(Request("a"), [Choice("one"), Choice("two")], reuse));

        Assert.Empty(_kit.Output.Errors);
        Assert.Equal([_kit.Output.Jobs[0].Id, _kit.Output.Jobs[0].Id], _kit.Output.Jobs.Select(job => job.Id));
        Assert.True(_kit.Output.Jobs[1].IsReused);
    }

    [Fact]
    public async Task PlanAsync_AnotherRowsAccountsBeginElsewhere_FindsTheJobOfTheSameCall()
    {
        SubmitOptions token = new() { ClientToken = "row-1" };
        SubmitCall call = new(_kit.Services);
        SubmitRow first = call.Row(Request("a"), [Choice("one"), Choice("two")], token);

        await PlanAsync(call, first, call.Row(Request("a"), [Choice("two"), Choice("one")], token));

        Assert.Empty(_kit.Output.Errors);
        Assert.Single(_kit.Output.Jobs.Select(job => job.Id).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task PlanAsync_RowsThatExist_TakeNothingOfTheTotal()
    {
        SubmitOptions limited = new() { Reuse = true, MaxTotalCost = 1, MaxCost = 1 };
        SubmitCall first = new(_kit.Services);
        await PlanAsync(first, Row(first, "a", limited));

        SubmitCall again = new(_kit.Services);
        SubmitOptions tighter = limited with { MaxCost = 0.5m };
        await PlanAsync(again, Row(again, "a", tighter), Row(again, "b", limited), Row(again, "c", limited));

        Assert.Equal(["a", "a", "b"], _kit.Output.Jobs.Select(job => job.Prompt));
        Assert.Equal([false, true, false], _kit.Output.Jobs.Select(job => job.IsReused));
        Assert.Equal("c", Assert.Single(_kit.Output.Errors).Target);
    }

    [Fact]
    public async Task PlanAsync_OneTokenInTwoRows_IsCountedOnce()
    {
        SubmitOptions limited = new() { ClientToken = "row-1", MaxTotalCost = 2 };
        SubmitCall call = new(_kit.Services);

        await PlanAsync(call, Row(call, "a", limited), Row(call, "a", limited), Row(call, "b", limited with { ClientToken = null }));

        Assert.Empty(_kit.Output.Errors);
        Assert.Equal([false, true, false], _kit.Output.Jobs.Select(job => job.IsReused));
        Assert.Equal("3 rows: 1 exist, 2 new; about 2 USD", call.DoneLine());
    }

    [Fact]
    public async Task QueueBatch_TokenOfAnotherRow_IsTheErrorOfTheRowThatUsesIt()
    {
        SubmitCall call = new(_kit.Services);
        SubmitOptions token = new() { ClientToken = "row-1" };
        BatchItem[] items =
        [
            .. new[] { Row(call, "a", token), Row(call, "b", token), Row(call, "c", new SubmitOptions()) }
                .Select(static (row, number) => new BatchItem(new SheetRow(number, []), tag: null, take: null) { Submit = row }),
        ];
        BatchResult result = new(new Sheet([], [.. items.Select(item => item.Row)], ','), Path.Combine(_kit.Home, "result.csv"), _kit.Time);

        await new QueueBatch(items, call, result).RunAsync(_kit.Output, Stop);

        Assert.Equal([BatchState.Submitted, BatchState.Refused, BatchState.Submitted], items.Select(item => item.State));
        Assert.Equal(ErrorCode.InvalidRequest, items[1].Error!.Code);
    }

    private static VideoRequest Request(string prompt) => new() { Prompt = prompt, Model = "seedance-acme", DurationSeconds = 5 };

    private static AccountChoice Choice(string profile)
    {
        AcmeAdapter adapter = new();
        Account account = new(adapter, adapter.Provider.BaseUri, TestServices.Key) { Concurrency = 50, Profile = profile };
        return new AccountChoice(profile, null) { Account = account };
    }

    private static SubmitRow Row(SubmitCall call, string prompt, SubmitOptions options) =>
        call.Row(Request(prompt), [new AccountChoice(null, "Acme") { Account = TestServices.Account() }], options);

    private async Task PlanAsync(SubmitCall call, params SubmitRow[] rows)
    {
        foreach (SubmitRow row in rows)
        {
            await call.PlanAsync(row, _kit.Output, Stop);
        }

        await call.RecordPlannedAsync(_kit.Output, Stop);
    }
}
