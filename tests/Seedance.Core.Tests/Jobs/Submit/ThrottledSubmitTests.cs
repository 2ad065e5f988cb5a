using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Submit;

public sealed class ThrottledSubmitTests : SubmitSuite
{
    [Theory]
    [InlineData("0")]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT")]
    public async Task RunAsync_ThrottledWithoutAPause_KeepsToTheHostsOwn(string retryAfter)
    {
        Network.Otherwise = _ => ScriptedHandler.Response(429, "{}", ("Retry-After", retryAfter));

        await SubmitAsync(moveClock: true, options: new SubmitOptions { SlotTimeout = TimeSpan.FromSeconds(12) });

        Assert.Equal(3, Network.Requests.Count); // At 0, 5 and 10 s.
    }

    [Fact]
    public async Task RunAsync_ThrottledForASecondAgainAndAgain_BacksOff()
    {
        Network.Otherwise = _ => ScriptedHandler.Response(429, "{}", ("Retry-After", "1"));

        await SubmitAsync(moveClock: true, options: new SubmitOptions { SlotTimeout = TimeSpan.FromSeconds(13) });

        Assert.Equal(5, Network.Requests.Count); // At 0, 1, 3, 7 and 12 s: 1, 2, 4 and then the host's own 5 s.
    }

    [Fact]
    public async Task RunAsync_Throttled_WaitsAsLongAsRetryAfterSays()
    {
        Network.Answer(429, "{}", ("Retry-After", "7")).Answer(200, Accepted);
        DateTimeOffset begun = Kit.Time.GetUtcNow();

        await SubmitAsync(moveClock: true);

        Assert.Single(Kit.Output.Jobs);
        Assert.InRange((Kit.Time.GetUtcNow() - begun).TotalSeconds, 7, 8);
    }

    [Fact]
    public async Task RunAsync_ThrottledPastTheSlotTimeout_IsOneErrorAndNoRecord()
    {
        Network.Otherwise = _ => ScriptedHandler.Response(429, "{}");

        await SubmitAsync(moveClock: true, options: new SubmitOptions { SlotTimeout = TimeSpan.FromSeconds(12) });

        Assert.Equal(ErrorCode.RateLimited, Assert.Single(Kit.Output.Errors).Code);
        Assert.Equal(3, Network.Requests.Count); // At 0, 5 and 10 s.
        Assert.Empty(OpenRecords);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_HostThrottledAnotherSubmit_KeepsToItsPauseToo(bool otherProcess)
    {
        Network.Answer(429, "{}", ("Retry-After", "7")).Answer(200, Accepted);
        await SubmitAsync(options: new SubmitOptions { SlotTimeout = TimeSpan.FromSeconds(1) });
        Assert.Equal(ErrorCode.RateLimited, Assert.Single(Kit.Output.Errors).Code);
        using TestServices other = new(Network, home: Kit.Home);
        TestServices second = otherProcess ? other : Kit;
        DateTimeOffset begun = second.Time.GetUtcNow();

        await SubmitAsync(moveClock: true, kit: second);

        Assert.Single(second.Output.Jobs);
        Assert.InRange((second.Time.GetUtcNow() - begun).TotalSeconds, 7, 8);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_PauseIsLongerThanTheSlotTimeout_IsNotBrokenByTheNextRow(bool otherProcess)
    {
        Network.Answer(429, "{}", ("Retry-After", "2400")).Answer(200, Accepted);
        await SubmitAsync();
        Assert.Equal(ErrorCode.RateLimited, Assert.Single(Kit.Output.Errors).Code);
        using TestServices other = new(Network, home: Kit.Home);
        TestServices second = otherProcess ? other : Kit;
        second.Output.Clear();

        await SubmitAsync(kit: second);

        Assert.Single(Network.Requests);
        SeedanceException error = Assert.Single(second.Output.Errors);
        Assert.Equal(ErrorCode.RateLimited, error.Code);
        Assert.InRange(error.RetryAfter!.Value.TotalSeconds, 2390, 2402);
        Assert.Contains("nothing was sent", error.Message, StringComparison.Ordinal);
        Assert.Empty(OpenRecords);

        second.Time.Advance(TimeSpan.FromSeconds(2402));
        await SubmitAsync(kit: second);
        Assert.Single(second.Output.Jobs);
    }

    [Fact]
    public async Task RunAsync_HostMeansNoSlotByA429_OtherSubmitsAreNotHeldBack()
    {
        AcmeAdapter adapter = new() { Provider = new AcmeAdapter().Provider with { TooManyRequestsMeansNoSlot = true } };
        Network.Answer(429, "{}", ("Retry-After", "60")).Answer(200, Accepted);
        await SubmitAsync(TestServices.Account(adapter), options: new SubmitOptions { SlotTimeout = TimeSpan.FromSeconds(1) });

        await SubmitAsync(TestServices.Account(adapter)); // The clock stands still.

        Assert.Single(Kit.Output.Jobs);
    }
}
