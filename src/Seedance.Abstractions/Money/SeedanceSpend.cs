namespace Seedance;

/// <summary>
/// What the jobs of one provider, profile, model and UTC day cost in one unit, from the ledger that every submit is entered in before it
/// leaves. It outlives the records of the jobs.
/// </summary>
public sealed record SeedanceSpend
{
    /// <summary>The UTC day on which the jobs were submitted, as <c>yyyy-MM-dd</c> in every culture, also in CSV.</summary>
    public string Day { get; init; } = string.Empty;

    /// <summary>Who is paid.</summary>
    public string Provider { get; init; } = string.Empty;

    /// <summary>The profile that the jobs were submitted with, if any.</summary>
    public string? Profile { get; init; }

    /// <summary>The neutral model name; empty for a profile that has spent nothing on this day.</summary>
    public string Model { get; init; } = string.Empty;

    /// <summary>
    /// <c>USD</c>, <c>CNY</c>, <c>credits</c> or <c>tokens</c>; empty where no price is known. Units are never added to each other.
    /// </summary>
    public string Unit { get; init; } = string.Empty;

    /// <summary>Estimated prices of jobs whose provider has not named a figure, among them those whose submit is unconfirmed.</summary>
    public decimal Reserved { get; init; }

    /// <summary>What providers have named.</summary>
    public decimal Settled { get; init; }

    /// <summary>Both together: what counts against a cap.</summary>
    public decimal Total => Reserved + Settled;

    /// <summary>Jobs that were taken or may have been.</summary>
    public int Jobs { get; init; }

    /// <summary>Those of them whose price nobody knows; they are not in the sums.</summary>
    public int UnpricedJobs { get; init; }

    /// <summary>Seconds of video that they ask for.</summary>
    public long Seconds { get; init; }

    /// <summary>What the profile's caps leave on this day and in its month, in this unit; null without such a cap.</summary>
    public decimal? Left { get; init; }

    /// <summary>Jobs that they leave.</summary>
    public long? JobsLeft { get; init; }

    /// <summary>Seconds of video that they leave.</summary>
    public long? SecondsLeft { get; init; }

    /// <summary>The simulator's jobs: no money.</summary>
    public bool IsSimulated { get; init; }
}
