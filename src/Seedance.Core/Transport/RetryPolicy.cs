namespace Seedance.Transport;

/// <summary>Why a call may be tried again; what surely may not is none of them.</summary>
internal enum RetryReason
{
    None,

    /// <summary>It brought nothing, and a repetition does no harm.</summary>
    Failed,

    /// <summary>The host asks for patience.</summary>
    Throttled,
}

/// <summary>
/// How often a call is tried and after what pauses, by what it is for. Whether a try may be repeated at all, its reader says: of a submit,
/// only the table of <see cref="SubmitClassifier"/>.
/// </summary>
internal sealed record RetryPolicy
{
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(1); // Doubled with each try.
    private const int MostDoublings = 10;

    private static readonly RetryPolicy s_once = new() { Tries = 1 };
    private static readonly RetryPolicy s_submit = new() { Tries = 3, WaitsOutThrottling = true };
    private static readonly RetryPolicy s_query = new() { Tries = 4, FollowsHost = true, LongestAsked = TimeSpan.FromSeconds(60),
        Jitter = 0.25 };
    private static readonly RetryPolicy s_download = new() { Tries = 6, Longest = TimeSpan.FromSeconds(15) };

    /// <summary>How many times in a row it may fail before that is the end.</summary>
    public int Tries { get; init; }

    /// <summary>No pause of our own is longer.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(Math.Pow(2, MostDoublings));

    /// <summary>A host that asks for a longer pause is not asked again: the call ends, and never comes sooner than it may.</summary>
    public TimeSpan LongestAsked { get; init; } = TimeSpan.MaxValue;

    /// <summary>A pause that the host asks for counts also where our own would be longer.</summary>
    public bool FollowsHost { get; init; }

    /// <summary>A 429 uses up no try: it is repeated as long as the caller has patience, since it costs nothing.</summary>
    public bool WaitsOutThrottling { get; init; }

    /// <summary>The part of a pause of our own by which it may be shorter or longer.</summary>
    public double Jitter { get; init; }

    /// <summary>The table.</summary>
    public static RetryPolicy Of(CallKind kind) => kind switch
    {
        CallKind.Submit => s_submit,
        CallKind.Query or CallKind.Upload => s_query,
        CallKind.Download => s_download,
        _ => s_once, // The wait decides about the next poll.
    };

    /// <summary>
    /// The pause after so many tries that failed. <paramref name="failed"/> is at least 1; <paramref name="asked"/> is what the host asks
    /// for; <paramref name="chance"/> is from 0 to 1.
    /// </summary>
    public TimeSpan PauseAfter(int failed, TimeSpan? asked = null, double chance = 0.5)
    {
        if (asked is { } named && FollowsHost)
        {
            return named;
        }

        double seconds = s_first.TotalSeconds * Math.Pow(2, Math.Min(failed - 1, MostDoublings)) * (1 - Jitter + (2 * Jitter * chance));
        TimeSpan own = Shorter(TimeSpan.FromSeconds(seconds), Longest);
        return asked is { } least && least > own ? least : own;
    }

    /// <summary>
    /// The pause of a host that throttles: what it asks for or usually wants, and never less than our own, which ends there.
    /// <paramref name="usual"/> is what it wants where it names nothing.
    /// </summary>
    public TimeSpan PauseWhileThrottled(int tries, TimeSpan? asked, TimeSpan usual)
    {
        TimeSpan own = Shorter(PauseAfter(tries), usual);
        return (asked ?? usual) > own ? asked ?? usual : own;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
