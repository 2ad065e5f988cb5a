using System.Management.Automation;
using Seedance.Operations;
using Seedance.PowerShell.Binding;

namespace Seedance.PowerShell.Commands;

/// <summary>Cancels jobs at their providers and writes each as the provider then tells it.</summary>
[Cmdlet(VerbsLifecycle.Stop, "SeedanceJob", DefaultParameterSetName = InputSet, SupportsShouldProcess = true)]
[OutputType(typeof(SeedanceJob))]
public sealed class StopSeedanceJobCommand : JobCmdlet
{
    private const string InputSet = "InputObject";
    private const string IdSet = "Id";

    /// <summary>Jobs to cancel.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputSet, ValueFromPipeline = true)]
    [JobObject]
    public SeedanceJob[] InputObject { get; set; } = [];

    /// <summary>Jobs by id.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("JobId")]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    private protected override int ActivityId => 5020;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (JobReference reference in ParameterSetName == InputSet ? References(InputObject, null) : References(null, Id))
        {
            if (ShouldProcess(reference.Id, "Cancel the job at its provider"))
            {
                RunOperation((output, stop) => new StopJob(Services, Lookup).RunAsync(reference, output, stop));
            }
        }
    }
}
