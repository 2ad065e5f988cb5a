using Seedance.RateLimits;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.RateLimits;

public sealed class SharedBackoffTests : IDisposable
{
    private readonly SqliteBench _bench = new();
    private readonly ManualTimeProvider _time = new();
    private readonly SharedBackoff _teller;
    private readonly SharedBackoff _hearer;

    public SharedBackoffTests()
    {
        _teller = new SharedBackoff(_bench.Open(), _time);
        _hearer = new SharedBackoff(_bench.Open(), _time);
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Hear_AnotherProcessWasTold_IsHeardOnceByEveryoneElse()
    {
        await _teller.Tell("acme", TimeSpan.FromSeconds(60));

        Assert.InRange((await HearAsync(_hearer, "acme"))!.Value.TotalSeconds, 30, 60);
        Assert.Null(await HearAsync(_hearer, "acme"));
        Assert.Null(await HearAsync(_hearer, "other"));
        Assert.Null(await HearAsync(_teller, "acme"));
    }

    [Fact]
    public async Task Hear_PauseOfManyMinutes_IsHeardInFull()
    {
        await _teller.Tell("acme", TimeSpan.FromMinutes(40));

        Assert.InRange((await HearAsync(_hearer, "acme"))!.Value.TotalMinutes, 39, 40);
    }

    [Fact]
    public async Task Hear_TheStoresClockWasSetBack_HoldsNobodyBack()
    {
        await _teller.Tell("acme", TimeSpan.FromSeconds(60));
        _bench.Run("update account set blocked_until = '2999-01-01T00:00:00.000Z'");

        Assert.Null(await HearAsync(_hearer, "acme"));
    }

    [Fact]
    public async Task Tell_StoreFails_IsNoError()
    {
        SharedBackoff alone = new(
            FailingStore.Around(_bench.Open(), new FailingStore.Switch { Fails = nameof(IJobStore.PauseAsync) }), _time);

        await alone.Tell("acme", TimeSpan.FromSeconds(60));

        Assert.Null(await HearAsync(_hearer, "acme"));
    }

    /// <summary>Looks until a look has come back.</summary>
    private async Task<TimeSpan?> HearAsync(SharedBackoff pause, string account)
    {
        TimeSpan? heard = null;
        for (int looks = 0; looks < 3 && heard is null; looks++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(30));
            heard = pause.Hear(account);
            await pause.LookedAsync(account);
        }

        return heard;
    }
}
