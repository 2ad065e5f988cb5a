using Seedance.Accounts;
using Seedance.Money;
using Seedance.Providers;
using Seedance.TestKit;
using Seedance.Transport;

namespace Seedance.Core.Tests.Transport;

/// <summary>What a look through the one door shows of each exchange, and that no key is in it.</summary>
public sealed class ExchangeObserverTests : IDisposable
{
    private readonly ScriptedHandler _network = new();
    private readonly TestServices _kit;
    private readonly Account _account = TestServices.Account(ProviderRegistry.Find("Muapi")!);
    private readonly List<ExchangeRecord> _seen = [];

    public ExchangeObserverTests() => _kit = new TestServices(_network);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Observe_QueryThatIsThrottledOnce_ShowsBothTriesAndWhenTheSecondFollows()
    {
        _network.Answer(429, "{}", ("Retry-After", "7"), ("x-request-id", "r1")).Answer(200, """{"balance":12,"currency":"USD"}""");
        using IDisposable looking = _kit.Services.Client.Observe(new Look(_seen));

        await TurnAsync(GetCredits.RunAsync(_kit.Services, _account, _kit.Output, Stop));

        Assert.Equal([(1, 429, TimeSpan.FromSeconds(7)), (2, 200, (TimeSpan?)null)],
            _seen.Select(one => (one.Try, one.Response!.Status, one.RetryIn)));
        Assert.Equal(("Muapi", ProviderVerb.Balance, "GET", "r1"),
            (_seen[0].Provider, _seen[0].Verb, _seen[0].Method, _seen[0].Response!.RequestId));
        Assert.EndsWith("balance", _seen[0].Address, StringComparison.Ordinal);
        Assert.DoesNotContain(TestServices.Key, string.Join("\n", _seen), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Observe_ConnectionBreaks_ShowsWhy()
    {
        _network.Otherwise = static _ => throw new HttpRequestException("reset by peer");
        using IDisposable looking = _kit.Services.Client.Observe(new Look(_seen));

        await Assert.ThrowsAsync<SeedanceException>(() => TurnAsync(GetCredits.RunAsync(_kit.Services, _account, _kit.Output, Stop)));

        Assert.Equal(4, _seen.Count);
        Assert.All(_seen, one => Assert.Contains("reset by peer", one.Failure, StringComparison.Ordinal));
        Assert.Equal([true, true, true, false], _seen.Select(one => one.RetryIn is not null));
    }

    /// <summary>What a listener of OpenTelemetry throws must not take the answer from a submit that was paid.</summary>
    [Fact]
    public async Task Observe_LookThatThrows_LosesNoAnswerAndTheOthersStillSeeIt()
    {
        _network.Answer(200, """{"balance":12,"currency":"USD"}""");
        using IDisposable broken = _kit.Services.Client.Observe(new Broken());
        using IDisposable looking = _kit.Services.Client.Observe(new Look(_seen));

        await GetCredits.RunAsync(_kit.Services, _account, _kit.Output, Stop);

        Assert.Empty(_kit.Output.Errors);
        Assert.Single(_seen);
    }

    [Fact]
    public async Task Dispose_OfALook_EndsIt()
    {
        _network.Answer(200, """{"balance":12,"currency":"USD"}""");
        _kit.Services.Client.Observe(new Look(_seen)).Dispose();

        await GetCredits.RunAsync(_kit.Services, _account, _kit.Output, Stop);

        Assert.Empty(_seen);
    }

    private Task TurnAsync(Task run) => _kit.Time.PassAsync(run, within: TimeSpan.FromSeconds(25));

    private sealed class Broken : IExchangeObserver
    {
        public void OnExchange(ExchangeRecord exchange) => throw new InvalidOperationException("no runspace here");
    }

    private sealed class Look(List<ExchangeRecord> seen) : IExchangeObserver
    {
        public void OnExchange(ExchangeRecord exchange) => seen.Add(exchange);
    }
}
