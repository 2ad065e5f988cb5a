using Seedance.Jobs.Prepare;
using Seedance.Sheets;

namespace Seedance.Jobs.Batch;

/// <summary>Where a row of a sheet stands.</summary>
internal enum BatchState
{
    /// <summary>To be submitted.</summary>
    New,

    /// <summary>Its job is on record.</summary>
    Submitted,

    /// <summary>It cannot be submitted as it is.</summary>
    Refused,

    /// <summary>It can be submitted later, when a budget, a slot or an account is free again.</summary>
    Waiting,
}

/// <summary>A row of a sheet, or one take of it, and what became of it. Changed by the run alone.</summary>
internal sealed class BatchItem(SheetRow row, string? tag, int? take)
{
    public SheetRow Row => row;

    public string? Tag => tag;

    public int? Take => take;

    /// <summary>Checked and priced; null where the row is no request.</summary>
    public SubmitRow? Submit { get; set; }

    public BatchState State { get; set; }

    /// <summary>As it was last heard of.</summary>
    public SeedanceJob? Job { get; set; }

    /// <summary>The last that went wrong.</summary>
    public SeedanceException? Error { get; set; }

    /// <summary>For people: row 4 (shot-04).</summary>
    public string Name => "row " + row.Number.ToString(CultureInfo.InvariantCulture)
        + (take is { } number ? ", take " + number.ToString(CultureInfo.InvariantCulture) : string.Empty)
        + (tag is { Length: > 0 } ? " (" + tag + ")" : string.Empty);

    public bool IsSaved => Job is { State: JobStatus.Succeeded, IsSaved: true };

    public string Status => State switch
    {
        BatchState.Refused => "Refused",
        BatchState.Waiting => "Waiting",
        BatchState.New => "Planned",
        _ => IsSaved ? "Saved" : Job?.Status ?? "Planned",
    };

    /// <summary>It was not submitted. Of some refusals it is not the row that is to blame, and a later run may find the way free.</summary>
    public void Refuse(SeedanceException error)
    {
        State = error.Code is ErrorCode.OverBudget or ErrorCode.SlotTimeout or ErrorCode.RateLimited or ErrorCode.ProviderUnavailable
            or ErrorCode.InsufficientCredits or ErrorCode.SubmitUnconfirmed
            ? BatchState.Waiting
            : BatchState.Refused;
        Error = error;
    }
}
