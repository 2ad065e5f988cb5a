using Seedance.Wire;

namespace Seedance.Spending;

/// <summary>
/// One day of the ledger with its running sums. What is said of a job twice counts once, so a line that a crash made somebody write again does no
/// harm. A figure in another unit than the reservation stands beside it: it does not tell what the reserved amount became.
/// </summary>
internal sealed class SpendPage
{
    private readonly Dictionary<string, (SpendEntry Reserved, SpendEntry? Settled)> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<SpendKey, SpendAmount> _sums = [];

    /// <param name="day">The UTC day.</param>
    /// <param name="begun">Sums of the page's first part, which is then not read: an entry about a job of that part is taken by what it says was before.</param>
    public SpendPage(string day, IReadOnlyList<SpendSum>? begun = null)
    {
        Day = day;
        IsWhole = begun is null;
        foreach (SpendSum sum in begun ?? [])
        {
            _sums[sum.Key] = sum.Amount;
        }
    }

    public string Day { get; }

    /// <summary>Every line of it was read.</summary>
    public bool IsWhole { get; }

    public IReadOnlyList<SpendSum> Sums => [.. _sums.Where(sum => sum.Value != default).Select(sum => new SpendSum(Day, sum.Key, sum.Value))];

    public void Apply(SpendEntry entry)
    {
        entry = entry with { Amount = Sane(entry.Amount) };
        bool known = _jobs.TryGetValue(entry.JobId, out var job);
        if (!known && !IsWhole && entry.Before is { } before)
        {
            (job, known) = (Standing(entry, before), true);
        }

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

    private static (SpendEntry Reserved, SpendEntry? Settled) Standing(SpendEntry entry, SpendBefore before) => (
        entry with { Event = SpendEvent.Reserve, Amount = Sane(before.Reserved), Unit = before.ReservedUnit, IsSimulated = before.IsSimulated },
        Sane(before.Settled) is not { } settled ? null : entry with { Amount = settled, Unit = before.SettledUnit });

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
