using Seedance.Providers;
using Seedance.Records;
using Seedance.Wire;

namespace Seedance.Polling;

/// <summary>
/// What one poll brought: news, or why there are none. Where the poll only asked, the job is as it stood before the news.
/// </summary>
internal sealed record PollOutcome(StoredJob Stored)
{
    /// <summary>What the provider said.</summary>
    public JobUpdate? Update { get; init; }

    /// <summary>The answer in which it said that; null where none came and its end is known all the same.</summary>
    public WireResponse? Response { get; init; }

    /// <summary>Why asking again is pointless.</summary>
    public SeedanceException? FatalError { get; init; }

    /// <summary>Why nothing was learnt this time; the wait goes on. Beside a job that has ended: why its end is not on record.</summary>
    public SeedanceException? TransientError { get; init; }

    /// <summary>For who asks once: why that was in vain.</summary>
    public SeedanceException? Error => FatalError ?? TransientError;

    /// <summary>The host asks for fewer requests.</summary>
    public bool IsThrottled => TransientError is { Code: ErrorCode.RateLimited };

    /// <summary>The store told, and not the host.</summary>
    public bool IsHearsay { get; init; }

    /// <summary>When it says that asking for this job makes sense.</summary>
    public TimeSpan? NextPoll { get; init; }

    /// <summary>A status that this version does not know.</summary>
    public string? UnknownWord { get; init; }

    /// <summary>What to say of a price that the host named and that cannot be one.</summary>
    public string? Doubt { get; init; }

    /// <summary>Which of the answers that may mend themselves this was.</summary>
    public SuspectAnswer Suspect { get; init; }
}

/// <summary>Answers that are not believed at once.</summary>
internal enum SuspectAnswer
{
    None,

    /// <summary>The host does not know the job.</summary>
    NotFound,

    /// <summary>It succeeded, and there is no file.</summary>
    Empty,

    /// <summary>It has ended, and that could not be recorded.</summary>
    Unrecorded,
}
