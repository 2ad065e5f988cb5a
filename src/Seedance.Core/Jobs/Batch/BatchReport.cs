namespace Seedance.Jobs.Batch;

/// <summary>What a run of a sheet says at its end: each row's error by name, and the sums.</summary>
internal static class BatchReport
{
    public static SeedanceBatchSummary Summarize(IReadOnlyList<BatchItem> items, string sheet, string result, string batch)
    {
        SeedanceJob[] jobs =
            [.. items.Select(item => item.Job).OfType<SeedanceJob>().GroupBy(job => job.Id, StringComparer.Ordinal)
            .Select(same => same.First())];
        return new SeedanceBatchSummary
        {
            Sheet = sheet,
            ResultPath = result,
            Batch = batch,
            Rows = items.Count,
            Saved = items.Count(item => item.IsSaved),
            Failed = items.Count(item => item.State == BatchState.Submitted && item.Job is { IsFinished: true } && !item.IsSaved),
            Refused = items.Count(item => item.State == BatchState.Refused),
            Waiting = items.Count(item => item.State is BatchState.Waiting or BatchState.New),
            Running = items.Count(item => item.State == BatchState.Submitted
                && item.Job is { IsFinished: false, State: not (JobStatus.Unconfirmed or JobStatus.Planned) }),
            Planned = items.Count(item => item.State == BatchState.Submitted && item.Job is { State: JobStatus.Planned }),
            Unconfirmed = items.Count(item => item.State == BatchState.Submitted && item.Job is { State: JobStatus.Unconfirmed }),
            Costs = BatchCosts.Of(
                jobs.Where(job => job.State is not (JobStatus.Failed or JobStatus.Cancelled) || job.ActualCost is not null)
                .Select(job => job.ActualCost ?? job.EstimatedCost).OfType<SeedanceCost>()),
        };
    }

    /// <summary>The error of a row, which names the row. Rows that only wait are told of together.</summary>
    public static SeedanceException? Error(BatchItem item, object target) =>
        item is { State: BatchState.Waiting } or { IsSaved: true } || item.Error is not { } error
        ? null
        : new SeedanceException(error.Code, char.ToUpperInvariant(item.Name[0]) + item.Name.Substring(1) + ": " + error.Message, error)
        {
            Provider = error.Provider,
            HttpStatus = error.HttpStatus,
            ProviderCode = error.ProviderCode,
            RequestId = error.RequestId,
            Target = target,
            RecommendedAction = error.RecommendedAction,
        };

    /// <summary>What the first of the waiting rows waits for, and how many there are; null where none waits.</summary>
    public static string? Waiting(IReadOnlyList<BatchItem> items)
    {
        BatchItem[] waiting = [.. items.Where(item => item.State == BatchState.Waiting)];
        return waiting.Length == 0 ? null : string.Format(
            CultureInfo.InvariantCulture, "{0} row{1} not submitted. {2} {3}", waiting.Length, waiting.Length == 1 ? " was" : "s were",
            waiting[0].Error!.Message, waiting[0].Error!.RecommendedAction);
    }

    public static SeedanceException NothingSent(BatchPlan plan, IReadOnlyList<BatchItem> items) => new(
        ErrorCode.BatchIncomplete,
        "Nothing was sent, since not every row can be: " + plan.Describe() + (Waiting(items) is { } waiting ? ". " + waiting : "."))
    {
        RecommendedAction = "Put the rows right that are reported above, or leave out -AllOrNothing.",
    };

    public static SeedanceException Incomplete(SeedanceBatchSummary summary) => new(
        ErrorCode.BatchIncomplete, "Not every row has its video: " + summary + ". The result sheet is " + summary.ResultPath + ".")
    {
        Target = summary.Sheet,
        RecommendedAction = summary.MendsByItself
            ? "Run the same command again: it goes on with the rest, and what is paid is not paid again."
            : "See the column Error of the result sheet, put those rows right, and run the same command again (-RetryFailed for what failed): what is paid is not paid again.",
    };
}
