namespace Seedance.Store;

/// <summary>What a worker takes of the planned jobs, and of those that others left under way.</summary>
internal sealed record WorkTerms
{
    /// <summary>Only jobs that were planned for this profile; null takes all.</summary>
    public string? Profile { get; init; }

    /// <summary>Accounts whose planned jobs are not taken now.</summary>
    public IReadOnlyCollection<string> RestingAccounts { get; init; } = [];

    /// <summary>Jobs that this worker has given up on.</summary>
    public IReadOnlyCollection<string> GivenUp { get; init; } = [];
}
