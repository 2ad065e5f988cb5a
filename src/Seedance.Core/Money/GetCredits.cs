using Seedance.Accounts;
using Seedance.Providers;
using Seedance.Transport;
using Seedance.Wire;

namespace Seedance.Money;

/// <summary>An account's balance, one object per pool.</summary>
internal static class GetCredits
{
    public static async Task RunAsync(SeedanceServices services, Account account, IOperationOutput output, CancellationToken stop)
    {
        if (account.Adapter is not IReportsCredits credits)
        {
            throw new SeedanceException(ErrorCode.NotSupportedByProvider, account.Provider + " does not tell its balance over the API.")
            {
                Provider = account.Provider,
                RecommendedAction = "Look in the provider's dashboard.",
            };
        }

        WireResponse response = await services.Client.AskAsync(
            account, credits.BuildCredits(), ProviderCall.Balance, output, stop).ConfigureAwait(false);
        DateTimeOffset now = services.Time.GetUtcNow();
        IReadOnlyList<CreditPool> pools = ProviderErrors.Read(account, response, ProviderCall.Balance, credits.ReadCredits);
        if (pools.Count == 0)
        {
            throw ProviderErrors.From(account, new WireError(ErrorCode.ProtocolError), response, ProviderCall.Balance);
        }

        foreach (CreditPool pool in pools)
        {
            output.Write(new SeedanceCredits
            {
                Provider = account.Provider,
                Profile = account.Profile,
                Pool = pool.Name,
                Amount = pool.Amount,
                Available = pool.Available,
                Unit = pool.Unit,
                AsOf = now,
                IsSimulated = response.IsSimulated,
            });
        }
    }
}
