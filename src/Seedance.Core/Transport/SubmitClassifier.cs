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

    /// <param name="status">Of the answer.</param>
    /// <param name="reading">What the adapter made of its body; null where it could not.</param>
    /// <param name="provider">Whose answer it is.</param>
    /// <param name="refusal">What an error status means at this host, where that was read.</param>
    public static SubmitOutcome OfAnswer(int status, SubmitReading? reading, ProviderInfo provider, ErrorCode? refusal = null) => (status, reading) switch
    {
        // An id is proof, whatever status it came with.
        (_, { ProviderJobId: not null }) => SubmitOutcome.Accepted,

        // So is the result itself: a host that answers at once may leave the id out (ModelsLab, 2026), and nothing is left to ask for.
        (>= 200 and < 300, { Fault: null, Update: { Status: JobStatus.Succeeded, Outputs.Count: > 0 } }) => SubmitOutcome.Accepted,
        (>= 200 and < 300, { Fault: { } fault }) => OfFault(fault),
        (>= 200 and < 300, _) => SubmitOutcome.Ambiguous,

        // "Send it there instead": the redirect was not followed, so nobody took the body (Wireflow's bare domain, 2026).
        (301 or 307 or 308, _) => SubmitOutcome.Rejected,

        // 303 is how a host may say "done, look there", and 302 was used for it before there was a 303.
        (>= 300 and < 400, _) => SubmitOutcome.Ambiguous,

        // A spending cap or an empty account, which no waiting fills (Ark's SetLimitExceeded, 2026).
        (429, _) when refusal == ErrorCode.InsufficientCredits => SubmitOutcome.Rejected,
        (429, _) => SubmitOutcome.Throttled,

        // A gateway's word for "no answer in time", and a client's that it hung up: neither says what the host behind it did.
        (408 or 499, _) => SubmitOutcome.Ambiguous,
        (>= 400 and < 500, _) => SubmitOutcome.Rejected,

        // 502 and 504 come from a gateway, so the host's own promise about its errors does not cover them.
        (502 or 504, _) => SubmitOutcome.Ambiguous,
        (>= 500, _) when provider.ServerErrorWithoutIdCreatesNothing => SubmitOutcome.NotSent,
        _ => SubmitOutcome.Ambiguous,
    };

    private static SubmitOutcome OfFault(WireFault fault) => fault.Code switch
    {
        ErrorCode.RateLimited => SubmitOutcome.Throttled,
        ErrorCode.ProviderUnavailable or ErrorCode.ProtocolError => SubmitOutcome.Ambiguous,
        _ => SubmitOutcome.Rejected,
    };
}
