using Seedance.Providers;

namespace Seedance.Transport;

/// <summary>What became of a submit, as far as anyone can know.</summary>
internal enum SubmitOutcome
{
    /// <summary>The provider has the job.</summary>
    Accepted,

    /// <summary>It surely has not; another try is safe.</summary>
    NotSent,

    /// <summary>It has not, and asks for patience.</summary>
    Throttled,

    /// <summary>It has not, and another try would fail the same way.</summary>
    Rejected,

    /// <summary>Nobody knows. Never tried again.</summary>
    Ambiguous,
}

/// <summary>The one table that decides whether money may be spent a second time.</summary>
internal static class SubmitClassifier
{
    public static SubmitOutcome OfFailure(TransportException failure) =>
        failure.MayHaveArrived ? SubmitOutcome.Ambiguous : SubmitOutcome.NotSent;

    /// <summary>
    /// What is not listed here as surely not taken is ambiguous. <paramref name="reading"/> is what the adapter made of its body, null
    /// where it could not; <paramref name="isOwn"/> where the body is JSON in the shape of the host's own refusals;
    /// <paramref name="repeats"/> where the host promises that its own server errors made no job, and the user takes its word.
    /// </summary>
    public static SubmitOutcome OfAnswer(
        int status, SubmitReading? reading, ErrorCode? refusal = null, bool isOwn = false, bool repeats = false) => (status, reading) switch
    {
        // An id is proof, whatever status it came with.
        (_, { ProviderJobId: not null }) => SubmitOutcome.Accepted,

        // So is the result itself: a host that answers at once may leave the id out (ModelsLab, 2026), and nothing is left to ask for.
        (>= 200 and < 300, { Error: null, Update: { Status: JobStatus.Succeeded, Outputs.Count: > 0 } }) => SubmitOutcome.Accepted,
        (>= 200 and < 300, { Error: { } error }) => OfError(error),

        // "Send it there instead": the redirect was not followed, so nobody took the body (Wireflow's bare domain, 2026). 303 is how a host
        // may say "done, look there", and 302 was used for it before there was a 303.
        (301 or 307 or 308, _) => SubmitOutcome.Rejected,

        // A spending cap or an empty account, which no waiting fills (Ark's SetLimitExceeded, 2026).
        (429, _) when refusal == ErrorCode.InsufficientCredits => SubmitOutcome.Rejected,
        (429, _) => SubmitOutcome.Throttled,
        _ when IsTurnedAway(status) || (isOwn && IsRefusal(status)) => SubmitOutcome.Rejected,

        // Every other 5xx is a gateway's or a CDN's word, and so is a body without the host's own words: neither says what the host behind
        // it did.
        (500 or 503, { Error: not null }) when repeats && isOwn => SubmitOutcome.NotSent,
        _ => SubmitOutcome.Ambiguous,
    };

    /// <summary>
    /// By these a gateway or a host turns a request away before anything behind it could take it, whatever the body says, as 429 does.
    /// </summary>
    private static bool IsTurnedAway(int status) =>
        status is 401 or 403 or 404 or 405 or 407 or 411 or 413 or 414 or 415 or 417 or 421 or 426 or 431;

    /// <summary>
    /// The other codes by which HTTP lets a host refuse a request (IANA's registry, 2026). A gateway uses them too, after the host behind
    /// it took the job or not. Not among them: 408, 409 and 425, which a repeated or a slow request may bring about after the host took the
    /// first, and the codes that balancers made up (444, 460, 463, 499). A job that was taken and is refused in the host's own words all
    /// the same cannot be told from one that was not.
    /// </summary>
    private static bool IsRefusal(int status) => status is 400 or 402 or 406 or 410 or 412 or 416 or 418 or 422 or 423 or 424 or 428 or 451;

    private static SubmitOutcome OfError(WireError error) => error.Code switch
    {
        ErrorCode.RateLimited => SubmitOutcome.Throttled,
        ErrorCode.ProviderUnavailable or ErrorCode.ProtocolError => SubmitOutcome.Ambiguous,
        _ => SubmitOutcome.Rejected,
    };
}
