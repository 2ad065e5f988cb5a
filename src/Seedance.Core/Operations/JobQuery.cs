using System;
using System.Collections.Generic;

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

    public bool Matches(SeedanceJob job) =>
        (Provider is null || string.Equals(Provider, job.Provider, StringComparison.OrdinalIgnoreCase))
        && (Statuses.Count == 0 || Contains(Statuses, job.Status))
        && (After is null || job.CreatedAt >= After)
        && (Before is null || job.CreatedAt <= Before)
        && (!Unfinished || !job.IsFinished)
        && (PromptMatches is null || PromptMatches(job.Prompt));

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
