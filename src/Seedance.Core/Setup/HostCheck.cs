using Seedance.Accounts;
using Seedance.Money;
using Seedance.Providers;

namespace Seedance.Setup;

/// <summary>Whether hosts can be reached, take the key and have a balance, and what their clocks say of ours.</summary>
internal sealed class HostCheck(SeedanceServices services)
{
    private static readonly TimeSpan s_clockMayDiffer = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
    private TimeSpan? _ahead;
    private string? _asked;

    public async Task RunAsync(Account account, IOperationOutput output, CancellationToken stop)
    {
        string name = account.Profile is { } profile ? profile + " (" + account.Provider + ")" : account.Provider;
        SeedanceCheck reach = await ReachAsync(account, name, stop).ConfigureAwait(false);
        output.Write(reach);
        output.Write(reach.Outcome == CheckResult.Failed
            ? new SeedanceCheck { Name = "Key " + name, Outcome = CheckResult.Skipped, Message = "The host was not reached." }
            : await KeyAsync(account, name, stop).ConfigureAwait(false));
    }

    /// <summary>By the hosts that were asked; a clock that is wrong makes pauses and expiries wrong.</summary>
    public SeedanceCheck Clock() => _ahead is not { } ahead
        ? new SeedanceCheck { Name = "Clock", Outcome = CheckResult.Skipped, Message = "No host told the time." }
        : ahead.Duration() <= s_clockMayDiffer
            ? new SeedanceCheck { Name = "Clock", Message = "Agrees with " + _asked + "." }
            : new SeedanceCheck
            {
                Name = "Clock",
                Outcome = CheckResult.Warning,
                Message = string.Format(CultureInfo.InvariantCulture, "Is {0:0} s {1} of {2}.", ahead.Duration().TotalSeconds,
                    ahead > TimeSpan.Zero ? "ahead" : "behind", _asked),
                RecommendedAction = "Set this machine's clock by a time server.",
            };

    /// <summary>Any answer will do; no key goes along.</summary>
    private async Task<SeedanceCheck> ReachAsync(Account account, string name, CancellationToken stop)
    {
        long begun = services.Time.GetTimestamp();
        using CancellationTokenSource deadline = services.Time.Deadline(s_patience);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Get, account.BaseUri);
            using HttpResponseMessage answer = await services.Clients.For(account.BaseUri, account.Network, ownConnection: false)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if (answer.Headers.Date is { } told)
            {
                _ahead = services.Time.GetUtcNow() - told;
                _asked = account.BaseUri.Host;
            }

            return new SeedanceCheck
            {
                Name = "Host " + name,
                Message = string.Format(CultureInfo.InvariantCulture, "{0} answers in {1:0} ms.", account.BaseUri.Authority,
                    services.Time.GetElapsedTime(begun).TotalMilliseconds),
            };
        }
        catch (Exception error) when (!stop.IsCancellationRequested
            && error is HttpRequestException or IOException or OperationCanceledException or SeedanceException)
        {
            string why = error is OperationCanceledException
                ? string.Format(CultureInfo.InvariantCulture, "no answer within {0:0} s", s_patience.TotalSeconds)
                : error.GetBaseException().Message.TrimEnd('.');
            return new SeedanceCheck
            {
                Name = "Host " + name,
                Outcome = CheckResult.Failed,
                Message = account.BaseUri.Authority + " cannot be reached: " + why + ".",
                RecommendedAction = "Check the network, the proxy and the base address.",
            };
        }
    }

    private async Task<SeedanceCheck> KeyAsync(Account account, string name, CancellationToken stop)
    {
        if (account.Adapter is not IReportsCredits)
        {
            return new SeedanceCheck { Name = "Key " + name, Outcome = CheckResult.Skipped,
                Message = "The host has no route by which a key can be tried for nothing." };
        }

        CollectedOutput found = new();
        try
        {
            await GetCredits.RunAsync(services, account, found, stop).ConfigureAwait(false);
        }
        catch (SeedanceException error)
        {
            return new SeedanceCheck { Name = "Key " + name, Outcome = CheckResult.Failed, Message = error.Message,
                RecommendedAction = error.RecommendedAction };
        }

        SeedanceCredits pool = found.Items.OfType<SeedanceCredits>().First(); // The others are parts of it, or what is left of a quota.
        string balance = string.Format(CultureInfo.InvariantCulture, "{0:0.####} {1}", pool.Available ?? pool.Amount, pool.Unit);
        return (pool.Available ?? pool.Amount) <= 0
            ? new SeedanceCheck { Name = "Key " + name, Outcome = CheckResult.Warning,
                Message = "Accepted; the balance is " + balance + ".", RecommendedAction = "Top up the account before submitting." }
            : new SeedanceCheck { Name = "Key " + name, Message = "Accepted; the balance is " + balance + "." };
    }
}
