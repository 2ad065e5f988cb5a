using Seedance.Spending;
using Seedance.Store;

namespace Seedance.Core.Tests.Spending;

public sealed class SpendLedgerTests : IDisposable
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SlotTerms s_free = new(int.MaxValue);
    private readonly string _home = Directory.CreateTempSubdirectory("seedance-ledger-").FullName;
    private readonly FileJobStore _store;

    public SpendLedgerTests() => _store = new FileJobStore(_home);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Page => Path.Combine(_home, "ledger", "2026-03-01.jsonl");

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task TryTakeSlotAsync_Taken_ReservesTheEstimateAndTheRecordSaysSo()
    {
        StoredJob job = await TakeAsync(Job(1.25m));

        SpendSum sum = Assert.Single(await SumAsync());
        Assert.Equal(("2026-03-01", "Acme", "studio", "m", "USD"), (sum.Day, sum.Key.Provider, sum.Key.Profile, sum.Key.Model, sum.Key.Unit));
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
        Assert.Equal(new SpendAmount(0, 0.9m, 1, 0, 5), Assert.Single(await new FileJobStore(_home).SumSpendAsync(null, null, Stop)).Amount);
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
    public async Task WithdrawAsync_ReceiptCameMeanwhile_KeepsTheRecordAndTheMoney()
    {
        StoredJob job = await TakeAsync(Job(1.25m));
        await _store.UpdateAsync(job.Job.Id, stored => stored with { Job = stored.Job with { ProviderJobId = "p-1", Status = JobStatus.Queued } }, Stop);

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
    public async Task SumSpendAsync_SettleLineWrittenTwiceAfterACrash_CountsOnce()
    {
        StoredJob job = await TakeAsync(Job(1.25m));
        await SettleAsync(job, 0.9m);
        string last = (await File.ReadAllLinesAsync(Page, Stop))[^1];
        await File.AppendAllTextAsync(Page, last + "\n", Stop);

        Assert.Equal(0.9m, Assert.Single(await SumAsync()).Amount.Settled);
    }

    [Theory]
    [InlineData("{\"version\":1,\"event\":\"reserve\",\"job\":\"x\",\"at\":\"2026-03-01T1")]
    [InlineData("\0\0\0")]
    [InlineData("{}")]
    public async Task TryTakeSlotAsync_TailWasCutOff_StepsOverItAndGoesOn(string torn)
    {
        await TakeAsync(Job(1));
        await File.AppendAllTextAsync(Page, torn, Stop);
        Assert.Equal(1, Assert.Single(await SumAsync()).Amount.Reserved);

        await TakeAsync(Job(2));

        Assert.Equal(new SpendAmount(3, 0, 2, 0, 10), Assert.Single(await SumAsync()).Amount);
        Assert.Equal(new SpendAmount(3, 0, 2, 0, 10), Assert.Single(await new FileJobStore(_home).SumSpendAsync(null, null, Stop)).Amount);
    }

    [Fact]
    public async Task SumSpendAsync_LineOfALaterVersion_IsAnErrorThatSaysWhatToDo()
    {
        await TakeAsync(Job(1));
        await File.AppendAllTextAsync(Page, "{\"version\":99,\"event\":\"haggle\",\"job\":\"x\",\"at\":\"2026-03-01T12:00:00Z\"}\n", Stop);

        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(SumAsync);

        Assert.Equal(ErrorCode.StoreFailure, error.Code);
        Assert.Contains("Update", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SumSpendAsync_FieldThatThisVersionDoesNotKnow_IsIgnored()
    {
        await TakeAsync(Job(1));
        string line = (await File.ReadAllTextAsync(Page, Stop)).TrimEnd();
        await File.WriteAllTextAsync(Page, line[..^1] + ",\"more\":{\"a\":[1,{}]}}\n", Stop);

        Assert.Equal(1, Assert.Single(await SumAsync()).Amount.Reserved);
    }

    [Fact]
    public async Task SumSpendAsync_PastDayIsSettledLate_TheKeptSumsAreMadeAnew()
    {
        StoredJob job = await TakeAsync(Job(1.25m));
        await SumAsync();
        Assert.True(File.Exists(Path.Combine(_home, "ledger", "sums", "2026-03-01.json")));

        await new FileJobStore(_home).UpdateAsync(job.Job.Id, stored => WithCost(stored, 0.5m, "USD"), Stop);

        Assert.Equal(new SpendAmount(0, 0.5m, 1, 0, 5), Assert.Single(await SumAsync()).Amount);
        await File.WriteAllTextAsync(Path.Combine(_home, "ledger", "sums", "2026-03-01.json"), "{", Stop);
        Assert.Equal(0.5m, Assert.Single(await new FileJobStore(_home).SumSpendAsync(null, null, Stop)).Amount.Settled);
    }

    [Fact]
    public async Task TryTakeSlotAsync_NewProcessOnALongPage_GoesOnFromKeptSumsAndCountsTheSame()
    {
        SlotTerms capped = s_free with { Caps = new SpendCaps("studio") { CostPerDay = 1_000_000 } };
        StoredJob settled = await TakeAsync(Job(2)), refunded = await TakeAsync(Job(4)), released = await TakeAsync(Job(8)), other = await TakeAsync(Job(16));
        await SettleAsync(refunded, 3);
        byte[][] lines = [.. Enumerable.Range(0, 1000).Select(i => SpendLine.Write(SpendEntry.Of(SpendEvent.Reserve, Job(1).Job) with { JobId = "bulk-" + i }))];
        await File.AppendAllTextAsync(Page, string.Concat(lines.Select(Encoding.UTF8.GetString)), Stop);
        await new FileJobStore(_home).TryTakeSlotAsync(Job(32), capped, Stop);
        Assert.True(File.Exists(Path.Combine(_home, "ledger", "sums", "2026-03-01.json")), "No sums were kept, so this shows nothing.");

        await SettleAsync(settled, 1.5m);
        await SettleAsync(refunded, 0);
        await SettleAsync(other, 700, "tokens");
        await _store.WithdrawAsync(released);
        await _store.WithdrawAsync(released);
        SlotTerms tight = s_free with { Caps = new SpendCaps("studio") { CostPerDay = 1 } };
        SpendBreach? breach = (await new FileJobStore(_home).TryTakeSlotAsync(Job(1), tight, Stop)).Breach;

        Assert.Equal(1000 + 32 + 1.5m + 16, breach!.Spent);
        Assert.Equal(breach.Spent, (await SumAsync()).Where(sum => sum.Key.Unit == "USD").Sum(sum => sum.Total));
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
                FileJobStore own = new(_home);
                for (int i = 0; i < 25; i++)
                {
                    StoredJob job = Job(1, s_noon, endpoint: "https://acme.example/" + writer);
                    Assert.True((await own.TryTakeSlotAsync(job, s_free, Stop)).Taken);
                    await own.UpdateAsync(job.Job.Id, stored => WithCost(stored, 2, "USD"), Stop);
                }
            },
            Stop)));

        Assert.Equal(new SpendAmount(0, 200, 100, 0, 500), Assert.Single(await SumAsync()).Amount);
        Assert.Equal(200, (await File.ReadAllLinesAsync(Page, Stop)).Count(line => SpendLine.Read(Encoding.UTF8.GetBytes(line)) is not null));
    }

    [Fact]
    public async Task TryTakeSlotAsync_LedgerCannotBeWritten_RecordsNothing()
    {
        Directory.CreateDirectory(Path.Combine(_home, "ledger", "2026-03-01.jsonl"));

        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(() => TakeAsync(Job(1)));

        Assert.Equal(ErrorCode.StoreFailure, error.Code);
        Assert.Empty(Directory.GetFiles(Path.Combine(_home, "jobs", "open"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task TryTakeSlotAsync_TwoStoresRaceForTheLastOfTheBudget_OneGetsIt()
    {
        SlotTerms terms = s_free with { Caps = new SpendCaps("studio") { CostPerDay = 10 } };
        await TakeAsync(Job(9));

        SlotVerdict[] verdicts = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => new FileJobStore(_home).TryTakeSlotAsync(Job(1, s_noon, endpoint: "https://acme.example/" + i), terms, Stop), Stop)));

        Assert.Single(verdicts, verdict => verdict.Taken);
        Assert.All(verdicts.Where(verdict => !verdict.Taken), verdict => Assert.Equal(10, verdict.Breach!.Spent));
        Assert.Equal(10, Assert.Single(await SumAsync()).Total);
    }

    [Fact]
    public async Task TryTakeSlotAsync_OnUnix_KeepsOthersOut()
    {
        await TakeAsync(Job(1));
#if TEST_NETSTANDARD
        Assert.Skip("The netstandard2.0 build runs on Windows only, where the folder decides who may read " + Page + ".");
#else
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows keeps others out by the folder's inherited permissions.");
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Page));
#endif
    }

    private static StoredJob Job(decimal? estimate, DateTimeOffset? at = null, string endpoint = "https://acme.example/api") => new(new SeedanceJob
    {
        Id = JobId.Create(at ?? s_noon),
        Provider = "Acme",
        Profile = "studio",
        Endpoint = new Uri(endpoint),
        Model = "m",
        WireModel = "acme-1",
        Prompt = "p",
        Request = new VideoRequest { Prompt = "p", DurationSeconds = 5 },
        Status = JobStatus.Submitting,
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

    private Task SettleAsync(StoredJob job, decimal amount, string unit = "USD") => _store.UpdateAsync(job.Job.Id, stored => WithCost(stored, amount, unit), Stop);

    private Task<IReadOnlyList<SpendSum>> SumAsync() => _store.SumSpendAsync(null, null, Stop);
}
