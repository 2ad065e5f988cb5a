using System;
using System.Collections.Generic;
using System.Linq;
using Seedance.Store;

namespace Seedance.Operations;

/// <summary>Which jobs to show; what is null does not matter.</summary>
internal sealed record JobQuery
{
    /// <summary>Wildcards; case does not matter.</summary>
    public Func<string, bool>? PromptMatches { get; init; }

    public string? Provider { get; init; }

    public IReadOnlyCollection<JobStatus> Statuses { get; init; } = [];

    public DateTimeOffset? After { get; init; }

    public DateTimeOffset? Before { get; init; }

    public bool Unfinished { get; init; }

    public int? Newest { get; init; }

    /// <summary>Succeeded, not saved, and to be had no longer than this.</summary>
    public TimeSpan? ExpiringWithin { get; init; }

    public bool Matches(SeedanceJob job, DateTimeOffset now) =>
        (Provider is null || string.Equals(Provider, job.Provider, StringComparison.OrdinalIgnoreCase))
        && (Statuses.Count == 0 || Contains(Statuses, job.Status))
        && (After is null || job.CreatedAt >= After)
        && (Before is null || job.CreatedAt <= Before)
        && (!Unfinished || !job.IsFinished)
        && (ExpiringWithin is not { } span || IsExpiring(job, now, span))
        && (PromptMatches is null || PromptMatches(job.Prompt));

    /// <summary>What has to be read to find them; <see cref="Matches"/> then decides.</summary>
    public JobScope Scope(DateTimeOffset now) => new()
    {
        OnlyUnfinished = Unfinished || (Statuses.Count > 0 && Statuses.All(status => status < JobStatus.Succeeded)),
        CreatedFrom = After,
        CreatedTo = Before,
        ExpiresAfter = ExpiringWithin is null ? null : now,
        NewestFirst = Newest is not null,
    };

    private static bool IsExpiring(SeedanceJob job, DateTimeOffset now, TimeSpan span) =>
        job.Status == JobStatus.Succeeded
        && job.Outputs.All(output => output.Path is null)
        && job.Outputs.Any(output => output.Url is not null && output.ExpiresAt is { } end && end > now && end <= now + span);

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
