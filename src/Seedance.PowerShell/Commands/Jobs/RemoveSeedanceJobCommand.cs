using System.Management.Automation;
using Seedance.Input;
using Seedance.Jobs.Query;
using Seedance.Jobs.Remove;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;

namespace Seedance.PowerShell.Commands;

/// <summary>Forgets local records of jobs. It cancels nothing, and leaves videos and the spend ledger alone.</summary>
[Cmdlet(VerbsCommon.Remove, "SeedanceJob", DefaultParameterSetName = InputSet, SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveSeedanceJobCommand : GivenJobsCmdlet
{
    private const string QuerySet = "Query";

    /// <summary>All jobs that were made before this long ago.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QuerySet)]
    [ArgumentCompleter(typeof(TimeSpanCompleter))]
    public TimeSpan OlderThan { get; set; }

    /// <summary>Only jobs of this provider.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string? Provider { get; set; }

    /// <summary>Only jobs that stand like this.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    public JobStatus[] Status { get; set; } = [];

    /// <summary>Forgets jobs that have not ended, too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override int ActivityId => 5021;

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ParameterSetName == QuerySet)
        {
            RemoveOlder();
            return;
        }

        foreach (JobReference reference in Given())
        {
            Remove(reference, reference.Id);
        }
    }

    private void RemoveOlder()
    {
        JobQuery query = new() { Provider = CellText.Optional(Provider), Statuses = Status };
        RemoveOptions options = new() { Force = Force.IsPresent, OlderThan = OlderThan };
        IReadOnlyList<SeedanceJob> old = [];
        RunOperation(
            async (output, stop) => old = await new RemoveJobs(Services).FindAsync(query, options, output, stop).ConfigureAwait(false));
        foreach (SeedanceJob job in old)
        {
            Remove(new JobReference(job.Id), RemoveJobs.Describe(job));
        }
    }

    private void Remove(JobReference reference, string what)
    {
        if (ShouldProcess(what, "Forget the record of the job"))
        {
            RunOperation(
                (output, stop) =>
                new RemoveJobs(Services).ByIdAsync(reference, new RemoveOptions { Force = Force.IsPresent }, output, stop));
        }
    }
}
