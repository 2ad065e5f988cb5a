using Seedance.Wire;

namespace Seedance.Spending;

/// <summary>
/// Some entries of the ledger with their running sums. What is said of a job twice counts once. A figure in another unit than the
/// reservation stands beside it: it does not tell what the reserved amount became. The day is a UTC day.
/// </summary>
internal sealed class DayTotals(string day)
{
    private readonly Dictionary<string, (SpendEntry Reserved, SpendEntry? Settled)> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<SpendKey, SpendAmount> _sums = [];

    public IReadOnlyList<SpendSum> Sums =>
        [.. _sums.Where(sum => sum.Value != default).Select(sum => new SpendSum(day, sum.Key, sum.Value))];

    public void Apply(SpendEntry entry)
    {
        entry = entry with { Amount = Sane(entry.Amount) };
        bool known = _jobs.TryGetValue(entry.JobId, out var job);
        if (known)
        {
            Count(job.Reserved, job.Settled, sign: -1);
        }

        switch (entry.Event)
        {
            case SpendEvent.Reserve:
                job = (entry, job.Settled);
                break;
            case SpendEvent.Settle when known:
                job = (job.Reserved with { IsSimulated = entry.IsSimulated }, entry.Amount is null ? job.Settled : entry);
                break;
            default:
                _jobs.Remove(entry.JobId);
                return;
        }

        _jobs[entry.JobId] = job;
        Count(job.Reserved, job.Settled, sign: 1);
    }

    /// <summary>An earlier version wrote down whatever a host named.</summary>
    private static decimal? Sane(decimal? amount) => amount is { } known && SaneCost.Is(known) ? known : null;

    private void Count(SpendEntry reserved, SpendEntry? settled, int sign)
    {
        int seconds = reserved.Seconds ?? 0;
        if (settled is null)
        {
            Add(reserved, reserved.Unit, new SpendAmount(reserved.Amount ?? 0, 0, 1, reserved.Amount is null ? 1 : 0, seconds), sign);
            return;
        }

        if (reserved.Unit is null || string.Equals(reserved.Unit, settled.Unit, StringComparison.OrdinalIgnoreCase))
        {
            Add(reserved, reserved.Unit ?? settled.Unit, new SpendAmount(0, settled.Amount ?? 0, 1, 0, seconds), sign);
            return;
        }

        Add(reserved, reserved.Unit, new SpendAmount(reserved.Amount ?? 0, 0, 1, 0, seconds), sign);
        Add(reserved, settled.Unit, new SpendAmount(0, settled.Amount ?? 0, 0, 0, 0), sign);
    }

    private void Add(SpendEntry job, string? unit, SpendAmount amount, int sign)
    {
        SpendKey key = new(job.Provider, job.Profile, job.Model, unit ?? string.Empty, job.IsSimulated);
        _sums.TryGetValue(key, out SpendAmount before);
        _sums[key] = sign > 0 ? before + amount : before - amount;
    }
}
