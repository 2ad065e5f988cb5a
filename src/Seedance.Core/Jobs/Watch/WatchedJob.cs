namespace Seedance.Jobs.Watch;

/// <summary>
/// A line of the live table. <paramref name="Usual"/> is how long such jobs take, null where nobody asks about it;
/// <paramref name="Trouble"/> is why the last question about it brought nothing.
/// </summary>
internal sealed record WatchedJob(SeedanceJob Job, TimeSpan? Usual = null, string? Trouble = null);
