using Seedance.Accounts;
using Seedance.RateLimits;
using Seedance.Wire;

namespace Seedance.Transport;

/// <summary>A message for a provider, what it is for, and what the caller has to say about its way out.</summary>
internal sealed record ProviderRequest(Account Account, WireRequest Message, ProviderCall Call, IOperationOutput Output)
{
    /// <summary>How long all its tries and pauses may take; null where each turn is waited for by itself, and not for long.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>Where the caller has taken its turn already.</summary>
    public Permit? Permit { get; init; }

    /// <summary>Done before the first byte of a body leaves; where it throws, none does, and that is what the call throws.</summary>
    public Func<Task>? Leaving { get; init; }

    /// <summary>Done before the pause of a try that is repeated, so that what <see cref="Leaving"/> noted is taken back.</summary>
    public Func<Task>? Returned { get; init; }

    /// <summary>What is said while it waits for its turn.</summary>
    public OperationProgress Waiting(TimeSpan wait) => Call.Kind == CallKind.Submit
        ? new OperationProgress(
            "Submitting to " + Account.Provider, "Waiting for " + Account.Provider + " to take more", null, (int)wait.TotalSeconds)
        : new OperationProgress(
            Account.Provider, Call.Words + ": waiting until " + Account.Provider + " takes more requests", null, (int)wait.TotalSeconds);
}
