using System.Text.RegularExpressions;

namespace Seedance.Models;

/// <summary>How old a price list is: hosts change prices without a word.</summary>
internal static class PriceDate
{
    /// <summary>A list that nobody has looked at for longer is to be doubted.</summary>
    public static readonly TimeSpan Trusted = TimeSpan.FromDays(60);

    private static readonly Regex s_date = new(@"\b(?<date>20\d\d-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(30));

    /// <summary>The latest date that a source names, as it spells it; null where it names none.</summary>
    public static string? Of(string source) =>
        s_date.Matches(source).Cast<Match>().Select(match => match.Groups["date"].Value).OrderBy(date => date, StringComparer.Ordinal)
            .LastOrDefault();

    /// <summary>
    /// Whether a list of that date is older than is to be trusted. A date that names only a month is taken for the last day of it.
    /// </summary>
    public static bool IsPast(string? date, DateTimeOffset now)
    {
        if (date is null)
        {
            return false;
        }

        string[] parts = date.Split('-');
        int year = int.Parse(parts[0], CultureInfo.InvariantCulture);
        int month = int.Parse(parts[1], CultureInfo.InvariantCulture);
        int last = DateTime.DaysInMonth(year, month);
        int day = parts.Length == 3 ? Math.Min(last, int.Parse(parts[2], CultureInfo.InvariantCulture)) : last;
        return now - new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero) > Trusted;
    }
}
