using System.Reflection;
using System.Runtime.CompilerServices;
using Seedance.Accounts;
using Seedance.Jobs.Gate;
using Seedance.Jobs.Prepare;
using Seedance.Spending;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Gate;

/// <summary>What a call says that it would do, and that it then does.</summary>
public sealed class SubmitCallTests : IDisposable
{
    private readonly ScriptedHandler _network = new();
    private readonly TestServices _kit;
    private int _ids;

    public SubmitCallTests()
    {
        _kit = new TestServices(_network);
        _network.Otherwise = _ => ScriptedHandler.Response(200, FormattableString.Invariant($"{{\"id\":\"task-{++_ids}\"}}"));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Review_RowsThatExistAreNewAndAreRefused_SaysWhichAndWhatItComesTo()
    {
        SubmitOptions reuse = new() { Reuse = true };
        await SubmitAsync(Capped(10), reuse, "a", "b");
        SubmitCall again = new(_kit.Services);
        Account account = Capped(3.24m);

        RowVerdict[] verdicts =
        [
            await ReviewAsync(again, account, "a", reuse), await ReviewAsync(again, account, "b", reuse),
            await ReviewAsync(again, account, "c", reuse),
            await ReviewAsync(again, account, "d", reuse, seconds: 99), await ReviewAsync(again, account, "e", reuse),
        ];

        Assert.Equal(["a", "b", null, null, null], verdicts.Select(verdict => verdict.Existing?.Prompt));
        Assert.StartsWith(
            "Return " + verdicts[0].Existing!.Id + ", Queued; nothing is paid: a", verdicts[0].Describe(), StringComparison.Ordinal);
        Assert.StartsWith("Generate 5 s", verdicts[2].Describe(), StringComparison.Ordinal);
        Assert.Equal(ErrorCode.UnsupportedByModel, verdicts[3].Refusal!.Code);
        Assert.Equal(ErrorCode.OverBudget, verdicts[4].Refusal!.Code); // Of 3.24 USD 2 are spent, and the third row takes 1.
        Assert.Equal("5 rows: 2 exist, 1 new, 2 refused; about 1 USD of 1.24 left today", await again.ReviewLineAsync(Stop));
        Assert.Equal(2, _network.Requests.Count);
    }

    [Fact]
    public async Task Review_UsedTokenWithAnotherRequest_IsRefusedAsTheSubmitWouldBe()
    {
        SubmitOptions token = new() { ClientToken = "row-1" };
        await SubmitAsync(TestServices.Account(), token, "a");
        SubmitCall again = new(_kit.Services);

        RowVerdict same = await ReviewAsync(again, TestServices.Account(), "a", token);
        RowVerdict other = await ReviewAsync(again, TestServices.Account(), "b", token);

        Assert.NotNull(same.Existing);
        Assert.Equal(ErrorCode.InvalidRequest, other.Refusal!.Code);
        Assert.Contains("row-1", other.Refusal.Message, StringComparison.Ordinal);
        Assert.Equal("2 rows: 1 exist, 1 refused; nothing is paid", await again.ReviewLineAsync(Stop));
    }

    [Fact]
    public async Task Review_OneTokenInTwoRows_IsPaidOnce()
    {
        SubmitCall call = new(_kit.Services);
        SubmitOptions token = new() { ClientToken = "row-1" };

        Assert.NotNull((await ReviewAsync(call, TestServices.Account(), "a", token)).New);
        RowVerdict second = await ReviewAsync(call, TestServices.Account(), "a", token);

        Assert.Contains("an earlier row", second.Describe(), StringComparison.Ordinal);
        Assert.Equal("2 rows: 1 exist, 1 new; about 1 USD", await call.ReviewLineAsync(Stop));
    }

    [Fact]
    public async Task Review_SeveralAccounts_LineHasTheWorstCase()
    {
        SubmitCall call = new(_kit.Services);
        AccountChoice[] choices = [Choice(1), Choice(2.5m)];

        await call.ReviewAsync(call.Row(Request("a"), choices, new SubmitOptions()), keep: true, _kit.Output, Stop);

        Assert.Equal("1 row: 1 new; about 1 USD (at most 2.5)", await call.ReviewLineAsync(Stop));
    }

    [Fact]
    public async Task Total_RowsPastIt_AreRefusedInTheReviewAndInTheSubmit()
    {
        SubmitOptions limited = new() { MaxTotalCost = 2.5m, Reuse = true };
        SubmitCall review = new(_kit.Services);
        foreach (string prompt in (string[])["a", "b", "c"])
        {
            await ReviewAsync(review, TestServices.Account(), prompt, limited);
        }

        Assert.Equal(1, review.Refused);
        Assert.Equal("3 rows: 2 new, 1 refused; about 2 USD", await review.ReviewLineAsync(Stop));

        await SubmitAsync(TestServices.Account(), limited, "a", "b", "c");
        Assert.Equal(2, _network.Requests.Count);
        Assert.Equal(2, _kit.Output.Errors.Count(error => error.Code == ErrorCode.OverBudget)); // Once by each.
        Assert.Contains("-MaxTotalCost allows 2.5", _kit.Output.Errors[1].Message, StringComparison.Ordinal);

        await SubmitAsync(TestServices.Account(), limited, "a", "b", "c"); // What exists costs nothing.
        Assert.Equal(3, _network.Requests.Count);
    }

    [Fact]
    public async Task Total_RowThatNobodyTook_GivesItsPriceBack()
    {
        _network.Answer(402, ScriptedHandler.Refusal);

        await SubmitAsync(TestServices.Account(), new SubmitOptions { MaxTotalCost = 1 }, "a", "b");

        Assert.Equal("b", Assert.Single(_kit.Output.Jobs).Prompt);
    }

    [Fact]
    public async Task Submit_JobExists_IsMarkedOnTheObjectAndSaidAndNotRecorded()
    {
        SubmitOptions reuse = new() { Reuse = true };
        await SubmitAsync(TestServices.Account(), reuse, "a");
        SubmitCall again = await SubmitAsync(TestServices.Account(), reuse, "a", "b");

        Assert.Equal([false, true, false], _kit.Output.Jobs.Select(job => job.IsReused));
        Assert.Contains(
            _kit.Output.Of("verbose"), line => ((string)line).StartsWith("Reused " + _kit.Output.Jobs[0].Id, StringComparison.Ordinal));
        Assert.Equal("2 rows: 1 exist, 1 new; about 1 USD", again.DoneLine());
        Assert.False((await _kit.Services.Store.FindAsync(_kit.Output.Jobs[0].Id, Stop))!.Job.IsReused);
    }

    [Fact]
    public async Task Reuse_JobFailed_IsMadeAgainOnceOnlyWhereThatIsWanted()
    {
        SubmitOptions reuse = new() { Reuse = true };
        await SubmitAsync(TestServices.Account(), reuse, "a");
        await FailAsync(_kit.Output.Jobs[0]);

        await SubmitAsync(TestServices.Account(), reuse, "a");
        Assert.Equal(_kit.Output.Jobs[0].Id, _kit.Output.Jobs[1].Id);

        await SubmitAsync(TestServices.Account(), reuse with { RetryFailed = true }, "a");
        await SubmitAsync(TestServices.Account(), reuse with { RetryFailed = true }, "a");
        await SubmitAsync(TestServices.Account(), reuse, "a");

        Assert.Equal(2, _network.Requests.Count);
        Assert.NotEqual(_kit.Output.Jobs[0].Id, _kit.Output.Jobs[2].Id);
        // Every later run comes by the new one.
        Assert.Equal([_kit.Output.Jobs[2].Id, _kit.Output.Jobs[2].Id], _kit.Output.Jobs.Skip(3).Select(job => job.Id));
    }

    /// <summary>A call of ten thousand rows must not grow by them.</summary>
    [Fact]
    public async Task Submit_JobIsWritten_HoldsItsSumAndNotTheJob()
    {
        SubmitCall call = await SubmitAsync(TestServices.Account(), new SubmitOptions(), "a", "b", "c");
        WeakReference[] jobs = LetGoOfOutput();

        GC.Collect();

        Assert.All(jobs[..^1], job => Assert.False(job.IsAlive)); // The last may still lie on a thread's stack.
        Assert.StartsWith("3 jobs go on at Acme, for about 3 USD.", call.GoingOn(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_ManyRows_ReadsWhatWasSpentOnce()
    {
        CountingStore.Count count = new();
        using TestServices kit = new(_network, store: home => CountingStore.Around(new SqlJobStore(new SqliteEngine(home)), count));
        SubmitCall call = new(kit.Services);
        for (int i = 0; i < 50; i++)
        {
            await ReviewAsync(call, Capped(1000), "fox " + i.ToString(CultureInfo.InvariantCulture), new SubmitOptions());
        }

        Assert.Equal("50 rows: 50 new; about 50 USD of 1000 left today", await call.ReviewLineAsync(Stop));
        Assert.Equal(1, count.Sums);
    }

    /// <summary>A method of its own, since the collector keeps what a running one has looked at.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference[] LetGoOfOutput()
    {
        WeakReference[] jobs = [.. _kit.Output.Jobs.Select(job => new WeakReference(job))];
        _kit.Output.Clear();
        return jobs;
    }

    private static VideoRequest Request(string prompt, int seconds = 5) =>
        new() { Prompt = prompt, Model = "seedance-acme", DurationSeconds = seconds };

    private static Account Capped(decimal perDay)
    {
        AcmeAdapter adapter = new();
        return new Account(adapter, adapter.Provider.BaseUri, TestServices.Key) { Concurrency = 50, Profile = "studio",
            Caps = new SpendCaps("studio") { CostPerDay = perDay } };
    }

    private static AccountChoice Choice(decimal perFiveSeconds)
    {
        AcmeAdapter plain = new();
        AcmeAdapter adapter = new()
        {
            Provider = plain.Provider,
            Models = [plain.Models[0] with {
                Price = plain.Models[0].Price! with { PerSecond = new Dictionary<string, decimal> { ["720p"] = perFiveSeconds / 5 } } }],
        };
        return new AccountChoice(null, "Acme") { Account = TestServices.Account(adapter) };
    }

    private Task<RowVerdict> ReviewAsync(SubmitCall call, Account account, string prompt, SubmitOptions options, int seconds = 5) =>
        call.ReviewAsync(
        call.Row(Request(prompt, seconds),
            [new AccountChoice(account.Profile, account.Profile is null ? "Acme" : null) { Account = account }], options), keep: true,
            _kit.Output, Stop);

    private async Task<SubmitCall> SubmitAsync(Account account, SubmitOptions options, params string[] prompts)
    {
        SubmitCall call = new(_kit.Services);
        foreach (string prompt in prompts)
        {
            await call.SubmitAsync(
                call.Row(Request(prompt),
                    [new AccountChoice(account.Profile, account.Profile is null ? "Acme" : null) { Account = account }], options),
                    _kit.Output, Stop);
        }

        return call;
    }

    private Task FailAsync(SeedanceJob job) => _kit.Services.Store.UpdateAsync(
        job.Id, stored => stored with { Job = stored.Job with { State = JobStatus.Failed, CompletedAt = _kit.Time.GetUtcNow() } }, Stop);

    /// <summary>Counts how often the ledger is read.</summary>
    public class CountingStore : DispatchProxy
    {
        private IJobStore _inner = null!;
        private Count _count = null!;

        internal static IJobStore Around(IJobStore inner, Count count)
        {
            IJobStore proxy = Create<IJobStore, CountingStore>();
            ((CountingStore)proxy)._inner = inner;
            ((CountingStore)proxy)._count = count;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            _count.Sums += targetMethod!.Name == nameof(IJobStore.SumSpendAsync) ? 1 : 0;
            return targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
        }

        internal sealed class Count
        {
            public int Sums { get; set; }
        }
    }
}
