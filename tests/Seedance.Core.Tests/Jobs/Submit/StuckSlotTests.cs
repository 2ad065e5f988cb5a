using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.TestKit;
using Seedance.Wire;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>Slots that are held by jobs of which no end will ever be heard.</summary>
public sealed class StuckSlotTests : IDisposable
{
    private const string Done = """{"status":"done","url":"https://cdn.acme.example/v.mp4"}""";
    private static readonly SubmitOptions s_onward = new() { ContinueUnconfirmed = true };
    private static readonly SubmitOptions s_patient = new() { ContinueUnconfirmed = true, SlotTimeout = TimeSpan.FromDays(3650) };
    private readonly ScriptedHandler _network = new();
    private readonly AcmeHost _host;
    private readonly TestServices _kit;
    private readonly Account _account;

    public StuckSlotTests()
    {
        _host = new AcmeHost(_network);
        _kit = new TestServices(_network);
        _account = TestServices.Account(new AcmeAdapter { Provider = new AcmeAdapter().Provider with { Concurrency = 2 } });
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task RunAsync_UnconfirmedOnesFillTheLimit_FailsAtOnceAndSaysHowToGoOn()
    {
        DateTimeOffset begun = await LoseAsync(2);

        await SubmitAsync("three", s_onward);

        SeedanceException error = _kit.Output.Errors[^1];
        Assert.Equal(ErrorCode.SlotTimeout, error.Code);
        Assert.Contains("The limit is 2; it is taken up by: 2 unconfirmed jobs", error.Message, StringComparison.Ordinal);
        Assert.Contains("Resolve-SeedanceJob", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(begun, _kit.Time.GetUtcNow());
        Assert.Equal(2, _network.Requests.Count);
    }

    [Fact]
    public async Task RunAsync_UnconfirmedOnesAreAnHourOld_CountNoMore()
    {
        await LoseAsync(2);
        _kit.Time.Advance(TimeSpan.FromMinutes(61));

        await SubmitAsync("three", s_onward);

        Assert.Equal(1, _host.Submits);
        Assert.Single(_kit.Output.Jobs);
    }

    [Fact]
    public async Task RunAsync_UnconfirmedOnesLapseInTime_WaitsForThat()
    {
        await LoseAsync(2);
        _kit.Time.Advance(TimeSpan.FromMinutes(59));

        await SubmitAsync("three", s_onward);

        Assert.Equal(2, _kit.Output.Errors.Count);
        Assert.Single(_kit.Output.Jobs);
    }

    [Fact]
    public async Task RunAsync_UnconfirmedIsOldAndNobodySaidToGoOn_StillHoldsTheAccount()
    {
        await LoseAsync(1);
        _kit.Time.Advance(TimeSpan.FromDays(2));

        await SubmitAsync("two", new SubmitOptions());

        Assert.Equal(ErrorCode.SubmitUnconfirmed, _kit.Output.Errors[^1].Code);
        Assert.Equal(0, _host.Submits);
    }

    [Fact]
    public async Task RunAsync_EightPercentNeverEnd_SlotsStillComeFree()
    {
        const int Rows = 100;
        for (int row = 1; row <= Rows; row++)
        {
            Task run = RunAsync("row", s_patient);
            int turn = 0;
            await _kit.Time.PassUntilAsync(() => run.IsCompleted || ++turn > 200, within: TimeSpan.FromSeconds(20), run);
            if (!run.IsCompleted)
            {
                _kit.Time.SetWallClock(TimeSpan.FromHours(25)); // Both slots are lost, until a day is over.
            }

            await _kit.Time.PassAsync(run, within: TimeSpan.FromSeconds(20));
            if (row % 25 is not (10 or 20))
            {
                _host.Set(FormattableString.Invariant($"task-{row}"), Done);
            }
        }

        Assert.Equal(Rows, _host.Submits);
        Assert.Equal(Rows, _kit.Output.Jobs.Count);
        Assert.Empty(_kit.Output.Errors);
        Assert.Equal(8, Enumerable.Range(1, Rows).Count(row => row % 25 is 10 or 20));
    }

    [Fact]
    public async Task RunAsync_HostHasForgottenTheOthers_TheirSlotsComeFree()
    {
        await SubmitAsync("one", s_patient);
        await SubmitAsync("two", s_patient);
        _host.Set("task-1", null);
        _host.Set("task-2", null);

        await SubmitAsync("three", s_patient);

        Assert.Equal(3, _host.Submits);
        Assert.Empty(_kit.Output.Errors);
    }

    [Fact]
    public async Task RunAsync_KeyIsRefusedWhileWaitingForASlot_FailsAtOnce()
    {
        await SubmitAsync("one", s_patient);
        await SubmitAsync("two", s_patient);
        _network.Otherwise = _ => ScriptedHandler.Response(401, "{}");

        await SubmitAsync("three", s_patient);

        Assert.Equal(ErrorCode.AuthenticationFailed, Assert.Single(_kit.Output.Errors).Code);
        Assert.Equal(2, _host.Submits);
    }

    /// <summary>Submits whose answers are lost, at a host that cannot be asked for them.</summary>
    private async Task<DateTimeOffset> LoseAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _network.ResetAfterBody();
            await SubmitAsync("lost", s_onward);
        }

        Assert.All(_kit.Output.Errors, error => Assert.Equal(ErrorCode.SubmitUnconfirmed, error.Code));
        Assert.Equal(count, _kit.Output.Errors.Count);
        return _kit.Time.GetUtcNow();
    }

    private Task RunAsync(string prompt, SubmitOptions options) => new SubmitVideo(_kit.Services).RunAsync(
        PrepareSubmit.Run(_account, new VideoRequest { Prompt = prompt, Model = "seedance-acme" }), options, _kit.Output, Stop);

    private Task SubmitAsync(string prompt, SubmitOptions options) =>
        _kit.Time.PassAsync(RunAsync(prompt, options), within: TimeSpan.FromSeconds(20));
}
