using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Money;
using Seedance.Providers;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Transport;

/// <summary>Queries keep to their host's pace, and what a host says to one of them holds for submits and polls too.</summary>
public sealed class ProviderClientTests : IDisposable
{
    private const string Balance = """{"balance":12,"currency":"USD"}""";
    private readonly ScriptedHandler _network = new();
    private readonly TestServices _kit;
    private readonly Account _account = TestServices.Account(ProviderRegistry.Find("Muapi")!);

    public ProviderClientTests() => _kit = new TestServices(_network);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Query_HostThrottlesIt_IsAskedAgainWhenItsPauseIsOver()
    {
        _network.Answer(429, "{}", ("Retry-After", "7")).Answer(200, Balance);

        double seconds = await TurnAsync(_kit, AskAsync(_kit));

        Assert.InRange(seconds, 7, 9);
        Assert.Equal(2, _network.Requests.Count);
        Assert.Empty(_kit.Output.Errors);
    }

    [Fact]
    public async Task Query_HostThrottlesItForNoTimeAtAll_IsNotAskedAtOnce()
    {
        _network.Answer(429, "{}", ("Retry-After", "0")).Answer(200, Balance);

        double seconds = await TurnAsync(_kit, AskAsync(_kit));

        Assert.InRange(seconds, 5, 9); // The pause of polls, which share the host.
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Query_HostThrottledIt_SubmitsKeepToThatPauseToo(bool otherProcess)
    {
        _network.Answer(429, "{}", ("Retry-After", "20"));
        _network.Otherwise = request => ScriptedHandler.Response(
            200, request.RequestUri!.AbsolutePath.EndsWith("balance", StringComparison.Ordinal)
                ? Balance
                : """{"request_id":"req_1","status":"processing"}""");
        Task asked = AskAsync(_kit);
        await TakenAsync(1);
        using TestServices other = new(_network, home: _kit.Home);
        TestServices second = otherProcess ? other : _kit;

        double seconds = await TurnAsync(second, SubmitAsync(second));

        Assert.InRange(seconds, 20, 22);
        Assert.Equal("req_1", Assert.Single(second.Output.Jobs).ProviderJobId);
        await TurnAsync(_kit, asked);
    }

    [Fact]
    public async Task Submit_HostThrottledIt_QueriesKeepToThatPauseToo()
    {
        _network.Answer(429, "{}", ("Retry-After", "20")).Answer(200, Balance);
        await SubmitAsync(_kit, TimeSpan.FromSeconds(1));
        Assert.Equal(ErrorCode.RateLimited, Assert.Single(_kit.Output.Errors).Code);

        double seconds = await TurnAsync(_kit, AskAsync(_kit));

        Assert.InRange(seconds, 20, 22);
        Assert.Equal(2, _network.Requests.Count);
    }

    [Fact]
    public async Task Query_AccountIsSpent_IsOneErrorAndSlowsNobody()
    {
        _network.Answer(429, """{"detail":"insufficient balance"}""").Answer(200, Balance);

        SeedanceException error = await Assert.ThrowsAsync<SeedanceException>(() => AskAsync(_kit));
        await AskAsync(_kit);

        Assert.Equal(ErrorCode.InsufficientCredits, error.Code);
        Assert.Equal(2, _network.Requests.Count);
    }

    private Task AskAsync(TestServices kit) => GetCredits.RunAsync(kit.Services, _account, kit.Output, Stop);

    private Task SubmitAsync(TestServices kit, TimeSpan? slotTimeout = null)
    {
        PreparedSubmit prepared = PrepareSubmit.Run(_account, new VideoRequest { Prompt = "a fox", Model = "seedance-2-mini" });
        SubmitOptions options = new();
        return new SubmitVideo(kit.Services)
            .RunAsync(prepared, slotTimeout is { } most ? options with { SlotTimeout = most } : options, kit.Output, Stop);
    }

    private Task TakenAsync(int requests) =>
        _kit.Time.Changed.UntilAsync(() => _network.Requests.Count >= requests && _kit.Time.Waiting > 0);

    /// <summary>How long it took on the clock of that process.</summary>
    private static async Task<double> TurnAsync(TestServices kit, Task run)
    {
        DateTimeOffset begun = kit.Time.GetUtcNow();
        await kit.Time.PassAsync(run, within: TimeSpan.FromSeconds(25)); // Never to the deadline of a request that is on its way.
        return (kit.Time.GetUtcNow() - begun).TotalSeconds;
    }
}
