using Seedance.Models;
using Seedance.Records;
using Seedance.Wire;

namespace Seedance.Spending;

/// <summary>What the ledger can say of a job.</summary>
internal enum SpendEvent
{
    /// <summary>It is about to be submitted; its estimate counts as spent.</summary>
    Reserve,

    /// <summary>The provider named a figure; the last one counts.</summary>
    Settle,

    /// <summary>It surely was not taken.</summary>
    Release,
}

/// <summary>One entry of the ledger. It says all by itself whose money it is about, and outlives its job.</summary>
internal sealed record SpendEntry(SpendEvent Event, string JobId, DateTimeOffset At)
{
    public string Provider { get; init; } = string.Empty;

    public string? Profile { get; init; }

    public string Model { get; init; } = string.Empty;

    public string WireModel { get; init; } = string.Empty;

    /// <summary>Null where nobody knows the price.</summary>
    public decimal? Amount { get; init; }

    public string? Unit { get; init; }

    /// <summary>Null where the model decides.</summary>
    public int? Seconds { get; init; }

    public bool IsSimulated { get; init; }

    /// <summary>The UTC day of the submit, for all that is ever said of the job.</summary>
    public string Day => DayOf(At);

    public static SpendEntry Of(SpendEvent happened, SeedanceJob job)
    {
        SeedanceCost? cost = happened == SpendEvent.Settle ? job.ActualCost : job.EstimatedCost;
        cost = cost is not null && SaneCost.Is(cost.Amount) ? cost : null; // What is no price is never entered.
        return new SpendEntry(happened, job.Id, job.CreatedAt)
        {
            Provider = job.Provider,
            Profile = job.Profile,
            Model = job.Model,
            WireModel = job.WireModel,
            Amount = cost?.Amount,
            Unit = cost?.Unit,
            Seconds = job.Request is { DurationSeconds: > 0 } request && !RequestLength.IsOpen(request) ? request.DurationSeconds : null,
            IsSimulated = job.IsSimulated,
        };
    }

    /// <summary>What changed in a job that the ledger should know; null when nothing did.</summary>
    public static SpendEntry? Between(StoredJob before, StoredJob after) =>
        after.IsBooked && (after.Job.ActualCost != before.Job.ActualCost || after.Job.IsSimulated != before.Job.IsSimulated)
            ? Of(SpendEvent.Settle, after.Job)
            : null;

    public static string DayOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
