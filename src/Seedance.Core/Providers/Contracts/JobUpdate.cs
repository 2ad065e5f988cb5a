namespace Seedance.Providers;

/// <summary>News of a job in neutral terms; null means that the host did not say.</summary>
internal sealed record JobUpdate
{
    /// <summary>Null for a word that the sheet does not list: the job goes on.</summary>
    public JobStatus? Status { get; init; }

    /// <summary>The host's own word.</summary>
    public string? StatusWord { get; init; }

    public int? Progress { get; init; }

    public IReadOnlyList<JobOutput> Outputs { get; init; } = [];

    public long? Seed { get; init; }

    public SeedanceCost? Cost { get; init; }

    public JobError? Error { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When the host says that asking again makes sense.</summary>
    public TimeSpan? NextPoll { get; init; }
}
