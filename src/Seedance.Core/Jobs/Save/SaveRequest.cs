using Seedance.Accounts;

namespace Seedance.Jobs.Save;

/// <summary>What to save, and where to.</summary>
internal sealed record SaveRequest
{
    public required SeedanceJob Job { get; init; }

    /// <summary>The account's way out of the machine; its key has no business here.</summary>
    public required NetworkSettings Network { get; init; }

    /// <summary>The folder; made when it is not there.</summary>
    public required string Destination { get; init; }

    public string? MediaUserAgent { get; init; }

    /// <summary>Null is <c>{id}</c>.</summary>
    public string? NameTemplate { get; init; }

    /// <summary>Replaces a file that is there.</summary>
    public bool Force { get; init; }

    public bool Sidecar { get; init; } = true;

    /// <summary>The last frame and whatever else the job made, too; otherwise the video alone.</summary>
    public bool AllOutputs { get; init; }

    /// <summary>Of the call that saves the job, among others perhaps.</summary>
    public PathClaims Claims { get; init; } = new();

    /// <summary>The job's place in the count of the call's files.</summary>
    public FileNumbers.Turn Turn { get; init; } = new FileNumbers().Next();

    /// <summary>Asks the provider for the job as it is now; called at most once, when an address has lapsed or is missing.</summary>
    public required Func<CancellationToken, Task<SeedanceJob?>> Refresh { get; init; }
}
