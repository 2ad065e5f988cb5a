using Seedance.Store;
using Seedance.Updates;

namespace Seedance.Jobs.Query;

/// <summary>Which jobs to show: the records to read, and what only a job that was read can tell. What is null does not matter.</summary>
internal sealed record JobQuery : JobScope
{
    /// <summary>Wildcards; case does not matter.</summary>
    public Func<string, bool>? PromptMatches { get; init; }

    /// <summary>The same for the tag, of which the store knows the bounds; a job without one fits no pattern.</summary>
    public Func<string, bool>? TagMatches { get; init; }

    /// <summary>The same for the batch.</summary>
    public Func<string, bool>? BatchMatches { get; init; }

    public IReadOnlyCollection<int> Ratings { get; init; } = [];

    public string? Provider { get; init; }

    public int? Newest { get; init; }

    /// <summary>Succeeded, not saved, and to be had no longer than this.</summary>
    public TimeSpan? ExpiringWithin { get; init; }

    /// <summary>What its provider says now decides whether a job is shown.</summary>
    public bool HangsOnNews => Statuses.Count > 0 || ExpiringWithin is not null;

    public bool Matches(SeedanceJob job, DateTimeOffset now) =>
        IsAbout(job)
        && (Statuses.Count == 0 || Contains(Statuses, job.State))
        && (!OnlyUnfinished || !job.IsFinished)
        && (ExpiringWithin is not { } span || OutputLife.IsShort(job, now, span));

    /// <summary>The part that no news can change.</summary>
    public bool IsAbout(SeedanceJob job) =>
        (Provider is null || string.Equals(Provider, job.Provider, StringComparison.OrdinalIgnoreCase))
        && (CreatedFrom is null || job.CreatedAt >= CreatedFrom)
        && (CreatedTo is null || job.CreatedAt <= CreatedTo)
        && (PromptMatches is null || PromptMatches(job.Prompt))
        && (TagMatches is null || (job.Tag is { } tag && TagMatches(tag)))
        && (BatchMatches is null || (job.Batch is { } batch && BatchMatches(batch)))
        && (Ratings.Count == 0 || (job.Rating is { } rating && Ratings.Contains(rating)));

    /// <summary>
    /// What has to be read to find them; <see cref="Matches"/> then decides. Where providers are asked (<paramref name="refresh"/>), what
    /// counts as ended may turn out not to have.
    /// </summary>
    public JobScope Scope(DateTimeOffset now, bool refresh)
    {
        JobScope scope = this;
        if (Statuses.Count > 0)
        {
            scope = refresh ? scope with { Statuses = [] }
                : scope with { OnlyUnfinished = OnlyUnfinished || Statuses.All(static status => status < JobStatus.Succeeded) };
        }

        if (ExpiringWithin is not null)
        {
            scope = scope with { ExpiresAfter = now };
        }

        return Newest is null ? scope : scope with { NewestFirst = true };
    }

    private static bool Contains(IReadOnlyCollection<JobStatus> statuses, JobStatus status)
    {
        foreach (JobStatus wanted in statuses)
        {
            if (wanted == status)
            {
                return true;
            }
        }

        return false;
    }
}
