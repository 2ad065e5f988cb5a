using Seedance.Jobs.Prepare;

namespace Seedance.Jobs.Submit;

/// <summary>
/// Tries accounts in turn until one takes the request. The next is tried only when the one before surely did not take it, for reasons of
/// its own: a submit with an unknown outcome, an earlier one that holds the account, or a request that is wrong anywhere ends the search.
/// </summary>
internal static class AccountWalk
{
    /// <summary>
    /// Tries the accounts in order; <paramref name="take"/> gets the tries before its own. One alone is asked, and its refusal is the
    /// answer.
    /// </summary>
    public static async Task<T> RunAsync<T>(
        IReadOnlyList<SubmitCandidate> order, VideoRequest request, Func<PreparedSubmit, IReadOnlyList<JobAttempt>, Task<T>> take,
        IOperationOutput output)
    {
        List<JobAttempt> attempts = [];
        foreach (SubmitCandidate candidate in order)
        {
            try
            {
                return await take(candidate.Prepared ?? throw candidate.Refusal!, [.. attempts]).ConfigureAwait(false);
            }
            catch (SeedanceException error) when (order.Count > 1 && IsOfTheAccount(error.Code))
            {
                attempts.Add(
                    new JobAttempt { Provider = candidate.Provider, Profile = candidate.Profile, Code = error.Code.ToString(),
                    Message = error.Message });
                output.Verbose(
                    string.Format(
                    CultureInfo.InvariantCulture, "{0} did not take it ({1}): {2}", candidate.Provider, error.Code, error.Message));
                if (attempts.Count == order.Count)
                {
                    throw SubmitErrors.Nobody(attempts, error, request);
                }
            }
        }

        throw new SeedanceException(ErrorCode.ProviderNotChosen, "No account was named.");
    }

    /// <summary>
    /// Whether another account may do better. Each of these leaves only where nothing was taken; what is not listed ends the search,
    /// unknown outcomes above all.
    /// </summary>
    private static bool IsOfTheAccount(ErrorCode code) => code is
        ErrorCode.CredentialMissing or ErrorCode.AuthenticationFailed or ErrorCode.AccessDenied or ErrorCode.InsufficientCredits
        or ErrorCode.OverBudget or ErrorCode.PriceUnknown or ErrorCode.RateLimited or ErrorCode.SlotTimeout or ErrorCode.ProviderUnavailable
        or ErrorCode.ProtocolError or ErrorCode.ModelNotFound or ErrorCode.UnsupportedByModel or ErrorCode.JobNotFound
            or ErrorCode.NotSupportedByProvider;
}
