using Seedance.CrashChild.PowerCut;
using Seedance.Simulator;
using Seedance.Simulator.Transport;

namespace Seedance.Crash.Tests;

/// <summary>
/// A script's run with the power cut after each of its calls: what was not flushed by then is gone, or there, or there in part. The same
/// script afterwards repeats nothing that may have been paid for, and finds what it was told of.
/// </summary>
public sealed class PowerCutTests : IDisposable
{
    private readonly SimulatorServer _host =
        SimulatorServer.Start(
        new SimulatorEngine(new SimulatorOptions { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.Zero, MediaBytes = 26_070 }));
    private readonly string _root = TracedRun.Folder();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _host.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task SubmitWaitSave_PowerCutAfterEveryCall_RepeatsNothingAndLosesNothing()
    {
        (TracedRun script, RecordedRun run) = await RecordAsync();
        PowerCuts cuts = new(run, chances: 1, eachAlone: false, seed: 20260901);
        // The record is complete.
        Assert.Equal(run.After,
            new SortedDictionary<string, byte[]?>(
            cuts.Whole().Where(file => file.Value is not null).ToDictionary(), StringComparer.Ordinal));
        Assert.Equal(
            (1, 3), (run.Trace.Count(call => call.Action == TraceAction.Send), run.Trace.Count(call => call.Action == TraceAction.Say)));

        List<PowerCutVerdict> verdicts = [];
        foreach (PowerCutDisk cut in cuts.All())
        {
            verdicts.Add(await script.RunAgainAsync(cut, run, Stop));
        }

        Assert.Equal(string.Empty, string.Join('\n', verdicts.SelectMany(verdict => verdict.Lost.Concat(verdict.Lies)).Take(5)));
        Assert.Equal(0, verdicts.Sum(verdict => verdict.Repeated));
        Assert.Contains(verdicts, verdict => verdict.Sent == 1); // Before the record there was nothing to go by.
        Assert.True(verdicts.Count > 200, FormattableString.Invariant($"{verdicts.Count} disks"));
    }

    [Fact]
    public async Task SubmitWaitSave_DiskThatFlushesNothing_IsSeenToLoseAndToRepeat()
    {
        (TracedRun script, RecordedRun run) = await RecordAsync();
        PowerCuts cuts = new(run with { Trace = [.. run.Trace.Where(call => call.Action != TraceAction.Flush)] }, chances: 0,
            eachAlone: false, seed: 20260901);

        PowerCutVerdict verdict = await script.RunAgainAsync(cuts.All().First(cut => cut.Said.Count == 3), run, Stop);

        Assert.Equal(1, verdict.Repeated);
        Assert.NotEmpty(verdict.Lost);
        Assert.NotEmpty(verdict.Lies);
    }

    private async Task<(TracedRun Script, RecordedRun Run)> RecordAsync()
    {
        if (DiskTrace.Program is null)
        {
            Assert.Skip("There is no strace on this machine, which records what is asked of the disk.");
        }

        TracedRun script = new(_root, _host.BaseUri, jobs: 1);
        return (script, await script.RecordAsync(save: true, Stop));
    }
}
