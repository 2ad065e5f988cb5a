using System.Collections.Concurrent;
using Seedance.Accounts;
using Seedance.Records;

namespace Seedance.RateLimits;

/// <summary>The limiters of all host accounts that this process asks.</summary>
internal sealed class RequestLimiters(SharedBackoff? shared, MonotonicClock clock)
{
    private readonly ConcurrentDictionary<string, RequestLimiter> _limiters = new(StringComparer.OrdinalIgnoreCase);

    public MonotonicClock Clock => clock;

    public RequestLimiter Of(Account account) => _limiters.GetOrAdd(
        string.Join("|", account.Provider, account.BaseUri.AbsoluteUri, account.Profile),
        _ => new RequestLimiter(AccountKey.Of(account.Provider, account.BaseUri, account.Profile), shared, clock));
}
