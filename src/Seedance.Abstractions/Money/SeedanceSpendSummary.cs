namespace Seedance;

/// <summary>
/// What was spent by one provider, profile, model or day in one unit, or in all by a unit, and how much of the month's caps that is.
/// </summary>
public sealed record SeedanceSpendSummary
{
    /// <summary>Whose sum it is; <c>Total</c> for all of a unit.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>What <see cref="Name"/> names: <c>Provider</c>, <c>Profile</c>, <c>Model</c> or <c>Day</c>.</summary>
    public string By { get; init; } = string.Empty;

    /// <summary>
    /// <c>USD</c>, <c>CNY</c>, <c>credits</c> or <c>tokens</c>; empty where no price is known. Units are never added to each other.
    /// </summary>
    public string Unit { get; init; } = string.Empty;

    /// <summary>Estimated prices that no provider has named yet.</summary>
    public decimal Reserved { get; init; }

    /// <summary>What providers have named.</summary>
    public decimal Settled { get; init; }

    /// <summary>Both together.</summary>
    public decimal Total => Reserved + Settled;

    /// <summary>Jobs that were taken or may have been.</summary>
    public int Jobs { get; init; }

    /// <summary>Those of them whose price nobody knows; they are not in the sums.</summary>
    public int UnpricedJobs { get; init; }

    /// <summary>Seconds of video that they ask for.</summary>
    public long Seconds { get; init; }

    /// <summary>
    /// The monthly caps of the profiles it is about, together, where the sum is of a month and there are such caps in this unit.
    /// </summary>
    public decimal? Cap { get; init; }

    /// <summary>
    /// What counts against <see cref="Cap"/>: what those profiles spent, also in simulated jobs. What was spent without such a profile
    /// is in <see cref="Total"/> alone.
    /// </summary>
    public decimal? CountedByCap { get; init; }

    /// <summary>What the caps leave.</summary>
    public decimal? Left => Cap is { } cap ? Math.Max(0, cap - (CountedByCap ?? 0)) : null;

    /// <summary>The row of a unit that takes all others of it together.</summary>
    public bool IsTotal { get; init; }

    /// <summary>The simulator's jobs: no money.</summary>
    public bool IsSimulated { get; init; }
}
