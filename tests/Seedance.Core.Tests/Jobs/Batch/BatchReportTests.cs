using Seedance.Jobs.Batch;
using Seedance.Sheets;

namespace Seedance.Core.Tests.Jobs.Batch;

public sealed class BatchReportTests
{
    private static readonly SeedanceCost s_price = new() { Amount = 0.32m, Unit = "USD", IsEstimate = true };

    [Fact]
    public void Summarize_CountsEachRowOnce_AndMoneyOncePerJob()
    {
        SeedanceJob shared = Saved("a");
        BatchItem[] items =
        [
            Item(1, BatchState.Submitted, shared),
            Item(2, BatchState.Submitted, shared),
            Item(3, BatchState.Submitted, Saved("b") with { State = JobStatus.Failed, Outputs = [] }),
            Item(4, BatchState.Submitted, Saved("c") with { State = JobStatus.Running, Outputs = [] }),
            Item(5, BatchState.Submitted, Saved("d") with { State = JobStatus.Unconfirmed, Outputs = [] }),
            Item(6, BatchState.Refused, job: null),
            Item(7, BatchState.Waiting, job: null),
        ];

        SeedanceBatchSummary summary = BatchReport.Summarize(items, "s.csv", "s.result.csv", "s");

        Assert.Equal("7 rows: 2 saved, 1 failed, 1 refused, 1 unconfirmed, 1 running, 1 waiting; 0.96 USD", summary.ToString());
        Assert.False(summary.IsComplete);
        Assert.False(summary.MendsByItself);
    }

    [Fact]
    public void Error_NamesTheRowAndItsTag_AndHasTheRowAsTarget()
    {
        BatchItem item = Item(4, BatchState.Refused, job: null);
        item.Error = new SeedanceException(ErrorCode.UnsupportedByModel, "It cannot.") { RecommendedAction = "Do this." };
        object row = new();

        SeedanceException error = BatchReport.Error(item, row)!;

        Assert.Equal((ErrorCode.UnsupportedByModel, "Row 4 (shot-04): It cannot.", "Do this."),
            (error.Code, error.Message, error.RecommendedAction));
        Assert.Same(row, error.Target);
        Assert.Null(error.Job);
    }

    [Fact]
    public void Waiting_IsToldOnceForAllRows()
    {
        BatchItem[] items = [Item(1, BatchState.Waiting, job: null), Item(2, BatchState.Waiting, job: null)];
        foreach (BatchItem item in items)
        {
            item.Error = new SeedanceException(ErrorCode.OverBudget, "The day is spent.") { RecommendedAction = "Wait for tomorrow." };
        }

        Assert.All(items, item => Assert.Null(BatchReport.Error(item, item)));
        Assert.Equal("2 rows were not submitted. The day is spent. Wait for tomorrow.", BatchReport.Waiting(items));
    }

    [Fact]
    public void Cells_OfASheetThatIsAResultItself_AreReplacedInIt()
    {
        Sheet sheet = SheetReader.Read("Prompt,Status,Id\na fox,Refused,old\n");

        Assert.Equal(
            ["Prompt=a fox", "Id=a", "Status=Saved", "Error=", "Cost=0.32", "Unit=USD", "Path=/v/a.mp4"],
            BatchResult.Cells(sheet, new BatchItem(sheet.Rows[0], tag: null, take: null) { State = BatchState.Submitted, Job = Saved("a") })
                .Select(cell => cell.Key + "=" + cell.Value));
    }

    private static BatchItem Item(int number, BatchState state, SeedanceJob? job) =>
        new(new SheetRow(number, []), "shot-0" + number.ToString(CultureInfo.InvariantCulture), take: null) { State = state, Job = job };

    private static SeedanceJob Saved(string id) =>
        new() { Id = id, State = JobStatus.Succeeded, EstimatedCost = s_price, Outputs = [new JobOutput { Path = "/v/" + id + ".mp4" }] };
}
