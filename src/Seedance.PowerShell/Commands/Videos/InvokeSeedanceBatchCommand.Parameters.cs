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

    /// <summary>For the column of that name: the caller's name for the request.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public override string? ClientToken { get; set; }

    /// <summary>The encoding of a sheet that has no mark of it and is not UTF-8.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public string? Encoding { get; set; }

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
}
