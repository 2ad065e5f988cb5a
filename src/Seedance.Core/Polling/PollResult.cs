using Seedance.Records;

namespace Seedance.Polling;

/// <summary>What one poll brought.</summary>
/// <param name="Stored">The job as it now stands.</param>
internal sealed record PollResult(StoredJob Stored)
{
    /// <summary>Why asking again is pointless.</summary>
    public SeedanceException? Fatal { get; init; }

    /// <summary>Why nothing was learnt this time; the wait goes on. Beside a job that has ended: why its end is not on record.</summary>
    public SeedanceException? Trouble { get; init; }

    /// <summary>How the host fares, for all that ask it.</summary>
    public HostState Host { get; init; }

    /// <summary>How long the provider wants to be left alone by everyone.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>When it says that asking for this job makes sense.</summary>
    public TimeSpan? NextPoll { get; init; }

    /// <summary>A status that this version does not know.</summary>
    public string? UnknownWord { get; init; }

    /// <summary>What to say of a price that the host named and that cannot be one.</summary>
    public string? Doubt { get; init; }

    /// <summary>Which of the answers that may mend themselves this was.</summary>
    public PollGap Gap { get; init; }
}

/// <summary>What an answer says of the host behind it.</summary>
internal enum HostState
{
    /// <summary>It answers.</summary>
    Fine,

    /// <summary>It asks for fewer requests.</summary>
    Throttling,

    /// <summary>It cannot be reached or fails on its side.</summary>
    Failing,
}

/// <summary>Answers that are not believed at once.</summary>
internal enum PollGap
{
    None,

    /// <summary>The host does not know the job.</summary>
    NotFound,

    /// <summary>It succeeded, and there is no file.</summary>
    Empty,

    /// <summary>It has ended, and that could not be recorded.</summary>
    Unrecorded,
}

/// <summary>Which of them are to be believed now.</summary>
internal readonly record struct PollPatience(bool BelievesNotFound, bool BelievesEmpty, bool BelievesUnrecorded)
{
    /// <summary>For whoever asks only once.</summary>
    public static PollPatience None { get; } = new(BelievesNotFound: true, BelievesEmpty: true, BelievesUnrecorded: false);
}
