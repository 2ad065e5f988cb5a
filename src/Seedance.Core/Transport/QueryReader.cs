using Seedance.Accounts;
using Seedance.RateLimits;
using Seedance.Wire;

namespace Seedance.Transport;

/// <summary>What a try of a question came to, which costs nothing and may be asked again.</summary>
internal static class QueryReader
{
    public static CallTry<WireResponse?> Read(Account account, ProviderCall call, Exchange exchange)
    {
        if (exchange.Response is not { } response)
        {
            return new CallTry<WireResponse?>(null) { Refusal = ProviderErrors.From(account, exchange.Failure!, call),
                Again = RetryReason.Failed };
        }

        if (response.IsSuccess)
        {
            return new CallTry<WireResponse?>(response) { Host = HostReport.Fine };
        }

        SeedanceException refusal = ProviderErrors.From(account, response.Read(account.Adapter.ReadError), response, call);
        bool throttled = response.Status == 429 && refusal.Code != ErrorCode.InsufficientCredits; // An account that is spent stays spent.
        return new CallTry<WireResponse?>(response)
        {
            Refusal = refusal,
            Again = throttled ? RetryReason.Throttled : response.Status is 408 or >= 500 ? RetryReason.Failed : RetryReason.None,
            Host = throttled ? HostReport.Throttling(response.RetryAfter) : HostReport.None,
        };
    }
}
