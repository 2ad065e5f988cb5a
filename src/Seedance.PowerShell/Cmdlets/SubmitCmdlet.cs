using System.Management.Automation;
using Seedance.Input;
using Seedance.Jobs.Gate;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Remake;
using Seedance.PowerShell.Binding;
using Seedance.PowerShell.Completion;

namespace Seedance.PowerShell.Cmdlets;

/// <summary>A cmdlet that submits what it is told to generate, or plans it.</summary>
public abstract class SubmitCmdlet : RequestCmdlet
{
    private SubmitCall? _call;

    /// <summary>The profile to use; several are tried in turn.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[]? Profile { get; set; }

    /// <summary>The provider to use; several are tried in turn.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[]? Provider { get; set; }

    /// <summary>The caller's name for the request: the same token with the same request is the same job.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public virtual string? ClientToken { get; set; }

    /// <summary>How many videos to make of each request.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber]
    [FromTo(1, 1000)]
    public int? Take { get; set; }

    /// <summary>The user's name for the shot or row; for all rows that have none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string? Tag { get; set; }

    /// <summary>Makes a job again that failed or was cancelled.</summary>
    [Parameter]
    public SwitchParameter RetryFailed { get; set; }

    /// <summary>The most that a request may cost, in the unit of its estimate.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Amount]
    [FromTo(0, 1e15)]
    public decimal? MaxCost { get; set; }

    /// <summary>The most that the new jobs of the call may cost together, in the unit of their estimates.</summary>
    [Parameter]
    [Amount]
    [FromTo(0, 1e15)]
    public decimal? MaxTotalCost { get; set; }

    /// <summary>Submits nothing unless every row is valid and all of them fit under what may be spent.</summary>
    [Parameter]
    public SwitchParameter AllOrNothing { get; set; }

    /// <summary>Records the jobs for a worker (Invoke-SeedanceQueue) and returns at once; sends nothing.</summary>
    [Parameter]
    public SwitchParameter Queue { get; set; }

    /// <summary>With -Queue: the higher is taken first.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber]
    [FromTo(-1000, 1000)]
    public int? Priority { get; set; }

    private protected SubmitCall Call => _call ??= new SubmitCall(Services);

    private protected bool HasCall => _call is not null;

    private protected override RequestInput Input(VideoInput given) => new(given)
    {
        Whom = AccountNames.Of(Profile, Provider),
        Seeds = Seed ?? [],
        Take = Take,
        Options = Complete(new SubmitOptions
        {
            ClientToken = CellText.Optional(ClientToken),
            RetryFailed = RetryFailed.IsPresent,
            MaxCost = MaxCost,
            MaxTotalCost = MaxTotalCost,
            IsQueued = Queue.IsPresent,
            Priority = Priority ?? 0,
            Terms = Terms,
            Entry = new SetEntry { Tag = CellText.Optional(Tag), Columns = OtherColumns },
        }),
    };

    /// <summary>Adds what only this cmdlet knows of a submit: whether to reuse, and which batch and row it belongs to.</summary>
    private protected abstract SubmitOptions Complete(SubmitOptions options);
}
