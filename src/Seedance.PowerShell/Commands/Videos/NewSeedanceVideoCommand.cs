using System.Collections;
using System.Management.Automation;
using Seedance.Input;
using Seedance.Jobs.Gate;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.PowerShell.Binding;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Completion;
using Seedance.Records;

namespace Seedance.PowerShell.Commands;

/// <summary>Submits a video generation and writes its job.</summary>
[Cmdlet(VerbsCommon.New, "SeedanceVideo", SupportsShouldProcess = true)]
[OutputType(typeof(SeedanceJob))]
public sealed class NewSeedanceVideoCommand : SubmitCmdlet
{
    private const string Caption = "Submit paid video generations";
    private readonly string _batch = JobId.Create(TimeProvider.System.GetUtcNow());
    private int _read;

    /// <summary>The name of the call or sheet.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(BatchCompleter))]
    public string? Batch { get; set; }

    /// <summary>What else to keep with the job, by name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Columns")]
    [ColumnTable]
    public IDictionary? Column { get; set; }

    /// <summary>Returns the job that an earlier run of the same request made.</summary>
    [Parameter]
    public SwitchParameter Reuse { get; set; }

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

    private protected override string? RowTag => Tag;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        if (RetryFailed.IsPresent && !Reuse.IsPresent)
        {
            OrTerminate(() => throw new SeedanceException(ErrorCode.InvalidRequest, "-RetryFailed was given without -Reuse.")
            {
                RecommendedAction =
                    "Add -Reuse, which finds the jobs of earlier runs; a job that failed or was cancelled is then made again.",
            });
        }

        if (Queue.IsPresent && ApiKey is not null)
        {
            OrTerminate(() =>
                throw new SeedanceException(
                ErrorCode.InvalidRequest, "-ApiKey was given with -Queue, and a key is never kept for a worker.")
            {
                RecommendedAction = "Name a -Profile that the worker's machine has, whose key is in a variable or a vault there.",
            });
        }
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        _read += InputObject is null ? 0 : 1;
        ForEachVideo(video =>
        {
            SubmitRow row = Call.Row(video.Request, ChooseAccounts(video.Whom), video.Options);
            if (LooksFirst)
            {
                Review(row);
            }
            else if (row.Able.Count == 0 || ShouldSubmit(row))
            {
                Submit(row);
            }
        });
    }

    private protected override SubmitOptions Complete(SubmitOptions options) => options with
    {
        Reuse = Reuse.IsPresent,
        Force = Force.IsPresent,
        SlotTimeout = TimeSpan.FromSeconds(SlotTimeoutSec),
        ContinueUnconfirmed = ContinueUnconfirmed.IsPresent,
        Entry = options.Entry with
        {
            Batch = CellText.Optional(Batch) ?? _batch,
            Row = Row > 0 ? Row : null,
            Columns = new SheetColumns([.. OtherColumns, .. ColumnCell.Read(Column)]),
        },
    };

    private protected override void OnRefused() => Call.Refuse(1);

    /// <summary>Where a command follows in the pipeline, that one says what goes on.</summary>
    private protected override string? GoingOn() =>
        HasCall && MyInvocation.PipelinePosition == MyInvocation.PipelineLength ? Call.GoingOn() : null;

    /// <inheritdoc/>
    private protected override void End()
    {
        Call.Refuse(Row - _read); // Their cells were refused by the engine.
        if (LooksFirst)
        {
            SubmitReviewed();
        }

        RunOperation(Call.RecordPlannedAsync);
        if (IsVerbose && !IsWhatIf)
        {
            WriteVerbose(Call.DoneLine());
        }
    }

    /// <summary>
    /// All rows are looked at before the first is submitted; else each is submitted as it comes, and its job appears at once.
    /// </summary>
    private bool LooksFirst => AllOrNothing.IsPresent || IsWhatIf || Confirms;

    private void Review(SubmitRow row)
    {
        RowVerdict verdict = null!;
        RunOperation(async (output, stop) => verdict = await Call.ReviewAsync(row, keep: !IsWhatIf, output, stop).ConfigureAwait(false));
        if (verdict.Describe() is not { } what)
        {
            return;
        }

        if (IsWhatIf)
        {
            ShouldProcess(what, what + "?", Caption);
            foreach (string warning in verdict.New?.Warnings ?? [])
            {
                WriteWarning(warning);
            }
        }
        else
        {
            WriteVerbose(what);
        }
    }

    private void SubmitReviewed()
    {
        string line = string.Empty;
        RunOperation(async (_, stop) => line = await Call.ReviewLineAsync(stop).ConfigureAwait(false));
        if (AllOrNothing.IsPresent && Call.Refused > 0 && !IsWhatIf)
        {
            OrTerminate(() => throw SubmitErrors.NotAll(line));
        }

        if (!ShouldProcess(line, line + ".", Caption))
        {
            return;
        }

        foreach (SubmitRow row in Call.Fit)
        {
            Submit(row);
        }
    }

    private void Submit(SubmitRow row) =>
        RunOperation((output, stop) => Queue.IsPresent ? Call.PlanAsync(row, output, stop) : Call.SubmitAsync(row, output, stop));

    private bool ShouldSubmit(SubmitRow row)
    {
        RowVerdict? known = null;
        if (IsVerbose)
        {
            RunOperation(async (_, stop) => known = await Call.FindAsync(row, stop).ConfigureAwait(false));
        }

        string what = known?.Describe() ?? row.Able[0].DescribeWithPrompt();
        return ShouldProcess(what, what + "?", Caption);
    }
}
