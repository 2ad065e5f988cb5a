using Seedance.Providers;
using Seedance.Spending;

namespace Seedance.Money;

/// <summary>Which spend to show; what is null does not matter.</summary>
internal sealed record SpendQuery
{
    public string? Provider { get; init; }

    public string? Profile { get; init; }

    public string? Model { get; init; }

    /// <summary>From the UTC day of this moment on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>To the UTC day of this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Begins with this UTC month and goes on to now, so that the month's caps are what it is measured by.</summary>
    public bool IsOneMonth(DateTimeOffset now) =>
        From is { } from && from.UtcDateTime.Day == 1 && from.UtcDateTime.TimeOfDay == TimeSpan.Zero
        && (from.UtcDateTime.Year, from.UtcDateTime.Month) == (now.UtcDateTime.Year, now.UtcDateTime.Month) && (To is null || To >= now);

    public bool Matches(SpendKey key) => Same(Provider, key.Provider) && Same(Profile, key.Profile) && Same(Model, key.Model);

    public bool IsAbout(SeedanceProfile profile) => Same(Provider, profile.Provider) && Same(Profile, profile.Name);

    private static bool Same(string? wanted, string? found) =>
        wanted is null || string.Equals(wanted, found, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What was reserved and settled by day, provider, profile, model and unit, and what the profile's caps leave.</summary>
internal sealed class GetSpend(SeedanceServices services)
{
    /// <summary>Writes the rows, or what they come to by a name.</summary>
    public async Task RunAsync(SpendQuery query, SpendGroup? by, IOperationOutput output, CancellationToken stop)
    {
        (IReadOnlyList<SeedanceSpend> rows, IReadOnlyList<SpendSum> sums) = await RowsAsync(query, stop).ConfigureAwait(false);
        IEnumerable<object> shown = by is { } group ? SummarizeSpend.Run(rows, group, Caps(query, sums)) : rows;
        foreach (object row in shown)
        {
            output.Write(row);
        }
    }

    /// <summary>What the rows are measured by: nothing where they are not those of a month, or are a part of what a cap counts.</summary>
    private IReadOnlyList<MonthCap> Caps(SpendQuery query, IReadOnlyList<SpendSum> sums) =>
        query.Model is null && query.IsOneMonth(services.Time.GetUtcNow())
            ? MonthCap.Of(services.Profiles.List().Where(profile => query.IsAbout(profile)), sums)
            : [];

    private async Task<(IReadOnlyList<SeedanceSpend> Rows, IReadOnlyList<SpendSum> Sums)> RowsAsync(
        SpendQuery query, CancellationToken stop)
    {
        List<SeedanceSpend> rows = [];
        DateTimeOffset now = services.Time.GetUtcNow();
        SpendCaps[] caps = [.. services.Profiles.List().Select(SpendCaps.Of).OfType<SpendCaps>()];
        DateTimeOffset? whole = query.From is { } from
            ? new DateTimeOffset(from.UtcDateTime.Year, from.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero)
            : null;
        IReadOnlyList<SpendSum> sums = await services.Store.SumSpendAsync(whole, query.To, stop).ConfigureAwait(false);
        await CheckNamesAsync(query, sums, stop).ConfigureAwait(false);
        string first = query.From is { } begin ? SpendEntry.DayOf(begin) : string.Empty;
        ILookup<string, SpendSum> months = sums.ToLookup(sum => sum.Day.Substring(0, 7), StringComparer.Ordinal);
        foreach (SpendSum sum in sums
            .Where(sum => string.CompareOrdinal(sum.Day, first) >= 0 && query.Matches(sum.Key))
            .OrderBy(sum => sum.Day, StringComparer.Ordinal).ThenBy(sum => sum.Key.Provider, StringComparer.Ordinal)
                .ThenBy(sum => sum.Key.Profile, StringComparer.Ordinal)
            .ThenBy(sum => sum.Key.Model, StringComparer.Ordinal).ThenBy(sum => sum.Key.Unit, StringComparer.Ordinal))
        {
            rows.Add(WithRest(Row(sum), caps.FirstOrDefault(cap => sum.IsOf(cap.Profile)), sum.Day, [.. months[sum.Day.Substring(0, 7)]]));
        }

        string today = SpendEntry.DayOf(now);
        if (string.CompareOrdinal(today, first) < 0 || (query.To is { } to && string.CompareOrdinal(today, SpendEntry.DayOf(to)) > 0))
        {
            return (rows, sums);
        }

        // A profile that may spend and has not is worth a row: how much is left is what it is asked for.
        foreach (SpendCaps cap in caps.Where(cap => !sums.Any(sum => sum.Day == today && sum.IsOf(cap.Profile))))
        {
            SpendKey key = new(
                services.Profiles.Find(cap.Profile)!.Provider, cap.Profile, string.Empty, cap.Unit ?? string.Empty, IsSimulated: false);
            if (query.Matches(key))
            {
                rows.Add(WithRest(Row(new SpendSum(today, key, default)), cap, today, [.. months[today.Substring(0, 7)]]));
            }
        }

        return (rows, sums);
    }

    /// <summary>A name with a slip in it must not look like nothing spent. What the ledger has entries of was a name once.</summary>
    private async Task CheckNamesAsync(SpendQuery query, IReadOnlyList<SpendSum> sums, CancellationToken stop)
    {
        bool knowsProvider = query.Provider is not { } provider || ProviderRegistry.Find(provider) is not null;
        bool knowsProfile = query.Profile is not { } profile || services.Profiles.Find(profile) is not null;
        if (knowsProvider && knowsProfile)
        {
            return;
        }

        SpendQuery names = new() { Provider = query.Provider, Profile = query.Profile };
        IReadOnlyList<SpendSum> all = query.From is null && query.To is null
            ? sums
            : await services.Store.SumSpendAsync(from: null, to: null, stop).ConfigureAwait(false);
        if (all.Any(sum => names.Matches(sum.Key)))
        {
            return;
        }

        throw knowsProvider
            ? new SeedanceException(
                ErrorCode.ProfileNotFound, "There is no profile named '" + query.Profile + "', and the ledger has no entry of one.")
            {
                Target = query.Profile,
                RecommendedAction =
                    "Run Get-SeedanceProfile to see the profiles, or Get-SeedanceSpend without -Profile to see all that was spent.",
            }
            : new SeedanceException(ErrorCode.InvalidRequest, "There is no provider named '" + query.Provider + "'.")
            {
                Target = query.Provider,
                RecommendedAction = "Known are: " + string.Join(", ", ProviderRegistry.All.Select(adapter => adapter.Provider.Name)) + ".",
            };
    }

    private static SeedanceSpend Row(SpendSum sum) => new()
    {
        Day = sum.Day,
        Provider = sum.Key.Provider,
        Profile = sum.Key.Profile,
        Model = sum.Key.Model,
        Unit = sum.Key.Unit,
        Reserved = sum.Amount.Reserved,
        Settled = sum.Amount.Settled,
        Jobs = sum.Amount.Jobs,
        UnpricedJobs = sum.Amount.Unpriced,
        Seconds = sum.Amount.Seconds,
        IsSimulated = sum.Key.IsSimulated,
    };

    private static SeedanceSpend WithRest(SeedanceSpend row, SpendCaps? caps, string day, IReadOnlyList<SpendSum> month)
    {
        if (caps is null)
        {
            return row;
        }

        SpendSum[] own = [.. month.Where(sum => sum.IsOf(caps.Profile) && string.CompareOrdinal(sum.Day, day) <= 0)];
        SpendSum[] today = [.. own.Where(sum => sum.Day == day)];
        bool inUnit = caps.Unit is null || string.Equals(caps.Unit, row.Unit, StringComparison.OrdinalIgnoreCase);
        decimal Cost(SpendSum[] sums) =>
            sums.Where(sum => string.Equals(sum.Key.Unit, row.Unit, StringComparison.OrdinalIgnoreCase)).Sum(sum => sum.Total);
        return row with
        {
            Left = inUnit ? Rest(caps.CostPerDay - Cost(today), caps.CostPerMonth - Cost(own)) : null,
            JobsLeft = (long?)Rest(
                caps.JobsPerDay - today.Sum(sum => sum.Amount.Jobs), caps.JobsPerMonth - own.Sum(sum => sum.Amount.Jobs)),
            SecondsLeft = (long?)Rest(
                caps.SecondsPerDay - today.Sum(sum => sum.Amount.Seconds), caps.SecondsPerMonth - own.Sum(sum => sum.Amount.Seconds)),
        };
    }

    private static decimal? Rest(decimal? day, decimal? month) =>
        (day, month) switch
        {
            (null, null) => null,
            ({ } one, null) => Math.Max(0, one),
            (null, { } other) => Math.Max(0, other),
            ({ } one, { } other) => Math.Max(0, Math.Min(one, other)),
        };
}
