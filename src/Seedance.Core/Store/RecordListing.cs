namespace Seedance.Store;

/// <summary>Which records there are, by the names of files alone, and a day at a time: who wants the newest few does not even see the names of the others.</summary>
internal sealed class RecordListing(string open, string done)
{
    public static IEnumerable<string> IdsIn(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Where(JobId.IsValid)
        : [];

    public IEnumerable<string> Ids(JobScope scope)
    {
        string[] apart = [.. Apart(scope)];
        ILookup<string, string> byDay = apart.ToLookup(JobId.Day, StringComparer.Ordinal);
        IEnumerable<string> days = byDay.Select(day => day.Key).Union(scope.OnlyUnfinished ? [] : Days(scope), StringComparer.Ordinal);
        foreach (string day in Sort(days, scope))
        {
            IEnumerable<string> regular = scope.OnlyUnfinished ? [] : IdsIn(Path.Combine(done, day)).Where(id => MayHold(id, scope));
            foreach (string id in Sort(byDay[day].Union(regular, StringComparer.Ordinal), scope))
            {
                yield return id;
            }
        }
    }

    private static IEnumerable<string> Sort(IEnumerable<string> names, JobScope scope) =>
        scope.NewestFirst ? names.OrderByDescending(name => name, StringComparer.Ordinal) : names.OrderBy(name => name, StringComparer.Ordinal);

    private static bool MayHold(string id, JobScope scope)
    {
        DateTimeOffset made = JobId.CreatedAt(id);
        return made == DateTimeOffset.MinValue || DayRange.MayHold(made, made.AddSeconds(1), scope);
    }

    /// <summary>Jobs of which their day does not tell enough.</summary>
    private IEnumerable<string> Apart(JobScope scope)
    {
        IEnumerable<string> unfinished = Directory.Exists(open) ? Directory.EnumerateDirectories(open).Prepend(open).SelectMany(IdsIn) : [];
        return scope.OnlyUnfinished ? unfinished : unfinished.Concat(IdsIn(Path.Combine(done, "late")));
    }

    private IEnumerable<string> Days(JobScope scope)
    {
        foreach (string folder in Directory.Exists(done) ? Directory.EnumerateDirectories(done) : [])
        {
            string day = Path.GetFileName(folder);
            bool dated = DateTimeOffset.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset first);
            if (dated && DayRange.MayHold(first, first.AddDays(1), scope))
            {
                yield return day;
            }
        }
    }
}
