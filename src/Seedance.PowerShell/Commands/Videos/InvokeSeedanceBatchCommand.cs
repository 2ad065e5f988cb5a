using System.Management.Automation;
using Seedance.Input;
using Seedance.Jobs.Batch;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Save;
using Seedance.Jobs.Wait;
using Seedance.PowerShell.Cmdlets;
using Seedance.PowerShell.Piped;
using Seedance.PowerShell.Session;
using Seedance.Sheets;

namespace Seedance.PowerShell.Commands;

/// <summary>
/// Brings every row of a sheet to its saved video: checks all, prices all, asks once, submits, waits, saves, and writes what became of each
/// row.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "SeedanceBatch", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(SeedanceBatchSummary), typeof(PSObject))]
public sealed partial class InvokeSeedanceBatchCommand : SubmitCmdlet
{
    private static readonly string[] s_foreign = ["id", "status", "error", "cost", "unit", "path", "takeno"];
    private RunBatch? _run;
    private Action<SeedanceException>? _refuse;
    private int _row;
    private string _folder = string.Empty;

    /// <inheritdoc/>
    private protected override IReadOnlyCollection<string> Foreign => s_foreign;

    private protected override int ActivityId => 5028;

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

    private protected override SubmitOptions Complete(SubmitOptions options) =>
        options with { Reuse = true, Entry = options.Entry with { Batch = Batch, Row = _row } };

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
                new BatchItem(row, video.Options.Entry.Tag ?? tag,
                video.Options.Entry.Take) { Submit = Call.Row(video.Request, ChooseAccounts(video.Whom), video.Options) }));
        }

        _refuse = null;
        return items;
    }

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
            _run = new RunBatch(items, Call, wait, new SaveBatch(Services, accounts.Lookup, SaveOptions(), most: 4),
                result) { Ended = item => Tell(item, sheet, output) };
            await _run.RunAsync(output, stop).ConfigureAwait(false);
        });
        SeedanceBatchSummary summary = Summarize(items, result);
        if (!summary.IsComplete)
        {
            OrTerminate(() => throw BatchReport.Incomplete(summary));
        }
    }

    private void Plan(IReadOnlyList<BatchItem> items, Sheet sheet, BatchResult result)
    {
        RunOperation((output, stop) =>
            new QueueBatch(items, Call, result) { Ended = item => Tell(item, sheet, output) }.RunAsync(output, stop));
        Summarize(items, result);
    }

    private SeedanceBatchSummary Summarize(IReadOnlyList<BatchItem> items, BatchResult result)
    {
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

        return summary;
    }

    /// <summary>Refusals were told before anything was sent.</summary>
    private void Tell(BatchItem item, Sheet sheet, IOperationOutput output)
    {
        PSObject row = RowObject.Done(sheet, item);
        bool isNews = item.State != BatchState.Refused || item.Submit?.Able.Count > 0;
        if (isNews && BatchReport.Error(item, row) is { } error)
        {
            output.Error(error);
        }

        if (PassThru.IsPresent)
        {
            output.Write(row);
        }
    }

    private SaveJobOptions SaveOptions() => new() { Destination = _folder, NameTemplate = Name };
}
