using System.Management.Automation;
using Seedance.Input;
using Seedance.Jobs.Batch;
using Seedance.Jobs.Gate;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Remake;
using Seedance.Jobs.Save;
using Seedance.Jobs.Wait;
using Seedance.Models;
using Seedance.PowerShell.Binding;
using Seedance.Sheets;

namespace Seedance.PowerShell.Commands;

/// <summary>
/// Brings every row of a sheet to its saved video: checks all, prices all, asks once, submits, waits, saves, and writes what became of each
/// row.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "SeedanceBatch", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(SeedanceBatchSummary), typeof(PSObject))]
public sealed class InvokeSeedanceBatchCommand : RequestCmdlet
{
    private static readonly string[] s_foreign = ["id", "status", "error", "cost", "unit", "path", "takeno"];
    private SubmitCall? _call;
    private RunBatch? _run;
    private Action<SeedanceException>? _refuse;
    private int _row;
    private string _folder = string.Empty;

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
    public string Name { get; set; } = "{id}";

    /// <summary>How long to wait for the jobs, from the first on.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TimeoutSec { get; set; } = 3600;

    /// <summary>Writes each row as it ends instead of the sums.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyCollection<string> Foreign => s_foreign;

    /// <summary>Records what is new for a worker (Invoke-SeedanceQueue) and returns at once; sends, waits for and saves nothing.</summary>
    [Parameter]
    public SwitchParameter Queue { get; set; }

    /// <summary>With -Queue: the higher is taken first.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber]
    [FromTo(-1000, 1000)]
    public int? Priority { get; set; }

    private protected override int ActivityId => 5028;

    private SubmitCall Call => _call ??= new SubmitCall(Services);

    private string Batch => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        _folder = FullPath(Destination);
        OrTerminate(() => SaveOptions().Prove(SaveFolder.OfSystem, IsWhatIf));
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        string path = FullPath(Path);
        Sheet sheet = OrTerminate(() => SheetFile.Read(path, Encoding));
        IReadOnlyList<BatchItem> items = [.. sheet.Rows.SelectMany(row => Items(sheet, row))];
        RunOperation((_, stop) => new PlanBatch(Call).RunAsync(items, stop));
        foreach (BatchItem refused in items.Where(item => item.State == BatchState.Refused))
        {
            Report(BatchReport.Error(refused, RowObject.Done(sheet, refused))!);
        }

        BatchPlan plan = BatchPlan.Of(items);
        if (AllOrNothing.IsPresent && plan.Refused + plan.Waiting > 0)
        {
            OrTerminate(() => throw BatchReport.NothingSent(plan, items));
        }

        if (IsConfirmed(plan))
        {
            Run(items, sheet, new BatchResult(sheet, SheetFile.ResultOf(path), Services.Time));
        }
    }

    private protected override string? GoingOn() => _run is null ? null : StoppedWait.Describe(_run.Unfinished);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _run?.Dispose();
        }

        base.Dispose(disposing);
    }

    private protected override RequestInput Input(VideoInput given) => new(given)
    {
        Terms = Terms,
        Whom = AccountNames.Of(Profile, Provider),
        ClientToken = CellText.Optional(ClientToken),
        Seeds = Seed ?? [],
        Take = Take,
        Entry = new SetEntry { Tag = CellText.Optional(Tag), Batch = Batch, Row = _row, Columns = OtherColumns },
    };

    /// <summary>While the sheet is read, what is wrong with a row is kept with it.</summary>
    private protected override void Report(Exception error)
    {
        if (_refuse is { } refuse)
        {
            refuse(Unforeseen.Of(error));
        }
        else
        {
            base.Report(error);
        }
    }

    /// <summary>The videos that a row asks for; one that is no request says why.</summary>
    private List<BatchItem> Items(Sheet sheet, SheetRow row)
    {
        List<BatchItem> items = [];
        string? tag = CellText.Optional(row.Cell(sheet, nameof(Tag))) ?? Tag;
        _row = row.Number;
        _refuse = error =>
        {
            BatchItem refused = new(row, tag, take: null);
            refused.Refuse(error);
            items.Add(refused);
        };
        if (row.Problem is { } problem)
        {
            _refuse(new SeedanceException(
                ErrorCode.InvalidRequest, "It " + problem + ".") { RecommendedAction = "Put the row right; nothing was sent for it." });
        }
        else
        {
            base.InputObject = RowObject.Given(sheet, row);
            ForEachVideo(
                video => items.Add(
                new BatchItem(row, video.Entry.Tag ?? tag,
                video.Entry.Take) { Submit = Call.Row(video.Request, ChooseAccounts(video.Whom), Options(video)) }));
        }

        _refuse = null;
        return items;
    }

    private SubmitOptions Options(AskedVideo video) => new()
    {
        ClientToken = video.ClientToken,
        Reuse = true,
        RetryFailed = RetryFailed.IsPresent,
        MaxCost = MaxCost,
        IsQueued = Queue.IsPresent,
        Priority = Priority ?? 0,
        MaxTotalCost = MaxTotalCost,
        Terms = video.Terms,
        Entry = video.Entry,
    };

    private bool IsConfirmed(BatchPlan plan)
    {
        string what = Path + ", " + plan.Describe();
        return (plan.New == 0 && !IsWhatIf)
            || ShouldProcess("Submit, wait for and save: " + what, "Submit what is new, wait for all and save it? " + what + ".",
            "Make the videos of a sheet");
    }

    private void Run(IReadOnlyList<BatchItem> items, Sheet sheet, BatchResult result)
    {
        if (Queue.IsPresent)
        {
            Plan(items, sheet, result);
            return;
        }

        JobAccounts accounts = new(Services, InvokeCommand, PlainText(ApiKey));
        OrTerminate(accounts.LearnAllSecrets);
        WaitForJobs wait = new(Services, accounts.Lookup, new WaitOptions { Timeout = TimeSpan.FromSeconds(TimeoutSec) });
        RunOperation(async (output, stop) =>
        {
            _run = new RunBatch(items, Call, wait, new SaveManyJobs(Services, accounts.Lookup, SaveOptions(), most: 4),
                result) { Ended = item => Tell(item, sheet, output) };
            await _run.RunAsync(output, stop).ConfigureAwait(false);
        });
        if (BatchReport.Waiting(items) is { } waiting)
        {
            WriteWarning(waiting);
        }

        SeedanceBatchSummary summary = BatchReport.Summarize(items, Path, result.Path, Batch);
        if (PassThru.IsPresent)
        {
            WriteVerbose(summary.ToString());
        }
        else
        {
            WriteObject(summary);
        }

        if (!summary.IsComplete)
        {
            OrTerminate(() => throw BatchReport.Incomplete(summary));
        }
    }

    private void Plan(IReadOnlyList<BatchItem> items, Sheet sheet, BatchResult result)
    {
        RunOperation(async (output, stop) =>
        {
            try
            {
                await new QueueBatch(items, Call).RunAsync(output, stop).ConfigureAwait(false);
            }
            finally
            {
                result.Write(items);
            }

            foreach (BatchItem item in items)
            {
                Tell(item, sheet, output);
            }
        });
        SeedanceBatchSummary summary = BatchReport.Summarize(items, Path, result.Path, Batch);
        if (PassThru.IsPresent)
        {
            WriteVerbose(summary.ToString());
        }
        else
        {
            WriteObject(summary);
        }
    }

    /// <summary>Refusals were told before anything was sent.</summary>
    private void Tell(BatchItem item, Sheet sheet, IOperationOutput output)
    {
        PSObject row = RowObject.Done(sheet, item);
        if (item.State != BatchState.Refused || item.Submit?.Able.Count > 0)
        {
            if (BatchReport.Error(item, row) is { } error)
            {
                output.Fault(error);
            }
        }

        if (PassThru.IsPresent)
        {
            output.Write(row);
        }
    }

    private SaveJobOptions SaveOptions() => new() { Destination = _folder, NameTemplate = Name };
}
