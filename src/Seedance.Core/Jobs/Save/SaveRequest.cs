using System.Diagnostics.CodeAnalysis;
using Seedance.Accounts;

namespace Seedance.Jobs.Save;

/// <summary>Where and how to save.</summary>
internal record SaveJobOptions
{
    /// <summary>The folder; made when it is not there.</summary>
    public required string Destination { get; init; }

    /// <summary>Null is <c>{id}</c>.</summary>
    public string? NameTemplate { get; init; }

    /// <summary>Replaces a file that is there.</summary>
    public bool Force { get; init; }

    public bool Sidecar { get; init; } = true;

    /// <summary>The last frame and whatever else the job made, too; otherwise the video alone.</summary>
    public bool AllOutputs { get; init; }

    /// <summary>The job's place in the count of the call's files.</summary>
    public FileNumbers.Turn Turn { get; init; } = new FileNumbers().Next();

    /// <summary>
    /// All of it that can be known before there is a job, so that nothing is paid for that could not be saved. A
    /// <paramref name="rehearsal"/> writes nothing.
    /// </summary>
    /// <exception cref="SeedanceException">It cannot be used.</exception>
    public void Prove(SaveFolder folder, bool rehearsal)
    {
        FileNameTemplate.Parse(NameTemplate);
        if (rehearsal)
        {
            SaveFolder.LookAt(Destination);
        }
        else
        {
            folder.Prove(Destination);
        }
    }
}

/// <summary>What to save, as the call wants it saved.</summary>
internal sealed record SaveRequest : SaveJobOptions
{
    public SaveRequest()
    {
    }

    [SetsRequiredMembers]
    public SaveRequest(
        SaveJobOptions options, SeedanceJob job, NetworkSettings network, Func<CancellationToken, Task<SeedanceJob?>> refresh)
        : base(options)
    {
        Job = job;
        Network = network;
        Refresh = refresh;
    }

    public required SeedanceJob Job { get; init; }

    /// <summary>The account's way out of the machine; its key has no business here.</summary>
    public required NetworkSettings Network { get; init; }

    public string? MediaUserAgent { get; init; }

    /// <summary>Of the call that saves the job, among others perhaps.</summary>
    public PathClaims Claims { get; init; } = new();

    /// <summary>Asks the provider for the job as it is now; called at most once, when an address has lapsed or is missing.</summary>
    public required Func<CancellationToken, Task<SeedanceJob?>> Refresh { get; init; }
}
