using Seedance.Store;

namespace Seedance.Submitting;

/// <summary>
/// Submits to the first of a row's accounts that takes the request. The next is tried only when the one before surely did not take it, for reasons of its own:
/// a submit with an unknown outcome, an earlier one that holds the account, or a request that is wrong anywhere ends the search. A single account is a list of one.
/// </summary>
internal sealed class SubmitVideo(SeedanceServices services)
{
    private readonly SubmitToAccount _submit = new(services);

    public async Task RunAsync(SubmitRow row, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            output.Write(await SubmitAsync(row, output, stop).ConfigureAwait(false));
        }
        catch (Exception error) when (Unforeseen.IsFault(error, stop))
        {
            output.Fault(Unforeseen.Of(error, row.Request.Prompt)); // One item of a batch; the others go on.
        }
    }

    /// <summary>The job, new or found by its token; throws what <see cref="RunAsync"/> reports.</summary>
    private async Task<SeedanceJob> SubmitAsync(SubmitRow row, IOperationOutput output, CancellationToken stop)
    {
        row = await ReuseToken.NameAsync(row, stop).ConfigureAwait(false);
        TokenOwner owner = await TokenOwner.FindAsync(services, row, stop).ConfigureAwait(false);
        if (owner.Keyless is { } keyless && await _submit.FindAsync(keyless, row.Options, output, stop).ConfigureAwait(false) is { } known)
        {
            output.Warn(string.Format(CultureInfo.InvariantCulture, "{0} at {1} is this request's job; the key to ask {1} with is missing.", known.Id, known.Provider));
            return known;
        }

        IReadOnlyList<SubmitCandidate> order = owner.Candidate is { } taker ? [taker] : row.Candidates;
        Budget.CheckUnits(order.Select(candidate => (candidate.Provider, candidate.Prepared?.Estimate?.Unit)), row.Request, row.Options);
        List<JobAttempt> attempts = [];
        foreach (SubmitCandidate candidate in order)
        {
            try
            {
                PreparedSubmit prepared = candidate.Prepared ?? throw candidate.Refusal!;
                return await _submit.RunAsync(prepared, row.Options with { Attempts = [.. attempts] }, output, stop).ConfigureAwait(false);
            }
            catch (SeedanceException error) when (order.Count > 1 && IsOfTheAccount(error.Code))
            {
                attempts.Add(new JobAttempt { Provider = candidate.Provider, Profile = candidate.Profile, Code = error.Code.ToString(), Message = error.Message });
                output.Verbose(string.Format(CultureInfo.InvariantCulture, "{0} did not take it ({1}): {2}", candidate.Provider, error.Code, error.Message));
                if (attempts.Count == order.Count)
                {
                    throw SubmitErrors.Nobody(attempts, error, row.Request);
                }
            }
        }

        throw new SeedanceException(ErrorCode.ProviderNotChosen, "No account was named.");
    }

    /// <summary>
    /// Whether another account may do better. Each of these leaves only where nothing was taken; what is not listed ends the search, unknown
    /// outcomes above all.
    /// </summary>
    private static bool IsOfTheAccount(ErrorCode code) => code is
        ErrorCode.CredentialMissing or ErrorCode.AuthenticationFailed or ErrorCode.AccessDenied or ErrorCode.InsufficientCredits
        or ErrorCode.OverBudget or ErrorCode.PriceUnknown or ErrorCode.RateLimited or ErrorCode.SlotTimeout or ErrorCode.ProviderUnavailable
        or ErrorCode.ProtocolError or ErrorCode.ModelNotFound or ErrorCode.UnsupportedByModel or ErrorCode.JobNotFound or ErrorCode.NotSupportedByProvider;
}
