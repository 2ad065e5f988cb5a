namespace Seedance.Spending;

/// <summary>What a profile may spend. Counted over all its jobs in the store, at whatever address and by whatever process.</summary>
internal sealed record SpendCaps(string Profile)
{
    public decimal? CostPerDay { get; init; }

    public decimal? CostPerMonth { get; init; }

    /// <summary>Null takes the unit of whatever is asked.</summary>
    public string? Unit { get; init; }

    public int? JobsPerDay { get; init; }

    public int? JobsPerMonth { get; init; }

    public int? SecondsPerDay { get; init; }

    public int? SecondsPerMonth { get; init; }

    public bool LimitsCost => (CostPerDay ?? CostPerMonth) is not null;

    public bool LimitsSeconds => (SecondsPerDay ?? SecondsPerMonth) is not null;

    public SpendCaps WithoutCost() => this with { CostPerDay = null, CostPerMonth = null };

    public static SpendCaps? Of(SeedanceProfile profile)
    {
        SpendCaps caps = new(profile.Name)
        {
            CostPerDay = profile.MaxCostPerDay,
            CostPerMonth = profile.MaxCostPerMonth,
            Unit = profile.CostUnit,
            JobsPerDay = profile.MaxJobsPerDay,
            JobsPerMonth = profile.MaxJobsPerMonth,
            SecondsPerDay = profile.MaxSecondsPerDay,
            SecondsPerMonth = profile.MaxSecondsPerMonth,
        };
        return caps.LimitsCost || caps.LimitsSeconds || (caps.JobsPerDay ?? caps.JobsPerMonth) is not null ? caps : null;
    }
}
