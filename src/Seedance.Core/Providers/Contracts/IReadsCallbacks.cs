using Seedance.Wire;

namespace Seedance.Providers;

/// <summary>
/// A host that reports the end of a job to an address. What the body claims is never believed; it only says which job to ask about.
/// </summary>
internal interface IReadsCallbacks
{
    /// <summary>The host's id in a callback's body; null when the body is not this host's.</summary>
    string? ReadCallbackId(WireNode body);
}

/// <summary>A host that also calls when a job begins.</summary>
internal interface ICallsAtEachChange : IReadsCallbacks
{
    /// <summary>The body says that the job goes on; nobody need ask because of it.</summary>
    bool IsProgress(WireNode body);
}

/// <summary>A host that signs its callbacks.</summary>
internal interface IVerifiesCallbacks
{
    /// <summary>
    /// Null when the signature is right, else what is wrong with it. Names of headers are in any case. The body is the raw bytes: one that
    /// was parsed and written again verifies as forged. The secret is the signing secret or public key as the host hands it out;
    /// <paramref name="now"/> is against replays.
    /// </summary>
    string? FindForgery(IReadOnlyDictionary<string, string> headers, byte[] body, string secret, DateTimeOffset now);
}
