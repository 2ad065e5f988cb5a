namespace Seedance.Store;

/// <summary>
/// Which records to read, and in which order. Bounds are for the store to leave out what surely is beyond them; a job near one may come all
/// the same, and its reader looks.
/// </summary>
internal record JobScope
{
    /// <summary>Everything, oldest first.</summary>
    public static JobScope All { get; } = new();

    /// <summary>All that may still change, oldest first.</summary>
    public static JobScope Unfinished { get; } = new() { OnlyUnfinished = true };

    /// <summary>The longest that a host keeps videos after the end, where it does not name a moment.</summary>
    public static TimeSpan LongestLifetime => TimeSpan.FromDays(1);

    public bool OnlyUnfinished { get; init; }

    /// <summary>Only jobs that stand so; none named takes all.</summary>
    public IReadOnlyCollection<JobStatus> Statuses { get; init; } = [];

    public DateTimeOffset? CreatedFrom { get; init; }

    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>
    /// Only jobs with a video that may be had after this moment, by its own date or by that of the end; those that have not ended come with
    /// them.
    /// </summary>
    public DateTimeOffset? ExpiresAfter { get; init; }

    /// <summary>Only jobs whose id begins or ends with this, which is letters, digits and hyphens.</summary>
    public string? IdPart { get; init; }

    /// <summary>Only jobs whose tag fits one of these; none named takes all.</summary>
    public IReadOnlyList<TextBound> Tags { get; init; } = [];

    /// <summary>The same for the batch.</summary>
    public IReadOnlyList<TextBound> Batches { get; init; } = [];

    /// <summary>For who stops when there are enough: what comes after is not read.</summary>
    public bool NewestFirst { get; init; }
}
