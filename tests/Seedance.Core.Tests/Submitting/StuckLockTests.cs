using Seedance.Storage;
using Seedance.Store;
using Seedance.Submitting;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Submitting;

/// <summary>Another process holds a lock of the state folder and hangs. Locks have a clock of their own here, for elsewhere theirs is the system's.</summary>
public sealed class StuckLockTests : IDisposable
{
    private readonly ManualTimeProvider _lockTime = new();
    private readonly ScriptedHandler _network = new();
    private readonly AcmeHost _host;
    private readonly TestServices _kit;

    public StuckLockTests()
    {
        _host = new AcmeHost(_network);
        _kit = new TestServices(_network, store: home => new FileJobStore(home, time: _lockTime));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string LedgerLock => Path.Combine(_kit.Home, "ledger", "ledger.lock");

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Submit_LedgerStaysLocked_EndsWithTheSlotTimeoutAndNamesTheLock()
    {
        using IDisposable held = Hold(LedgerLock);
        long begun = _lockTime.GetTimestamp();

        await TurnAsync(SubmitAsync(TimeSpan.FromSeconds(8)), () => true);

        SeedanceException error = Assert.Single(_kit.Output.Faults);
        Assert.Equal(ErrorCode.StoreFailure, error.Code);
        Assert.Contains(LedgerLock, error.Message, StringComparison.Ordinal);
        Assert.InRange(_lockTime.GetElapsedTime(begun).TotalSeconds, 8, 9);
        Assert.Empty(_network.Requests);
        Assert.Empty(Directory.GetFiles(Path.Combine(_kit.Home, "jobs", "queue"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Submit_LedgerIsLockedForMinutesAndThereIsTime_SaysSoAndGoesOn()
    {
        IDisposable held = Hold(LedgerLock);
        Task run = SubmitAsync(TimeSpan.FromMinutes(30));

        await TurnAsync(run, () => !_kit.Output.Of("progress").Any());
        Assert.Contains(LedgerLock, ((OperationProgress)_kit.Output.Of("progress").First()).Status, StringComparison.Ordinal);
        held.Dispose();
        await TurnAsync(run, () => true);

        Assert.Single(_kit.Output.Jobs);
    }

    [Fact]
    public async Task Submit_RecordIsLockedForMinutesWhileTheAnswerComes_IsRecordedAllTheSame()
    {
        List<IDisposable> held = [];
        _network.Step((_, _) =>
        {
            held.AddRange(Enumerable.Range(0, 16).Select(i => Hold(Path.Combine(_kit.Home, "jobs", "locks", FormattableString.Invariant($"job-{i}.lock")))));
            return Task.FromResult(ScriptedHandler.Response(201, """{"id":"task-7"}"""));
        });
        Task run = SubmitAsync(TimeSpan.Zero);

        await TurnAsync(run, () => _kit.Output.Warnings.Count < 3); // Three minutes.
        held.ForEach(file => file.Dispose());
        await TurnAsync(run, () => true);

        SeedanceJob job = Assert.Single(_kit.Output.Jobs);
        Assert.Equal("task-7", (await _kit.Services.Store.FindAsync(job.Id, Stop))!.Job.ProviderJobId);
        Assert.Empty(_kit.Output.Faults);
    }

    [Fact]
    public async Task Submit_StoppedWhileTheLedgerIsLocked_EndsAtOnce()
    {
        using IDisposable held = Hold(LedgerLock);
        using CancellationTokenSource stop = new();
        Task run = SubmitAsync(TimeSpan.FromMinutes(30), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(10), Stop));
    }

    [Fact]
    public async Task FindAndList_EverythingIsLocked_NeedNoLock()
    {
        await SubmitAsync(TimeSpan.Zero);
        List<IDisposable> held = [.. Directory.GetFiles(_kit.Home, "*.lock", SearchOption.AllDirectories).Select(Hold)];

        Assert.NotNull(await _kit.Services.Store.FindAsync(Assert.Single(_kit.Output.Jobs).Id, Stop));

        held.ForEach(file => file.Dispose());
    }

    private static FileStream Hold(string path)
    {
        StateFolder.Create(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    private Task SubmitAsync(TimeSpan slotTimeout, CancellationToken? stop = null) => new SubmitVideo(_kit.Services).RunAsync(
        PrepareSubmit.Run(TestServices.Account(), new VideoRequest { Prompt = "a fox", Model = "seedance-acme" }), new SubmitOptions { SlotTimeout = slotTimeout }, _kit.Output, stop ?? Stop);

    /// <summary>Lets the time of locks pass.</summary>
    private async Task TurnAsync(Task run, Func<bool> further)
    {
        while (!run.IsCompleted && further())
        {
            Stop.ThrowIfCancellationRequested();
            _lockTime.AdvanceToNext(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        if (run.IsCompleted)
        {
            await run;
        }
    }
}
