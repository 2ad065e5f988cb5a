using Seedance.Providers;

namespace Seedance.Records;

/// <summary>A job with what only this module needs to go on with it.</summary>
internal sealed record StoredJob(SeedanceJob Job)
{
    /// <summary>What the adapter asked to remember.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = NoFields<string>.Map;

    /// <summary>The SHA-256 of each local file that the request refers to, by path, as it was when it was submitted.</summary>
    public IReadOnlyDictionary<string, string> Media { get; init; } = NoFields<string>.Map;

    /// <summary>Who submits, polls or saves it; null where nobody does. Kept beside the record.</summary>
    public ProcessMark? Owner { get; init; }

    /// <summary>How often it has changed hands. A write that names an earlier term is of one who has lost it; zero names none.</summary>
    public long Term { get; init; }

    /// <summary>Its owner may be at work, as far as could be told when the record was read.</summary>
    public bool OwnerMayBeAlive { get; init; }

    /// <summary>Its owner was the reader itself.</summary>
    public bool IsOwn { get; init; }

    /// <summary>
    /// No request body has left that could have made it: whatever happens to the process now, nobody took it. False where that is not
    /// known, as in records of before this was noted.
    /// </summary>
    public bool IsUnsent { get; init; }

    /// <summary>The spend ledger has a reservation for it; false for a job that was paid for elsewhere.</summary>
    public bool IsBooked { get; init; }

    /// <summary>How a worker submits it; null for a job that its own command submits.</summary>
    public SubmitPlan? Plan { get; init; }

    /// <summary>Workers have to do with it: it is planned, under way, or its video is not saved yet.</summary>
    public bool IsWork => Plan is not null && (!Job.IsFinished || (Job.State == JobStatus.Succeeded && !Job.IsSaved));

    public ProviderJob ProviderJob => new() { Id = Job.ProviderJobId!, WireModel = Job.WireModel, Notes = Notes };
}
