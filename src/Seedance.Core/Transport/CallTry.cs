using Seedance.RateLimits;
using Seedance.Wire;

namespace Seedance.Transport;

/// <summary>What a request brought: the whole answer, or why there is none.</summary>
internal readonly record struct Exchange(WireResponse? Response, TransportException? Failure);

/// <summary>What a reader makes of one try of a call. The result is for the caller, should this be the last try.</summary>
internal sealed record CallTry<T>(T Result)
{
    /// <summary>Why it did not bring what was asked for.</summary>
    public SeedanceException? Refusal { get; init; }

    /// <summary>Whether another try is safe, and of what sort this one's end was.</summary>
    public RetryReason Again { get; init; }

    /// <summary>For the limiter.</summary>
    public HostReport Host { get; init; } = HostReport.None;

    /// <summary>After what pause it is tried again; null where it is not.</summary>
    public TimeSpan? RetryIn { get; init; }
}
