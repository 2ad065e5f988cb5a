using System.Collections;
using System.Management.Automation;
using Seedance.Input;
using Seedance.PowerShell.Binding;
using Seedance.Store;
using Seedance.Submitting;

namespace Seedance.PowerShell.Commands;

/// <summary>Submits a video generation and writes its job.</summary>
[Cmdlet(VerbsCommon.New, "SeedanceVideo", SupportsShouldProcess = true)]
[OutputType(typeof(SeedanceJob))]
public sealed class NewSeedanceVideoCommand : RequestCmdlet
{
    private readonly string _batch = JobId.Create(TimeProvider.System.GetUtcNow());
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
    public string? ClientToken { get; set; }

    /// <summary>How many videos to make of each request.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber]
    [FromTo(1, 1000)]
    public int? Take { get; set; }

    /// <summary>The user's name for the shot or row.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Tag { get; set; }

    /// <summary>The name of the call or sheet.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Batch { get; set; }

    /// <summary>What else to keep with the job, by name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Columns")]
    [ColumnTable]
    public IDictionary? Column { get; set; }

    /// <summary>Returns the job that an earlier run of the same request made.</summary>
    [Parameter]
    public SwitchParameter Reuse { get; set; }

    /// <summary>The most that a request may cost, in the unit of its estimate.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Amount]
    [FromTo(0, 1e15)]
    public decimal? MaxCost { get; set; }

    /// <summary>Submits although the price is unknown or above -MaxCost.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>How long to wait for a free slot of the account.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int SlotTimeoutSec { get; set; } = 1800;

    /// <summary>Submits although an earlier submit to the account has an unknown outcome.</summary>
    [Parameter]
    public SwitchParameter ContinueUnconfirmed { get; set; }

    private protected override int ActivityId => 5001;

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachVideo(video =>
    {
        SubmitRow row = Call.Row(video.Request, ChooseAccounts(video.Whom), Options(video));
        if (row.Able.Count == 0 || (Shown(row) is { } shown && IsConfirmed(shown)))
        {
            RunOperation((output, stop) => Call.SubmitAsync(row, output, stop));
        }
    });

    private protected override RequestInput Input(VideoInput given) => new(given)
    {
        Terms = Terms,
        Whom = AccountNames.Of(Profile, Provider),
        ClientToken = CellText.Optional(ClientToken),
        Seeds = Seed ?? [],
        Take = Take,
        Entry = new SetEntry
        {
            Tag = CellText.Optional(Tag),
            Batch = CellText.Optional(Batch) ?? _batch,
            Row = Row > 0 ? Row : null,
            Columns = new SheetColumns([.. OtherColumns, .. ColumnCell.Read(Column)]),
        },
    };

    private SubmitCall Call => _call ??= new SubmitCall(Services);

    /// <summary>The submit to show. With -WhatIf, a budget that would refuse it says so here, and there is none; else the submit itself says it.</summary>
    private PreparedSubmit? Shown(SubmitRow row)
    {
        PreparedSubmit? shown = row.Able[0];
        if (IsWhatIf)
        {
            RunOperation(async (output, stop) => shown = await Call.RehearseAsync(row, output, stop).ConfigureAwait(false));
        }

        return shown;
    }

    private bool IsConfirmed(PreparedSubmit prepared)
    {
        string what = prepared.DescribeWithPrompt();
        if (ShouldProcess(what, what + "?", "Submit a paid video generation"))
        {
            return true;
        }

        foreach (string warning in prepared.Warnings)
        {
            WriteWarning(warning);
        }

        return false;
    }

    private SubmitOptions Options(AskedVideo video) => new()
    {
        ClientToken = video.ClientToken,
        Reuse = Reuse.IsPresent,
        MaxCost = MaxCost,
        Force = Force.IsPresent,
        SlotTimeout = TimeSpan.FromSeconds(SlotTimeoutSec),
        ContinueUnconfirmed = ContinueUnconfirmed.IsPresent,
        Terms = video.Terms,
        Entry = video.Entry,
    };
}
