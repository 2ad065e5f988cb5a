using Seedance.Store;
using Seedance.Updates;

namespace Seedance.Jobs.Query;

/// <summary>Which jobs to show; what is null does not matter.</summary>
internal sealed record JobQuery
{
    /// <summary>Wildcards; case does not matter.</summary>
    public Func<string, bool>? PromptMatches { get; init; }

    /// <summary>The same for the tag; a job without one fits no pattern.</summary>
    public Func<string, bool>? TagMatches { get; init; }

    /// <summary>The same for the batch.</summary>
    public Func<string, bool>? BatchMatches { get; init; }

    /// <summary>What the store can tell of the tag before it is read; <see cref="TagMatches"/> decides.</summary>
    public IReadOnlyList<TextBound> Tags { get; init; } = [];

    /// <summary>The same for the batch.</summary>
    public IReadOnlyList<TextBound> Batches { get; init; } = [];

    public IReadOnlyCollection<int> Ratings { get; init; } = [];

    public string? Provider { get; init; }

    public IReadOnlyCollection<JobStatus> Statuses { get; init; } = [];

    public DateTimeOffset? After { get; init; }

    public DateTimeOffset? Before { get; init; }

    public bool Unfinished { get; init; }

    public int? Newest { get; init; }

    /// <summary>Succeeded, not saved, and to be had no longer than this.</summary>
    public TimeSpan? ExpiringWithin { get; init; }

    /// <summary>What its provider says now decides whether a job is shown.</summary>
    public bool HangsOnNews => Statuses.Count > 0 || ExpiringWithin is not null;

    public bool Matches(SeedanceJob job, DateTimeOffset now) =>
        IsAbout(job)
        && (Statuses.Count == 0 || Contains(Statuses, job.State))
        && (!Unfinished || !job.IsFinished)
        && (ExpiringWithin is not { } span || OutputLife.IsShort(job, now, span));

    /// <summary>The part that no news can change.</summary>
    public bool IsAbout(SeedanceJob job) =>
        (Provider is null || string.Equals(Provider, job.Provider, StringComparison.OrdinalIgnoreCase))
        && (After is null || job.CreatedAt >= After)
        && (Before is null || job.CreatedAt <= Before)
        && (PromptMatches is null || PromptMatches(job.Prompt))
        && (TagMatches is null || (job.Tag is { } tag && TagMatches(tag)))
        && (BatchMatches is null || (job.Batch is { } batch && BatchMatches(batch)))
        && (Ratings.Count == 0 || (job.Rating is { } rating && Ratings.Contains(rating)));

    /// <summary>
    /// What has to be read to find them; <see cref="Matches"/> then decides. Where providers are asked (<paramref name="refresh"/>), what
    /// counts as ended may turn out not to have.
    /// </summary>
    public JobScope Scope(DateTimeOffset now, bool refresh) => new()
    {
        OnlyUnfinished = Unfinished || (!refresh && Statuses.Count > 0 && Statuses.All(status => status < JobStatus.Succeeded)),
        Statuses = refresh ? [] : Statuses,
        CreatedFrom = After,
        CreatedTo = Before,
        ExpiresAfter = ExpiringWithin is null ? null : now,
        Tags = Tags,
        Batches = Batches,
        NewestFirst = Newest is not null,
    };

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
