using System.Management.Automation;
using Seedance.Jobs.Query;
using Seedance.Jobs.Wait;
using Seedance.PowerShell.Cmdlets;

namespace Seedance.PowerShell.Commands;

/// <summary>Waits for jobs and writes each the moment it ends.</summary>
[Cmdlet(VerbsLifecycle.Wait, "SeedanceJob", DefaultParameterSetName = InputSet)]
[OutputType(typeof(SeedanceJob))]
public sealed class WaitSeedanceJobCommand : JobCmdlet
{
    private WaitForJobs? _wait;

    /// <summary>The newest jobs, this many.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NewestSet)]
    [ValidateRange(1, int.MaxValue)]
    public int Newest { get; set; }

    /// <summary>Ends with the first job that ends.</summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    /// <summary>For the whole call, from the first job on.</summary>
    [Parameter]
    [Alias("Timeout")]
    [ValidateRange(0, int.MaxValue)]
    public int TimeoutSec { get; set; } = 3600;

    private protected override int ActivityId => 5003;

    private protected override int NewestCount => Newest;

    private WaitForJobs Waiting =>
        _wait ??= new WaitForJobs(Services, Lookup, new WaitOptions { Any = Any.IsPresent, Timeout = TimeSpan.FromSeconds(TimeoutSec) });

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (JobReference reference in Given())
        {
            if (Waiting.IsSatisfied)
            {
                return;
            }

            RunOperation((output, stop) => Waiting.AddAsync(reference, output, stop), keepsProgress: true);
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (_wait is not null)
        {
            RunOperation(_wait.FinishAsync);
        }
    }

    private protected override string? GoingOn() => _wait is null ? null : StoppedWait.Describe(_wait.Unfinished);

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
