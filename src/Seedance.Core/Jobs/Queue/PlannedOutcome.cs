namespace Seedance.Jobs.Queue;

/// <summary>
/// What became of a planned job. The job is there when the provider has it, or when it failed for good; null where it stays planned or its
/// outcome is unknown.
/// </summary>
internal sealed record PlannedOutcome(SeedanceJob? Job)
{
    /// <summary>Something was sent that may have made a video, whether or not anybody knows.</summary>
    public bool MayHaveLeft { get; init; }

    /// <summary>It stays planned, for a worker that can do better.</summary>
    public bool IsForOthers { get; init; }
}
