using Seedance.Providers;
using Seedance.Spending;

namespace Seedance.Money;

/// <summary>Adds to profiles what hangs on the moment: whether their key is there, and what of their caps is spent.</summary>
internal sealed class DescribeProfiles(SeedanceServices services, Func<string, string?> variable)
{
    public async Task RunAsync(IReadOnlyList<SeedanceProfile> profiles, IOperationOutput output, CancellationToken stop)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        DateTimeOffset month = new(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        IReadOnlyList<SpendSum> sums = profiles.Any(profile => SpendCaps.Of(profile) is not null)
            ? await services.Store.SumSpendAsync(month, now, stop).ConfigureAwait(false)
            : [];
        string today = SpendEntry.DayOf(now);
        foreach (SeedanceProfile profile in profiles)
        {
            SpendSum[] own = [.. sums.Where(sum => sum.IsOf(profile.Name))]; // Simulated jobs, too: the caps count them.
            SpendSum[] ofToday = [.. own.Where(sum => sum.Day == today)];
            output.Write(SpendCaps.Of(profile) is null
                ? profile with { Key = KeyOf(profile) }
                : profile with
                {
                    Key = KeyOf(profile),
                    SpentToday = Cost(profile, ofToday),
                    SpentThisMonth = Cost(profile, own),
                    JobsToday = ofToday.Sum(sum => sum.Amount.Jobs),
                    JobsThisMonth = own.Sum(sum => sum.Amount.Jobs),
                    SecondsToday = ofToday.Sum(sum => sum.Amount.Seconds),
                    SecondsThisMonth = own.Sum(sum => sum.Amount.Seconds),
                });
        }
    }

    /// <summary>Null where the profile names no unit and several were spent: they cannot be added.</summary>
    private static decimal? Cost(SeedanceProfile profile, IEnumerable<SpendSum> sums)
    {
        SpendSum[] priced =
            [.. sums.Where(sum => sum.Key.Unit.Length > 0
            && (profile.CostUnit is null || string.Equals(sum.Key.Unit, profile.CostUnit, StringComparison.OrdinalIgnoreCase)))];
        return priced.Select(sum => sum.Key.Unit).Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1
            ? null
            : priced.Sum(sum => sum.Total);
    }

    private string? KeyOf(SeedanceProfile profile)
    {
        if (profile.SecretName is { Length: > 0 } secret)
        {
            return "vault " + profile.Vault + ": " + secret;
        }

        return (profile.KeyVariable ?? ProviderRegistry.Find(profile.Provider)?.Provider.KeyVariable) is { Length: > 0 } name
            ? name + (string.IsNullOrEmpty(variable(name)) ? " (not set)" : " (set)")
            : null;
    }
}
