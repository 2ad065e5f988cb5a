using Seedance.Jobs.Save;

namespace Seedance.Jobs.Queue;

/// <summary>How a worker goes about the queue.</summary>
internal sealed record QueueOptions(SaveJobOptions Save)
{
    /// <summary>Only jobs that were planned for this profile.</summary>
    public string? Profile { get; init; }

    /// <summary>Most planned jobs that it submits; null takes all.</summary>
    public int? MaxJobs { get; init; }

    /// <summary>Ends when there is nothing to take and nothing under way; else it goes on until it is stopped.</summary>
    public bool UntilEmpty { get; init; } = true;
}
