using Seedance.Accounts;
using Seedance.Catalogue;
using Seedance.Jobs.Prepare;
using Seedance.Models;
using Seedance.Providers;
using Seedance.Transport;
using Seedance.Wire;

namespace Seedance.Money;

/// <summary>
/// Prices a request without submitting it: by the host's own estimate where it has one and a key is at hand, else by the catalogue's rule.
/// An unknown price is unknown, not 0.
/// </summary>
internal sealed class MeasureRequest(SeedanceServices services, RequestTerms? terms = null)
{
    /// <summary>At one provider. <paramref name="account"/> resolves the account to ask with; null asks nobody and needs no key.</summary>
    public async Task<SeedanceEstimate> RunAsync(
        IProviderAdapter adapter, VideoRequest request, Func<Account>? account, IOperationOutput output, CancellationToken stop)
    {
        (Account Account, string? Problem) whom = Whom(services.Catalogue, adapter, account);
        SeedanceEstimate estimate = new()
        {
            Provider = adapter.Provider.Name,
            Profile = whom.Account.Profile,
            Model = request.Model ?? whom.Account.DefaultModel ?? adapter.Provider.DefaultModel ?? string.Empty,
            IsSimulated = adapter.Provider.IsSimulator,
        };
        PreparedSubmit prepared;
        try
        {
            prepared = PrepareSubmit.Run(whom.Account, request, terms);
        }
        catch (SeedanceException error)
        {
            return estimate with { Reason = error.Message };
        }

        estimate = estimate with { Model = prepared.Capability.Model.Name, WireModel = prepared.Capability.Model.WireModel,
            IsPossible = true };
        var (cost, told) = account is null ? (null, null) : whom.Problem is { } problem
            ? (null, problem)
            : await AskAsync(prepared, output, stop).ConfigureAwait(false);
        if (cost is not null)
        {
            return WithCost(estimate, cost, EstimateConfidence.HostEstimate);
        }

        return prepared.Estimate is { } listed
            ? Dated(WithCost(estimate, listed,
                prepared.Capability.Price?.IsDisputed == true ? EstimateConfidence.Disputed : EstimateConfidence.Listed),
                output) with { Reason = told }
            : estimate with { Reason = told ?? Why(prepared) };
    }

    private static SeedanceEstimate WithCost(SeedanceEstimate estimate, SeedanceCost cost, EstimateConfidence confidence) =>
        estimate with { Cost = cost.Amount, Unit = cost.Unit, Source = cost.Source, Trust = confidence };

    /// <summary>How old the list is; said aloud once in a session.</summary>
    private SeedanceEstimate Dated(SeedanceEstimate estimate, IOperationOutput output)
    {
        string? date = estimate.IsSimulated ? null : PriceDate.Of(estimate.Source ?? string.Empty);
        bool isPast = PriceDate.IsPast(date, services.Time.GetUtcNow());
        if (isPast && services.Said.IsFirst("outdated prices"))
        {
            output.Warn(string.Format(
                CultureInfo.InvariantCulture,
                "The price list of {0} is of {1}, more than {2:0} days old; other lists may be too (IsOutdated of an estimate). This is said once in a session.",
                estimate.Provider, date, PriceDate.Trusted.TotalDays));
        }

        return estimate with { PriceDate = date, IsOutdated = isPast };
    }

    private static (Account Account, string? Problem) Whom(ModelCatalogue catalogue, IProviderAdapter adapter, Func<Account>? account)
    {
        Account keyless = new(adapter, adapter.Provider.BaseUri, key: null) { Concurrency = adapter.Provider.Concurrency,
            Catalogue = catalogue };
        try
        {
            return account is null ? (keyless, null) : (account(), null);
        }
        catch (SeedanceException error) when (error.Code == ErrorCode.CredentialMissing)
        {
            return (keyless, adapter is IEstimatesCost ? "The provider was not asked: " + error.Message : null);
        }
    }

    private async Task<(SeedanceCost? Cost, string? Reason)> AskAsync(
        PreparedSubmit prepared, IOperationOutput output, CancellationToken stop)
    {
        Account account = prepared.Account;
        if (account.Adapter is not IEstimatesCost estimates)
        {
            return (null, null);
        }

        if (RequestLength.IsOpen(prepared.Request))
        {
            return (null, "The provider was not asked, because the request leaves the length to it.");
        }

        if (prepared.Request.Sandbox)
        {
            return (null, null);
        }

        if (prepared.LocalMedia.Count > 0 && estimates.PricesMedia)
        {
            return (null, "The provider was not asked, because local files would have to be uploaded first.");
        }

        try
        {
            SeedanceModel model = prepared.Capability.Model;
            VideoRequest onWire = await services.Messages.AskAsync(account, model, prepared.Request, output, stop).ConfigureAwait(false);
            SeedanceCost? told = await services.Client.AskAsync(
                account, estimates.BuildEstimate(onWire, model), ProviderCall.Estimate, estimates.ReadEstimate, output, stop)
                    .ConfigureAwait(false);
            return SaneCost.OrNull(told) is { } cost
                ? (cost with { IsEstimate = true }, null)
                : (null, SaneCost.Doubt(told, account.Provider, "this request") ?? "The provider was asked and named no price.");
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            return (null, "The provider was asked and did not tell: " + error.Message);
        }
    }

    private static string Why(PreparedSubmit prepared) =>
        prepared.Request.Sandbox ? "A sandbox run is not priced."
        : prepared.Capability.Price is null ? "No price list is known for this model."
        : "The price list does not say what this combination costs.";
}
