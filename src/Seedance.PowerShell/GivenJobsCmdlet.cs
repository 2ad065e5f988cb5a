using System.Management.Automation;
using Seedance.Jobs.Query;
using Seedance.PowerShell.Binding;

namespace Seedance.PowerShell;

/// <summary>A cmdlet that is given jobs which exist, as objects or by id.</summary>
public abstract class GivenJobsCmdlet : SeedanceCmdlet
{
    private protected const string InputSet = "InputObject";
    private protected const string IdSet = "Id";

    /// <summary>Jobs as objects.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputSet, ValueFromPipeline = true)]
    [JobObject]
    public SeedanceJob[] InputObject { get; set; } = [];

    /// <summary>Jobs by id.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("JobId")]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>The jobs of this input.</summary>
    private protected virtual IReadOnlyList<JobReference> Given() => ParameterSetName == InputSet
        ? [.. InputObject.Select(job => new JobReference(job.Id, job))]
        : [.. Id.Select(id => new JobReference(id.Trim()))];
}
