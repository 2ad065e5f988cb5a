namespace Seedance;

/// <summary>Named settings of one account at one provider. It refers to a secret and never holds one.</summary>
public sealed record SeedanceProfile
{
    /// <summary>Letters, digits, dots, dashes and underscores.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Who is paid.</summary>
    public string Provider { get; init; } = string.Empty;

    /// <summary>Used when neither a profile nor a provider is named.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Replaces the provider's scheme, host, port and path prefix.</summary>
    public Uri? BaseUri { get; init; }

    /// <summary>The environment variable that holds the key; null means the provider's own.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>
    /// The environment variable of the second secret that some providers want for some calls; null means the provider's own.
    /// </summary>
    public string? SecondKeyVariable { get; init; }

    /// <summary>The SecretManagement vault that holds the key.</summary>
    public string? Vault { get; init; }

    /// <summary>The key's name in <see cref="Vault"/>.</summary>
    public string? SecretName { get; init; }

    /// <summary>The model to use when none is named.</summary>
    public string? Model { get; init; }

    /// <summary>Most jobs in flight; null means the provider's own limit.</summary>
    public int? Concurrency { get; init; }

    /// <summary>An http proxy; null means the system's.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>No proxy at all, the system's included.</summary>
    public bool NoProxy { get; init; }

    /// <summary>
    /// A submit that the provider answers with a server error of its own and no job id is sent again, three times in all. False: its job is
    /// <see cref="JobStatus.Unconfirmed"/>. Only for providers that promise that such an error made no job.
    /// </summary>
    public bool RetryServerError { get; init; }

    /// <summary>
    /// The most that this profile spends in a UTC day, whatever process spends it. Money is counted when it is reserved, before a request
    /// leaves.
    /// </summary>
    public decimal? MaxCostPerDay { get; init; }

    /// <summary>The most that it spends in a UTC month.</summary>
    public decimal? MaxCostPerMonth { get; init; }

    /// <summary>
    /// The unit of both, such as <c>USD</c> or <c>credits</c>. Null means the unit of whatever is priced, each unit counted for itself:
    /// units are never converted.
    /// </summary>
    public string? CostUnit { get; init; }

    /// <summary>The most jobs that it submits in a UTC day.</summary>
    public int? MaxJobsPerDay { get; init; }

    /// <summary>The most jobs that it submits in a UTC month.</summary>
    public int? MaxJobsPerMonth { get; init; }

    /// <summary>The most seconds of video that it asks for in a UTC day.</summary>
    public int? MaxSecondsPerDay { get; init; }

    /// <summary>The most seconds of video that it asks for in a UTC month.</summary>
    public int? MaxSecondsPerMonth { get; init; }

    /// <summary>Where its key is looked up, and whether it is there now. Not stored.</summary>
    public string? Key { get; init; }

    /// <summary>What counts against its caps on this UTC day, in <see cref="CostUnit"/>; null without caps. Not stored.</summary>
    public decimal? SpentToday { get; init; }

    /// <summary>What counts against its caps in this UTC month. Not stored.</summary>
    public decimal? SpentThisMonth { get; init; }

    /// <summary>Jobs that count against its caps on this UTC day. Not stored.</summary>
    public int? JobsToday { get; init; }

    /// <summary>Jobs that count against its caps in this UTC month. Not stored.</summary>
    public int? JobsThisMonth { get; init; }

    /// <summary>Seconds of video that count against its caps on this UTC day. Not stored.</summary>
    public long? SecondsToday { get; init; }

    /// <summary>Seconds of video that count against its caps in this UTC month. Not stored.</summary>
    public long? SecondsThisMonth { get; init; }

    /// <summary>The money that its caps of the day and the month leave for now; null without such a cap.</summary>
    public decimal? Left => Least(MaxCostPerDay - SpentToday, MaxCostPerMonth - SpentThisMonth);

    /// <summary>The jobs that its caps leave for now.</summary>
    public long? JobsLeft => (long?)Least(MaxJobsPerDay - JobsToday, MaxJobsPerMonth - JobsThisMonth);

    /// <summary>The seconds of video that its caps leave for now.</summary>
    public long? SecondsLeft => (long?)Least(MaxSecondsPerDay - SecondsToday, MaxSecondsPerMonth - SecondsThisMonth);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static decimal? Least(decimal? day, decimal? month) =>
        (day < month ? day : month ?? day) is { } least ? Math.Max(0, least) : null;
}
