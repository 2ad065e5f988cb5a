using Seedance.PowerShell.Session;

namespace Seedance.PowerShell.Completion;

/// <summary>Offers days that queries often begin or end with.</summary>
public class DayCompleter : CatalogueCompleter
{
    private protected virtual DateTime Today => ModuleServices.Current.Time.GetLocalNow().Date;

    /// <summary>What stands behind the day.</summary>
    private protected virtual string Zone => string.Empty;

    private protected override IEnumerable<string> Offer(Func<string, string?> bound) => Days().Select(day => day.Day);

    private protected override string Tip(string word, Func<string, string?> bound) =>
        Days().FirstOrDefault(day => day.Day == word).Words ?? word; // The day may have changed meanwhile.

    private IEnumerable<(string Day, string Words)> Days()
    {
        DateTime month = Today.AddDays(1 - Today.Day);
        (DateTime Day, string Words)[] days =
        [
            (Today, "today"), (Today.AddDays(-1), "yesterday"), (Today.AddDays(-7), "a week ago"),
            (month, "the first of this month"), (month.AddMonths(-1), "the first of last month"),
        ];
        return days.GroupBy(day => day.Day, day => day.Words)
            .Select(day => (day.Key.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + Zone, string.Join(", ", day)));
    }
}

/// <summary>The same in UTC, by which money is counted.</summary>
public sealed class UtcDayCompleter : DayCompleter
{
    private protected override DateTime Today => ModuleServices.Current.Time.GetUtcNow().UtcDateTime.Date;

    private protected override string Zone => "Z";
}

/// <summary>Offers lengths of time, from an hour to a month.</summary>
public sealed class TimeSpanCompleter : CatalogueCompleter
{
    private static readonly (string Span, string Words)[] s_spans =
        [("01:00:00", "an hour"), ("06:00:00", "6 hours"), ("1.00:00:00", "a day"), ("7.00:00:00", "a week"), ("30.00:00:00", "30 days")];

    private protected override IEnumerable<string> Offer(Func<string, string?> bound) => s_spans.Select(span => span.Span);

    private protected override string Tip(string word, Func<string, string?> bound) => s_spans.First(span => span.Span == word).Words;
}
