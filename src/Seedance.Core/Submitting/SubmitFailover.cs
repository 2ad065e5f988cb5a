using Seedance.Accounts;
using Seedance.Operations;
using Seedance.Store;

namespace Seedance.Submitting;

/// <summary>An account that a request may go to.</summary>
/// <param name="Provider">Its provider.</param>
/// <param name="Profile">Its profile, if any.</param>
/// <param name="Prepare">Finds the account and checks the request against it; throws when either is impossible.</param>
internal sealed record SubmitCandidate(string Provider, string? Profile, Func<PreparedSubmit> Prepare);

/// <summary>
/// Submits to the first of several accounts that takes the request. The next is tried only when the one before surely did not, for reasons of its own: a
/// submit with an unknown outcome, an earlier one that holds the account, or a request that is wrong anywhere ends the search.
/// </summary>
internal sealed class SubmitFailover(SeedanceServices services)
{
    private readonly SubmitVideo _submit = new(services);

    public async Task RunAsync(IReadOnlyList<SubmitCandidate> candidates, VideoRequest request, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            output.Write(await SubmitAsync(candidates, request, options, output, stop).ConfigureAwait(false));
        }
        catch (SeedanceException error)
        {
            output.Fault(error);
        }
    }

    private async Task<SeedanceJob> SubmitAsync(
        IReadOnlyList<SubmitCandidate> candidates, VideoRequest request, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        string? token = options.ClientToken;
        if (token is null && options.Reuse)
        {
            string whom = string.Join("\n", candidates.Select(candidate => candidate.Provider + "|" + candidate.Profile));
            token = await ReuseToken.OfAsync(whom, request, options.Occurrence, stop).ConfigureAwait(false);
        }

        SubmitOptions named = options with { ClientToken = token, IsDerivedToken = options.ClientToken is null && token is not null };
        var (taker, keyless) = await WhoHasItAsync(candidates, request, token, stop).ConfigureAwait(false);
        if (keyless is not null && await _submit.FindAsync(keyless, named, output, stop).ConfigureAwait(false) is { } known)
        {
            output.Warn(string.Format(CultureInfo.InvariantCulture, "{0} at {1} is this request's job; the key to ask {1} with is missing.", known.Id, known.Provider));
            return known;
        }

        IReadOnlyList<SubmitCandidate> order = taker is null ? candidates : [taker];
        Budget.CheckUnits(order.Select(candidate => (candidate.Provider, UnitAt(candidate))), request, options);
        List<JobAttempt> attempts = [];
        foreach (SubmitCandidate candidate in order)
        {
            try
            {
                return await _submit.SubmitAsync(candidate.Prepare(), named with { Attempts = [.. attempts] }, output, stop).ConfigureAwait(false);
            }
            catch (SeedanceException error) when (IsOfTheAccount(error.Code))
            {
                attempts.Add(new JobAttempt { Provider = candidate.Provider, Profile = candidate.Profile, Code = error.Code.ToString(), Message = error.Message });
                output.Verbose(string.Format(CultureInfo.InvariantCulture, "{0} did not take it ({1}): {2}", candidate.Provider, error.Code, error.Message));
                if (attempts.Count == order.Count)
                {
                    throw order.Count == 1 ? error : Nobody(attempts, error, request);
                }
            }
        }

        throw new SeedanceException(ErrorCode.ProviderNotChosen, "No account was named.");
    }

    /// <summary>Null where the price is unknown, or the account cannot take the request at all.</summary>
    private static string? UnitAt(SubmitCandidate candidate)
    {
        try
        {
            return candidate.Prepare().Estimate?.Unit;
        }
        catch (SeedanceException)
        {
            return null; // Its turn says why.
        }
    }

    /// <summary>
    /// The candidate whose account has the job of this token; a rerun must not begin with another and take its job for a stranger's. Where the key of that
    /// account is missing by now, the request as it would be there: the job exists all the same.
    /// </summary>
    private async Task<(SubmitCandidate? Taker, PreparedSubmit? Keyless)> WhoHasItAsync(
        IReadOnlyList<SubmitCandidate> candidates, VideoRequest request, string? token, CancellationToken stop)
    {
        if (token is null || await services.Store.FindByTokenAsync(token, stop).ConfigureAwait(false) is not { } known)
        {
            return (null, null);
        }

        string account = AccountKey.Of(known.Job);
        foreach (SubmitCandidate candidate in candidates)
        {
            try
            {
                if (IsOf(candidate.Prepare(), account))
                {
                    return (candidate, null);
                }
            }
            catch (SeedanceException error)
            {
                if (error.Code == ErrorCode.CredentialMissing && WithoutKey(candidate, request) is { } keyless && IsOf(keyless, account))
                {
                    return (null, keyless);
                }
            }
        }

        return (null, null);
    }

    private static bool IsOf(PreparedSubmit prepared, string account) => AccountKey.Of(prepared.Account.Provider, prepared.Account.BaseUri, prepared.Account.Profile) == account;

    private PreparedSubmit? WithoutKey(SubmitCandidate candidate, VideoRequest request)
    {
        try
        {
            AccountSelection whom = new() { Profile = candidate.Profile, Provider = candidate.Profile is null ? candidate.Provider : null };
            return PrepareSubmit.Run(services.Accounts(static (_, _) => null).ResolveWithoutKey(whom), request);
        }
        catch (SeedanceException)
        {
            return null; // Its turn says why.
        }
    }

    /// <summary>
    /// Whether another account may do better. Each of these leaves only where nothing was taken; what is not listed ends the search, unknown
    /// outcomes above all.
    /// </summary>
    private static bool IsOfTheAccount(ErrorCode code) => code is
        ErrorCode.CredentialMissing or ErrorCode.AuthenticationFailed or ErrorCode.AccessDenied or ErrorCode.InsufficientCredits
        or ErrorCode.OverBudget or ErrorCode.PriceUnknown or ErrorCode.RateLimited or ErrorCode.SlotTimeout or ErrorCode.ProviderUnavailable
        or ErrorCode.ProtocolError or ErrorCode.ModelNotFound or ErrorCode.UnsupportedByModel or ErrorCode.JobNotFound or ErrorCode.NotSupportedByProvider;

    private static SeedanceException Nobody(List<JobAttempt> attempts, SeedanceException last, VideoRequest request) => new(
        last.Code,
        "None of the accounts took the request. " + string.Join(" ", attempts.Select(attempt => attempt.Provider + ": " + attempt.Message)),
        last)
    {
        Provider = last.Provider,
        HttpStatus = last.HttpStatus,
        ProviderCode = last.ProviderCode,
        RequestId = last.RequestId,
        RetryAfter = last.RetryAfter,
        Target = request.Prompt,
        RecommendedAction = "Nothing was spent. " + last.RecommendedAction,
    };
}
