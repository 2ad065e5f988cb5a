using Seedance.Wire;

namespace Seedance.Providers;

/// <summary>A host that lists an account's jobs.</summary>
internal interface IListsJobs
{
    /// <summary>Ids that one request may ask for; 0 where the host cannot list by id.</summary>
    int IdsPerList { get; }

    /// <summary>
    /// Its list shows the prompt or the caller's mark of a job, so that one whose answer was lost can be told from its like.
    /// </summary>
    bool TellsJobsApart { get; }

    WireRequest BuildList(ListQuery query);

    /// <summary>Reads a 2xx to <paramref name="query"/>, which knows the page where the answer does not (Ark, 2026).</summary>
    ListReading ReadList(ListQuery query, WireResponse response);
}

/// <summary>Which jobs to list; newest first where the host leaves a choice.</summary>
internal sealed record ListQuery
{
    /// <summary>These alone; empty means all.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Where the last page ended, as the host put it.</summary>
    public string? Cursor { get; init; }
}

/// <summary>A page of jobs.</summary>
internal sealed record ListReading(IReadOnlyList<ListedJob> Jobs, string? NextCursor)
{
    /// <summary>Without those that nobody could ask for.</summary>
    public IReadOnlyList<ListedJob> Jobs { get; init; } = [.. Jobs.Where(job => ProviderJobIds.IsUsable(job.Id))];
}

/// <summary>A job as a list shows it; null where the list does not say.</summary>
internal sealed record ListedJob(string Id, JobUpdate Update)
{
    public string? WireModel { get; init; }

    public string? Prompt { get; init; }

    /// <summary>The caller's own mark, where the host keeps one.</summary>
    public string? ClientToken { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>What a user can find it by.</summary>
    public override string ToString() =>
        string.Format(
            CultureInfo.InvariantCulture, "{0} ({1}{2:u})", Id, Update.StatusWord is { } word ? word + ", " : string.Empty, CreatedAt);
}
