using System.Management.Automation;
using Seedance.Input;
using Seedance.Jobs.Label;
using Seedance.Jobs.Query;
using Seedance.PowerShell.Binding;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;

namespace Seedance.PowerShell.Commands;

/// <summary>Rates jobs and gives them tags. Asks no provider and costs nothing.</summary>
[Cmdlet(VerbsCommon.Set, "SeedanceJob", DefaultParameterSetName = InputSet, SupportsShouldProcess = true)]
[OutputType(typeof(SeedanceJob))]
public sealed class SetSeedanceJobCommand : GivenJobsCmdlet
{
    private bool _isNamed;
    private bool _namesTag;
    private bool _namesRating;

    /// <summary>What the user thinks of it, from 0 to 5; null takes the rating away.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber]
    [FromTo(0, 5)]
    [ArgumentCompleter(typeof(RatingCompleter))]
    public int? Rating { get; set; }

    /// <summary>The user's name for the shot or row; an empty one takes the tag away.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string? Tag { get; set; }

    /// <summary>Writes the jobs as they then are.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override int ActivityId => 5026;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _namesTag = IsBound(nameof(Tag));
        _namesRating = IsBound(nameof(Rating));
        _isNamed = _namesTag || _namesRating;
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        JobLabels labels = Labels();
        foreach (JobReference reference in Given())
        {
            if (ShouldProcess(reference.Id, "Set the rating or tag of the job"))
            {
                RunOperation((output, stop) => new LabelJobs(Services).RunAsync(reference, labels, PassThru.IsPresent, output, stop));
            }
        }
    }

    /// <summary>What the command line names is all that changes: the objects of a pipeline may be older than their records.</summary>
    private JobLabels Labels()
    {
        string? tag = CellText.Optional(Tag);
        return new JobLabels
        {
            SetsTag = _isNamed ? _namesTag : tag is not null,
            Tag = tag,
            SetsRating = _isNamed ? _namesRating : Rating is not null,
            Rating = Rating,
        };
    }
}
