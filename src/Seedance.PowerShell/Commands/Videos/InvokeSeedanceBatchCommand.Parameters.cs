using System.Management.Automation;
using Seedance.PowerShell.Binding;
using Seedance.PowerShell.Completion;

namespace Seedance.PowerShell.Commands;

/// <content>What can be given.</content>
public sealed partial class InvokeSeedanceBatchCommand
{
    /// <summary>The sheet: CSV whose columns are named like parameters of New-SeedanceVideo.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The folder of the videos, made when it is missing.</summary>
    [Parameter(Position = 1)]
    [Alias("OutDir")]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = ".";

    /// <summary>A prompt for all rows.</summary>
    [Parameter]
    [PromptText]
    public override string? Prompt { get; set; }

    /// <summary>Not a parameter here: the rows come from the sheet.</summary>
    public override PSObject? InputObject
    {
        get => base.InputObject;
        set => base.InputObject = value;
    }

    /// <summary>The profile to use; several are tried in turn.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[]? Profile { get; set; }

    /// <summary>The provider to use; several are tried in turn.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[]? Provider { get; set; }

    /// <summary>The user's name for all rows that have none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string? Tag { get; set; }

    /// <summary>For the column of that name: the caller's name for the request.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string? ClientToken { get; set; }

    /// <summary>The most that a row may cost, in the unit of its estimate.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Amount]
    [FromTo(0, 1e15)]
    public decimal? MaxCost { get; set; }

    /// <summary>The most that the new jobs of the sheet may cost together, in the unit of their estimates.</summary>
    [Parameter]
    [Amount]
    [FromTo(0, 1e15)]
    public decimal? MaxTotalCost { get; set; }

    /// <summary>The encoding of a sheet that has no mark of it and is not UTF-8.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public string? Encoding { get; set; }

    /// <summary>How many videos to make of each row.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber]
    [FromTo(1, 1000)]
    public int? Take { get; set; }

    /// <summary>Sends nothing unless every row can be submitted.</summary>
    [Parameter]
    public SwitchParameter AllOrNothing { get; set; }

    /// <summary>Submits rows anew whose job has failed or was cancelled.</summary>
    [Parameter]
    public SwitchParameter RetryFailed { get; set; }

    /// <summary>The template of file names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NameTokenCompleter))]
    public string Name { get; set; } = "{id}";

    /// <summary>How long to wait for the jobs, from the first on.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TimeoutSec { get; set; } = 3600;

    /// <summary>Writes each row as it ends instead of the sums.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Records what is new for a worker (Invoke-SeedanceQueue) and returns at once; sends, waits for and saves nothing.</summary>
    [Parameter]
    public SwitchParameter Queue { get; set; }

    /// <summary>With -Queue: the higher is taken first.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber]
    [FromTo(-1000, 1000)]
    public int? Priority { get; set; }
}
