using System.Management.Automation;
using Seedance.Jobs.Cancel;
using Seedance.Jobs.Query;
using Seedance.PowerShell.Cmdlets;

namespace Seedance.PowerShell.Commands;

/// <summary>Cancels jobs at their providers and writes each as the provider then tells it.</summary>
[Cmdlet(VerbsLifecycle.Stop, "SeedanceJob", DefaultParameterSetName = InputSet, SupportsShouldProcess = true)]
[OutputType(typeof(SeedanceJob))]
public sealed class StopSeedanceJobCommand : JobCmdlet
{
    private protected override int ActivityId => 5020;

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (JobReference reference in Given())
        {
            if (ShouldProcess(reference.Id, "Cancel the job at its provider"))
            {
                RunOperation((output, stop) => new StopJob(Services, Lookup).RunAsync(reference, output, stop));
            }
        }
    }
}
