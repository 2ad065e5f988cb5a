using Seedance.Core.Tests.Store;
using Seedance.Records;
using Seedance.Spending;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Spending;

/// <summary>What every engine keeps of the money.</summary>
public abstract class SpendLedgerSuite : StoreSuite
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SlotTerms s_free = new(int.MaxValue);
    private static int s_made;
    private readonly IJobStore _store;

    private protected SpendLedgerSuite(StoreBench bench)
        : base(bench) => _store = bench.Open();

    [Fact]
    public async Task TryTakeSlotAsync_Taken_ReservesTheEstimateAndTheRecordSaysSo()
    {
        StoredJob job = await TakeAsync(Job(1.25m));

        SpendSum sum = Assert.Single(await SumAsync());
        Assert.Equal(
            ("2026-03-01", "Acme", "studio", "m", "USD"), (sum.Day, sum.Key.Provider, sum.Key.Profile, sum.Key.Model, sum.Key.Unit));
        Assert.Equal(new SpendAmount(1.25m, 0, 1, 0, 5), sum.Amount);
        Assert.True((await _store.FindAsync(job.Job.Id, Stop))!.IsBooked);
    }

    [Fact]
    public async Task UpdateAsync_ProviderNamesAFigure_SettlesAndOutlivesTheRecord()
    {
        StoredJob job = await TakeAsync(Job(1.25m));
        await SettleAsync(job, 0.9m);
        await _store.RemoveAsync(job.Job.Id, Stop);

        Assert.Equal(new SpendAmount(0, 0.9m, 1, 0, 5), Assert.Single(await SumAsync()).Amount);
        Assert.Equal(new SpendAmount(0, 0.9m, 1, 0, 5), Assert.Single(await Bench.Open().SumSpendAsync(null, null, Stop)).Amount);
    }

    [Fact]
    public async Task UpdateAsync_ProviderRefunds_TheLastFigureCounts()
    {
        StoredJob job = await TakeAsync(Job(1.25m));
        await SettleAsync(job, 0.9m);
        await SettleAsync(job, 0);

        Assert.Equal(new SpendAmount(0, 0, 1, 0, 5), Assert.Single(await SumAsync()).Amount);
    }

    [Fact]
    public async Task UpdateAsync_FigureInAnotherUnit_StandsBesideTheReservation()
    {
        StoredJob job = await TakeAsync(Job(1.25m));
        await SettleAsync(job, 30_000, "tokens");

        IReadOnlyList<SpendSum> sums = await SumAsync();
        Assert.Equal(new SpendAmount(1.25m, 0, 1, 0, 5), sums.Single(sum => sum.Key.Unit == "USD").Amount);
        Assert.Equal(new SpendAmount(0, 30_000, 0, 0, 0), sums.Single(sum => sum.Key.Unit == "tokens").Amount);
    }

    [Fact]
    public async Task UpdateAsync_PriceWasUnknown_TheFigureGivesItsUnit()
    {
        StoredJob job = await TakeAsync(Job(null));
        Assert.Equal(new SpendAmount(0, 0, 1, 1, 5), Assert.Single(await SumAsync()).Amount);

        await SettleAsync(job, 0.9m);
        SpendSum sum = Assert.Single(await SumAsync());
        Assert.Equal(("USD", new SpendAmount(0, 0.9m, 1, 0, 5)), (sum.Key.Unit, sum.Amount));
    }

    [Fact]
    public async Task UpdateAsync_JobThatWasPaidForElsewhere_IsNotEntered()
    {
        StoredJob adopted = Job(1.25m);
        await _store.AddAsync(adopted, Stop);
        await SettleAsync(adopted, 0.9m);

        Assert.Empty(await SumAsync());
    }

    [Fact]
    public async Task WithdrawAsync_SurelyNotTaken_ReleasesTheMoneyAndForgetsTheRecord()
    {
        StoredJob job = await TakeAsync(Job(1.25m));
        await _store.WithdrawAsync(job);

        Assert.Empty(await SumAsync());
        Assert.Null(await _store.FindAsync(job.Job.Id, Stop));
    }

    [Fact]
    public async Task TryTakeSlotAsync_WasWithdrawnOnADayBefore_CountsOnTheDayOfItsLastTry()
    {
        StoredJob job = await TakeAsync(Job(1.25m));
        await _store.WithdrawAsync(job);

        StoredJob again = await TakeAsync(job with { Job = job.Job with { CreatedAt = s_noon.AddDays(1) } });
        await SettleAsync(again, 0.9m);

        SpendSum sum = Assert.Single(await SumAsync());
        Assert.Equal(("2026-03-02", 0.9m), (sum.Day, sum.Amount.Settled));
    }

    [Fact]
    public async Task WithdrawAsync_ReceiptCameMeanwhile_KeepsTheRecordAndTheMoney()
    {
        StoredJob job = await TakeAsync(Job(1.25m));
        await _store.UpdateAsync(
            job.Job.Id, stored => stored with { Job = stored.Job with { ProviderJobId = "p-1", State = JobStatus.Queued } }, Stop);

        Assert.False(await _store.WithdrawAsync(job));

        Assert.Equal("p-1", (await _store.FindAsync(job.Job.Id, Stop))!.Job.ProviderJobId);
        Assert.Equal(1.25m, Assert.Single(await SumAsync()).Amount.Reserved);
    }

    [Fact]
    public async Task WithdrawAsync_RequestLeftMeanwhile_IsWithdrawnOnlyByWhoKnowsThat()
    {
        StoredJob job = await TakeAsync(Job(1.25m) with { IsUnsent = true });
        await _store.UpdateAsync(job.Job.Id, static stored => stored with { IsUnsent = false }, Stop);

        Assert.False(await _store.WithdrawAsync(job));
        Assert.NotNull(await _store.FindAsync(job.Job.Id, Stop));

        Assert.True(await _store.WithdrawAsync(job with { IsUnsent = false })); // The provider refused it.
        Assert.Empty(await SumAsync());
    }

    [Fact]
    public async Task SumSpendAsync_ManyChanges_AreWhatTheEntriesComeTo()
    {
        StoredJob settled = await TakeAsync(Job(2)), refunded = await TakeAsync(Job(4)), released = await TakeAsync(Job(8)),
        other = await TakeAsync(Job(16));
        await SettleAsync(refunded, 3);
        await SettleAsync(settled, 1.5m);
        await SettleAsync(settled, 1.5m);
        await SettleAsync(refunded, 0);
        await SettleAsync(other, 700, "tokens");
        await _store.WithdrawAsync(released);
        await _store.WithdrawAsync(released);

        Assert.Equal(1.5m + 16, (await SumAsync()).Where(sum => sum.Key.Unit == "USD").Sum(sum => sum.Total));
        Assert.Equal(3, (await SumAsync()).Sum(sum => sum.Amount.Jobs));
        SlotTerms tight = s_free with { Caps = new SpendCaps("studio") { CostPerDay = 1 } };
        Assert.Equal(1.5m + 16, (await Bench.Open().TryTakeSlotAsync(Job(1), tight, Stop)).Breach!.Spent);
    }

    [Theory]
    [InlineData("-1000000")]
    [InlineData("79228162514264337593543950335")]
    public async Task UpdateAsync_FigureThatIsNoPrice_IsNotEntered(string figure)
    {
        decimal amount = decimal.Parse(figure, CultureInfo.InvariantCulture);
        StoredJob first = await TakeAsync(Job(1)), second = await TakeAsync(Job(1)), third = await TakeAsync(Job(amount));
        await SettleAsync(first, amount);
        await SettleAsync(second, amount);
        await SettleAsync(third, amount);

        Assert.Equal(
            new SpendAmount(2, 0, 3, 1, 15), (await SumAsync()).Aggregate(default(SpendAmount), (total, sum) => total + sum.Amount));
    }

    [Fact]
    public async Task SumSpendAsync_ThousandthsOfACent_StayExact()
    {
        for (int i = 0; i < 10; i++)
        {
            await TakeAsync(Job(0.100001m));
        }

        Assert.Equal(1.00001m, Assert.Single(await SumAsync()).Amount.Reserved);
    }

    [Fact]
    public async Task SumSpendAsync_Span_TakesWholeUtcDays()
    {
        await TakeAsync(Job(1));
        await TakeAsync(Job(2, s_noon.AddDays(1)));
        await TakeAsync(Job(4, s_noon.AddDays(2)));

        IReadOnlyList<SpendSum> sums = await _store.SumSpendAsync(s_noon.AddDays(1).AddHours(11), s_noon.AddDays(1), Stop);

        Assert.Equal(2, Assert.Single(sums).Amount.Reserved);
    }

    [Fact]
    public async Task TryTakeSlotAsync_ManyStoresAtOnce_LoseNoLineAndMixNone()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(
            async () =>
            {
                IJobStore own = Bench.Open();
                for (int i = 0; i < 25; i++)
                {
                    StoredJob job = Job(1, s_noon, endpoint: "https://acme.example/" + writer);
                    Assert.True((await own.TryTakeSlotAsync(job, s_free, Stop)).Taken);
                    await own.UpdateAsync(job.Job.Id, stored => WithCost(stored, 2, "USD"), Stop);
                }
            },
            Stop)));

        Assert.Equal(new SpendAmount(0, 200, 100, 0, 500), Assert.Single(await SumAsync()).Amount);
        Assert.Equal(200, Bench.Count("ledger"));
    }

    [Fact]
    public async Task TryTakeSlotAsync_LedgerCannotBeWritten_RecordsNothing()
    {
        await SumAsync();
        await _store.PauseAsync("any", TimeSpan.Zero, Stop); // So that there are tables.
        Bench.ChangeTables("drop table ledger");

        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(() => TakeAsync(Job(1)));

        Assert.Equal(ErrorCode.StoreFailure, error.Code);
        Assert.Equal(0, Bench.Count("job"));
    }

    [Fact]
    public async Task TryTakeSlotAsync_TwoStoresRaceForTheLastOfTheBudget_OneGetsIt()
    {
        SlotTerms terms = s_free with { Caps = new SpendCaps("studio") { CostPerDay = 10 } };
        await TakeAsync(Job(9));

        SlotVerdict[] verdicts = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => Bench.Open().TryTakeSlotAsync(Job(1, s_noon, endpoint: "https://acme.example/" + i), terms, Stop), Stop)));

        Assert.Single(verdicts, verdict => verdict.Taken);
        Assert.All(verdicts.Where(verdict => !verdict.Taken), verdict => Assert.Equal(10, verdict.Breach!.Spent));
        Assert.Equal(10, Assert.Single(await SumAsync()).Total);
    }

    private static StoredJob Job(decimal? estimate, DateTimeOffset? at = null, string endpoint = "https://acme.example/api") =>
        new(new SeedanceJob
    {
        Id = JobId.Create((at ?? s_noon).AddMilliseconds(Interlocked.Increment(ref s_made) % 1000)), // Never twice the same.
        Provider = "Acme",
        Profile = "studio",
        Endpoint = new Uri(endpoint),
        Model = "m",
        WireModel = "acme-1",
        Prompt = "p",
        Request = new VideoRequest { Prompt = "p", DurationSeconds = 5 },
        State = JobStatus.Submitting,
        CreatedAt = at ?? s_noon,
        EstimatedCost = estimate is { } amount ? new SeedanceCost { Amount = amount, Unit = "USD", IsEstimate = true } : null,
    });

    private static StoredJob WithCost(StoredJob stored, decimal amount, string unit) =>
        stored with { Job = stored.Job with { ActualCost = new SeedanceCost { Amount = amount, Unit = unit } } };

    private async Task<StoredJob> TakeAsync(StoredJob job)
    {
        Assert.True((await _store.TryTakeSlotAsync(job, s_free, Stop)).Taken);
        return job;
    }

    private Task SettleAsync(StoredJob job, decimal amount, string unit = "USD") =>
        _store.UpdateAsync(job.Job.Id, stored => WithCost(stored, amount, unit), Stop);

    private Task<IReadOnlyList<SpendSum>> SumAsync() => _store.SumSpendAsync(null, null, Stop);
}
