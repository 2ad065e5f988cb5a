using Seedance.RateLimits;
using Seedance.Records;

namespace Seedance.Polling;

/// <summary>A job to ask about, and which doubtful answers to believe.</summary>
internal sealed record PollRequest(StoredJob Stored, BelievedAnswers Believes)
{
    /// <summary>The turn that was taken for it; null where it has to wait for one.</summary>
    public Permit? Permit { get; init; }
}

/// <summary>Which suspect answers are to be believed now.</summary>
internal readonly record struct BelievedAnswers(bool NotFound, bool Empty, bool Unrecorded)
{
    /// <summary>For whoever asks only once.</summary>
    public static BelievedAnswers AtOnce { get; } = new(NotFound: true, Empty: true, Unrecorded: false);
}
