using System;
using System.Management.Automation;
using Seedance.Operations;
using Seedance.PowerShell.Binding;

namespace Seedance.PowerShell.Commands;

/// <summary>Waits for jobs and writes each the moment it ends.</summary>
[Cmdlet(VerbsLifecycle.Wait, "SeedanceJob", DefaultParameterSetName = InputSet)]
[OutputType(typeof(SeedanceJob))]
public sealed class WaitSeedanceJobCommand : JobCmdlet
{
    private const string InputSet = "InputObject";
    private const string IdSet = "Id";
    private WaitForJobs? _wait;

    /// <summary>Jobs to wait for.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputSet, ValueFromPipeline = true)]
    [JobObject]
    public SeedanceJob[] InputObject { get; set; } = [];

    /// <summary>Jobs by id.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("JobId")]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>Ends with the first job that ends.</summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    /// <summary>For the whole call, from the first job on.</summary>
    [Parameter]
    [Alias("Timeout")]
    [ValidateRange(0, int.MaxValue)]
    public int TimeoutSec { get; set; } = 3600;

    private protected override int ActivityId => 5003;

    private WaitForJobs Waiting => _wait ??= new WaitForJobs(Services, Lookup, new WaitOptions { Any = Any.IsPresent, Timeout = TimeSpan.FromSeconds(TimeoutSec) });

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (JobReference reference in ParameterSetName == InputSet ? References(InputObject, null) : References(null, Id))
        {
            if (Waiting.IsSatisfied)
            {
                return;
            }

            RunOperation((output, stop) => Waiting.AddAsync(reference, output, stop), keepsProgress: true);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_wait is not null)
        {
            RunOperation(_wait.FinishAsync);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _wait?.Dispose();
        }

        base.Dispose(disposing);
    }
}
