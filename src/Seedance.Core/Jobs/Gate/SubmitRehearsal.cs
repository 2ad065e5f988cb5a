using Seedance.Jobs.Prepare;
using Seedance.Jobs.Submit;
using Seedance.Records;
using Seedance.Spending;

namespace Seedance.Jobs.Gate;

/// <summary>What would become of the requests of one call, one after the other. Sends, records and reserves nothing.</summary>
internal sealed class SubmitRehearsal(SeedanceServices services)
{
    private readonly Dictionary<string, StoredJob> _tokens = new(StringComparer.Ordinal);
    private readonly TokenJobs _owners = new(services);
    private readonly CallTotal _total = new();
    private string? _day;
    private DayTotals? _passed; // What the rows before would reserve today.
    private IReadOnlyList<SpendSum> _spent = [];

    public async Task<RowVerdict> JudgeAsync(SubmitRow row, CancellationToken stop)
    {
        try
        {
            row = await ReuseToken.NameAsync(services, row, stop).ConfigureAwait(false);
            if (await FindAsync(row, stop).ConfigureAwait(false) is { } known)
            {
                return known;
            }

            Budget.CheckUnits(row.Candidates.Select(one => (one.Provider, one.Prepared?.Estimate?.Unit)), row.Request, row.Options);
            PreparedSubmit first = await AccountWalk.RunAsync(
                row.Candidates, row.Request, (prepared, _) => CheckAsync(prepared, row.Options, stop), NullOutput.Instance)
                .ConfigureAwait(false);
            return new RowVerdict(row) { New = first };
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            return new RowVerdict(row) { Refusal = Unforeseen.Of(error, row.Request.Prompt) };
        }
    }

    /// <summary>The job that the row's token made before, here or in an earlier row; throws where that was another request.</summary>
    public async Task<RowVerdict?> FindAsync(SubmitRow row, CancellationToken stop)
    {
        row = await ReuseToken.NameAsync(services, row, stop).ConfigureAwait(false);
        if (row.Options.ClientToken is not { } token)
        {
            return null;
        }

        bool here = _tokens.TryGetValue(token, out StoredJob? known);
        known ??= await services.Store.FindByTokenAsync(token, stop).ConfigureAwait(false);
        if (known is null)
        {
            return null;
        }

        if (_owners.AskedOf(known.Job, row) is not { } asked)
        {
            return null; // It is refused, whatever its token made.
        }

        TokenJobs.CheckSame(known.Job, asked.Record(row.Options, services.Time.GetUtcNow()), row.Options);
        return new RowVerdict(row) { Existing = known.Job, IsOfThisCall = here };
    }

    /// <summary>What the profile's caps leave for today before any row of the call; null where they count nothing in that unit.</summary>
    public async Task<(decimal Amount, string When)?> LeftAsync(SpendCaps caps, string unit, CancellationToken stop)
    {
        if (!caps.LimitsCost || (caps.Unit is { } own && !string.Equals(own, unit, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        string today = await ReadSpentAsync(stop).ConfigureAwait(false);
        SpendSum[] sums =
        [
            .. _spent.Where(sum => sum.IsOf(caps.Profile) && string.Equals(sum.Key.Unit, unit, StringComparison.OrdinalIgnoreCase)),
        ];
        decimal? day = caps.CostPerDay - sums.Where(sum => sum.Day == today).Sum(sum => sum.Total);
        decimal? month = caps.CostPerMonth - sums.Sum(sum => sum.Total);
        return month is null || day <= month ? (Math.Max(0, day!.Value), "today") : (Math.Max(0, month.Value), "this month");
    }

    private async Task<PreparedSubmit> CheckAsync(PreparedSubmit prepared, SubmitOptions options, CancellationToken stop)
    {
        Budget.CheckCall(prepared, options);
        StoredJob record = prepared.Record(options, services.Time.GetUtcNow());
        SpendEntry asked = SpendEntry.Of(SpendEvent.Reserve, record.Job);
        string today = await ReadSpentAsync(stop).ConfigureAwait(false);
        if (!options.IsQueued && prepared.Caps is { } caps
            && SpendBreach.Find(caps, asked, [.. _spent, .. _passed!.Sums], options.Force) is { } breach)
        {
            throw Budget.Refuse(breach, caps, record.Job);
        }

        _total.Add(prepared, options);
        if (asked.Day == today)
        {
            _passed!.Apply(asked);
        }

        if (options.ClientToken is { } token)
        {
            _tokens[token] = record;
        }

        return prepared;
    }

    /// <summary>Reads once a day what the month has cost so far: ten thousand rows ask.</summary>
    private async Task<string> ReadSpentAsync(CancellationToken stop)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        string today = SpendEntry.DayOf(now);
        if (_day != today)
        {
            DateTimeOffset month = new(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
            _spent = await services.Store.SumSpendAsync(month, now, stop).ConfigureAwait(false);
            _passed = new DayTotals(today);
            _day = today;
        }

        return today;
    }
}
