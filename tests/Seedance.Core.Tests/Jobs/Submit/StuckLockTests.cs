using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Store;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>
/// Another process holds the store and hangs. Waiting for it has a clock of its own here, for elsewhere that is the system's.
/// </summary>
public sealed class StuckLockTests : IDisposable
{
    private readonly ManualTimeProvider _lockTime = new();
    private readonly ScriptedHandler _network = new();
    private readonly AcmeHost _host;
    private readonly TestServices _kit;

    public StuckLockTests()
    {
        _host = new AcmeHost(_network);
        _kit = new TestServices(_network, store: home => new SqlJobStore(new SqliteEngine(home, locks: _lockTime)));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Place => Path.Combine(_kit.Home, "seedance.db");

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Submit_StoreStaysHeld_EndsWithTheSlotTimeoutAndNamesIt()
    {
        using IDisposable held = await HoldAsync();
        long begun = _lockTime.GetTimestamp();

        await TurnAsync(SubmitAsync(TimeSpan.FromSeconds(8)), () => true);

        SeedanceException error = Assert.Single(_kit.Output.Errors);
        Assert.Equal(ErrorCode.StoreFailure, error.Code);
        Assert.Contains(Place, error.Message, StringComparison.Ordinal);
        Assert.InRange(_lockTime.GetElapsedTime(begun).TotalSeconds, 8, 9);
        Assert.Empty(_network.Requests);
        Assert.Equal(0, _kit.Rows.Count("place"));
    }

    [Fact]
    public async Task Submit_StoreIsHeldForMinutesAndThereIsTime_SaysSoAndGoesOn()
    {
        IDisposable held = await HoldAsync();
        Task run = SubmitAsync(TimeSpan.FromMinutes(30));

        await TurnAsync(run, () => !_kit.Output.Of("progress").Any());
        Assert.Contains(Place, ((OperationProgress)_kit.Output.Of("progress").First()).Status, StringComparison.Ordinal);
        held.Dispose();
        await TurnAsync(run, () => true);

        Assert.Single(_kit.Output.Jobs);
    }

    [Fact]
    public async Task Submit_StoreIsHeldForMinutesWhileTheAnswerComes_IsRecordedAllTheSame()
    {
        List<IDisposable> held = [];
        _network.Step((_, _) =>
        {
            held.Add(_kit.Rows.Hold());
            return Task.FromResult(ScriptedHandler.Response(201, """{"id":"task-7"}"""));
        });
        Task run = SubmitAsync(TimeSpan.Zero);

        await TurnAsync(run, () => _kit.Output.Warnings.Count < 3); // Three minutes.
        held.ForEach(file => file.Dispose());
        await TurnAsync(run, () => true);

        SeedanceJob job = Assert.Single(_kit.Output.Jobs);
        Assert.Equal("task-7", (await _kit.Services.Store.FindAsync(job.Id, Stop))!.Job.ProviderJobId);
        Assert.Empty(_kit.Output.Errors);
    }

    [Fact]
    public async Task Submit_StoppedWhileTheStoreIsHeld_EndsAtOnce()
    {
        using IDisposable held = await HoldAsync();
        using CancellationTokenSource stop = new();
        Task run = SubmitAsync(TimeSpan.FromMinutes(30), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pulse.WaitAsync(run));
    }

    [Fact]
    public async Task FindAndList_StoreIsHeld_WaitForNobody()
    {
        await SubmitAsync(TimeSpan.Zero);
        using IDisposable held = _kit.Rows.Hold();

        Assert.NotNull(await new SqliteBench(_kit.Home).Open().FindAsync(Assert.Single(_kit.Output.Jobs).Id, Stop));
    }

    private async Task<IDisposable> HoldAsync()
    {
        await _kit.Services.Store.PauseAsync("any", TimeSpan.Zero, Stop); // So that there is a store.
        return _kit.Rows.Hold();
    }

    private Task SubmitAsync(TimeSpan slotTimeout, CancellationToken? stop = null) => new SubmitVideo(_kit.Services).RunAsync(
        PrepareSubmit.Run(TestServices.Account(), new VideoRequest { Prompt = "a fox", Model = "seedance-acme" }),
        new SubmitOptions { SlotTimeout = slotTimeout }, _kit.Output, stop ?? Stop);

    /// <summary>Lets the time of locks pass.</summary>
    private async Task TurnAsync(Task run, Func<bool> further)
    {
        await _lockTime.PassUntilAsync(() => run.IsCompleted || !further(), TimeSpan.FromSeconds(1), run);
        if (run.IsCompleted)
        {
            await run;
        }
    }
}
