using Seedance.Polling;

namespace Seedance.Jobs.Watch;

/// <summary>
/// Draws the live table: what is under way, how old it is against the usual time, what it costs, and what will soon be gone.
/// </summary>
internal static class WatchTable
{
    private const int Bar = 8;
    private const int OtherLines = 5; // The heading, the sums, the alarms, and a line for the prompt that comes after.

    /// <summary>
    /// Draws unfinished jobs first in their order, then those that have ended while this watched; <paramref name="expiring"/> are videos
    /// that are not saved and will soon be gone. Width and height are those of the console.
    /// </summary>
    public static IReadOnlyList<string> Draw(
        IReadOnlyList<WatchedJob> jobs, IReadOnlyList<SeedanceJob> expiring, DateTimeOffset now, int width, int height)
    {
        List<string> lines = [Sums(jobs), "Id      Provider    State       Time              Cost       Tag or prompt"];
        int room = Math.Max(3, height - OtherLines);
        lines.AddRange(jobs.Take(room).Select(job => Line(job, now)));
        if (jobs.Count > room)
        {
            lines.Add(string.Format(CultureInfo.InvariantCulture, "... and {0} more", jobs.Count - room));
        }

        if (expiring.Count > 0)
        {
            TimeSpan left = expiring.Min(job => job.Outputs.Min(output => output.ExpiresAt) ?? now) - now;
            lines.Add(string.Format(
                CultureInfo.InvariantCulture,
                "! {0} not saved, the first gone in {1}: Get-SeedanceJob -ExpiringWithin 6:00 | Save-SeedanceVideo", expiring.Count,
                Span(left)));
        }

        return [.. lines.Select(line => line.Length < width ? line : line.Substring(0, Math.Max(0, width - 2)) + "…")];
    }

    private static string Sums(IReadOnlyList<WatchedJob> jobs)
    {
        int open = jobs.Count(job => !job.Job.IsFinished);
        string[] costs =
        [
            .. jobs.Where(job => !job.Job.IsSimulated && job.Job.Cost is not null)
                .GroupBy(job => job.Job.CostUnit, StringComparer.OrdinalIgnoreCase)
                .Select(unit => string.Format(CultureInfo.InvariantCulture, "{0:0.####} {1}", unit.Sum(job => job.Job.Cost), unit.Key)),
        ];
        return string.Format(CultureInfo.InvariantCulture, "{0} under way, {1} ended", open, jobs.Count - open)
            + (costs.Length > 0 ? "; about " + string.Join(" and ", costs) : string.Empty) + ". Ctrl+C leaves; the jobs go on.";
    }

    private static string Line(WatchedJob watched, DateTimeOffset now)
    {
        SeedanceJob job = watched.Job;
        string cost = job.Cost is { } amount
            ? string.Format(
                CultureInfo.InvariantCulture, "{0}{1:0.####} {2}", job.ActualCost is null ? "~" : string.Empty, amount, job.CostUnit)
            : "unknown";
        string text = watched.Trouble
            ?? (job.Error is { } error ? error.ToString() : job.Tag is { Length: > 0 } tag ? tag + ": " + job.Prompt : job.Prompt);
        return string.Join(
            " ",
            Fit(job.Id.Substring(job.Id.LastIndexOf('-') + 1), 7),
            Fit(job.IsSimulated && job.Provider != "Simulator" ? "(SIM) " + job.Provider : job.Provider, 11),
            Fit(State(job), 11),
            Fit(Time(watched, now), 17),
            Fit(cost, 10),
            text.Replace('\n', ' ').Replace('\r', ' '));
    }

    private static string State(SeedanceJob job) =>
        job.State == JobStatus.Succeeded ? job.IsSaved ? "Saved" : "Ready" : job.State.ToString();

    /// <summary>The age, and a bar of it against the usual time while the job runs.</summary>
    private static string Time(WatchedJob watched, DateTimeOffset now)
    {
        SeedanceJob job = watched.Job;
        TimeSpan age = (job.CompletedAt ?? now) - (job.SubmittedAt ?? job.CreatedAt);
        if (job.IsFinished || watched.Usual is not { } usual || usual <= TimeSpan.Zero)
        {
            return Span(age);
        }

        int full = Math.Max(0, Math.Min(Bar, (int)(Bar * age.TotalSeconds / usual.TotalSeconds)));
        return new string('#', full) + new string('.', Bar - full) + " " + Span(age) + (age > usual ? "!" : string.Empty);
    }

    private static string Span(TimeSpan span) => span.TotalHours >= 1
        ? string.Format(CultureInfo.InvariantCulture, "{0:0}:{1:00} h", Math.Floor(span.TotalHours), span.Minutes)
        : string.Format(
            CultureInfo.InvariantCulture, "{0:0}:{1:00}", Math.Floor(Math.Max(0, span.TotalMinutes)), Math.Max(0, span.Seconds));

    private static string Fit(string text, int width) => text.Length <= width ? text.PadRight(width) : text.Substring(0, width - 1) + "…";
}
