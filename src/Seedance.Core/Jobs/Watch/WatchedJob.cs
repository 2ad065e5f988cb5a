namespace Seedance.Jobs.Watch;

/// <summary>A line of the live table.</summary>
/// <param name="Job">As it was last heard of.</param>
/// <param name="Usual">How long such jobs take; null where nobody asks about it.</param>
/// <param name="Trouble">Why the last question about it brought nothing.</param>
internal sealed record WatchedJob(SeedanceJob Job, TimeSpan? Usual = null, string? Trouble = null);
