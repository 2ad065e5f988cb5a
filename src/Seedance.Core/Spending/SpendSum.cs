namespace Seedance.Spending;

/// <summary>Whose money a sum is, and in which unit; the unit is empty where nobody knows the price.</summary>
internal readonly record struct SpendKey(string Provider, string? Profile, string Model, string Unit, bool IsSimulated);

/// <summary>What the jobs of one key came to.</summary>
internal readonly record struct SpendAmount(decimal Reserved, decimal Settled, int Jobs, int Unpriced, long Seconds)
{
    public static SpendAmount operator +(SpendAmount left, SpendAmount right) => new(
        left.Reserved + right.Reserved, left.Settled + right.Settled, left.Jobs + right.Jobs, left.Unpriced + right.Unpriced,
        left.Seconds + right.Seconds);

    public static SpendAmount operator -(SpendAmount left, SpendAmount right) => new(
        left.Reserved - right.Reserved, left.Settled - right.Settled, left.Jobs - right.Jobs, left.Unpriced - right.Unpriced,
        left.Seconds - right.Seconds);
}

/// <summary>One key's sum for one UTC day (<c>yyyy-MM-dd</c>).</summary>
internal sealed record SpendSum(string Day, SpendKey Key, SpendAmount Amount)
{
    public bool IsOf(string profile) => string.Equals(Key.Profile, profile, StringComparison.OrdinalIgnoreCase);

    /// <summary>Never less than nothing: no host's figure may give back what another job has spent.</summary>
    public decimal Total => Math.Max(0, Amount.Reserved) + Math.Max(0, Amount.Settled);
}
