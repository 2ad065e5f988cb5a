using System.Management.Automation;
using Seedance.Jobs.Query;
using Seedance.PowerShell.Binding;
using Seedance.PowerShell.Completion;

namespace Seedance.PowerShell.Cmdlets;

/// <summary>A cmdlet that is given jobs which exist, as objects or by id.</summary>
public abstract class GivenJobsCmdlet : SeedanceCmdlet
{
    private protected const string InputSet = "InputObject";
    private protected const string IdSet = "Id";
    private protected const string NewestSet = "Newest";

    /// <summary>Jobs as objects.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputSet, ValueFromPipeline = true)]
    [JobObject]
    public SeedanceJob[] InputObject { get; set; } = [];

    /// <summary>Jobs by id.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("JobId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>Whether wildcards in an id stand for all jobs that fit.</summary>
    private protected virtual bool TakesWildcards => false;

    /// <summary>How many of the newest jobs are meant, where the command line says so instead of naming them.</summary>
    private protected virtual int NewestCount => 0;

    /// <summary>The jobs of this input.</summary>
    private protected virtual IReadOnlyList<JobReference> Given() => ParameterSetName switch
    {
        InputSet => [.. InputObject.Select(job => new JobReference(job.Id, job))],
        NewestSet =>
            [.. Await(stop => new JobNames(Services).NewestAsync(NewestCount, stop)).Reverse().Select(job => new JobReference(job.Id))],
        _ => [.. Id.SelectMany(Named).Select(id => new JobReference(id))],
    };

    /// <summary>The whole ids behind what was typed; what names no job, or several, is reported.</summary>
    private IReadOnlyList<string> Named(string typed)
    {
        if (JobNames.Whole(typed) is { } whole)
        {
            return [whole];
        }

        JobNames names = new(Services);
        try
        {
            return TakesWildcards && WildcardPattern.ContainsWildcardCharacters(typed)
                ? Await(stop => names.FindAsync(typed, Patterns.Of(typed)!, stop))
                : [Await(stop => names.ResolveAsync(typed, stop))];
        }
        catch (SeedanceException error)
        {
            Report(error);
            return [];
        }
    }
}
