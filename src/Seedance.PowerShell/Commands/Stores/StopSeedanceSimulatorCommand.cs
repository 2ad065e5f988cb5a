using System.Management.Automation;
using Seedance.Jobs.Cancel;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;
using Seedance.PowerShell.Session;

namespace Seedance.PowerShell.Commands;

/// <summary>Stops simulators that this process started and takes back what they set in the environment.</summary>
[Cmdlet(VerbsLifecycle.Stop, "SeedanceSimulator", SupportsShouldProcess = true)]
[OutputType(typeof(SeedanceSimulatorInfo))]
public sealed class StopSeedanceSimulatorCommand : SeedanceCmdlet
{
    /// <summary>The simulator on this port; all of them when none is named.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SimulatorPortCompleter))]
    public int[]? Port { get; set; }

    /// <summary>Writes what each has counted.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override int ActivityId => 5011;

    /// <inheritdoc/>
    private protected override void Process()
    {
        IReadOnlyList<RunningSimulator> running = RunningSimulators.All();
        foreach (int missing in (Port ?? []).Except(running.Select(simulator => simulator.Port)))
        {
            Report(new SeedanceException(
                ErrorCode.SimulatorFailure, FormattableString.Invariant($"This process runs no simulator on port {missing}."))
            {
                Target = missing,
                RecommendedAction = "A simulator is stopped by the process that started it.",
            });
        }

        foreach (RunningSimulator simulator in running.Where(simulator => Port is null || Port.Contains(simulator.Port)).Reverse())
        {
            if (!ShouldProcess(simulator.Uri.AbsoluteUri, "Stop the simulator"))
            {
                continue;
            }

            RunningSimulators.Stop(simulator);
            RunOperation((output, stop) => new EndSimulatedJobs(Services).RunAsync(simulator.Uri, output, stop));
            if (PassThru.IsPresent)
            {
                WriteObject(simulator.Describe(new Dictionary<string, string>()));
            }
        }
    }
}
