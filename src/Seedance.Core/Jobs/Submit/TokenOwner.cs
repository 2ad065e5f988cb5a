using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Records;

namespace Seedance.Jobs.Submit;

/// <summary>
/// Which of several accounts has the job of a token: a rerun must not begin with another one and take its job for a stranger's.
/// </summary>
internal sealed record TokenOwner
{
    private static readonly TokenOwner s_nobody = new();

    /// <summary>The candidate whose account has it.</summary>
    public SubmitCandidate? Candidate { get; private init; }

    /// <summary>Where the key of that account is missing by now, the request as it would be there: the job exists all the same.</summary>
    public PreparedSubmit? Keyless { get; private init; }

    /// <summary>Neither where there is one account alone, which finds its job by itself.</summary>
    public static async Task<TokenOwner> FindAsync(SeedanceServices services, SubmitRow row, CancellationToken stop) =>
        row.Candidates.Count > 1 && row.Options.Planned is null && row.Options.ClientToken is { } token
            && await services.Store.FindByTokenAsync(token, stop).ConfigureAwait(false) is { } known
            ? Of(services, row, known)
            : s_nobody;

    /// <param name="services">For an account without its key.</param>
    /// <param name="row">Whose accounts.</param>
    /// <param name="known">The token's job.</param>
    public static TokenOwner Of(SeedanceServices services, SubmitRow row, StoredJob known)
    {
        if (row.Candidates.Count == 1)
        {
            return s_nobody;
        }

        string account = AccountKey.Of(known.Job);
        foreach (SubmitCandidate candidate in row.Candidates)
        {
            if (candidate.Prepared is { } prepared)
            {
                if (IsOf(prepared, account))
                {
                    return new TokenOwner { Candidate = candidate };
                }
            }
            else if (candidate.Refusal!.Code == ErrorCode.CredentialMissing && WithoutKey(services, candidate, row) is { } keyless
                && IsOf(keyless, account))
            {
                return new TokenOwner { Keyless = keyless };
            }
        }

        return s_nobody;
    }

    /// <summary>
    /// The row's request at the account that has the job, or at the first that could take it; null where the row is refused, whatever its
    /// token made.
    /// </summary>
    public PreparedSubmit? Asked(SubmitRow row) =>
        Candidate?.Prepared ?? Keyless ?? (row.Able.Count > 0 ? row.Able[0] : null);

    private static bool IsOf(PreparedSubmit prepared, string account) =>
        AccountKey.Of(prepared.Account.Provider, prepared.Account.BaseUri, prepared.Account.Profile) == account;

    private static PreparedSubmit? WithoutKey(SeedanceServices services, SubmitCandidate candidate, SubmitRow row)
    {
        try
        {
            AccountSelection whom = new() { Profile = candidate.Profile, Provider = candidate.Profile is null ? candidate.Provider : null };
            return PrepareSubmit.Run(services.Accounts(static (_, _) => null).ResolveWithoutKey(whom), row.Request, row.Options.Terms);
        }
        catch (SeedanceException)
        {
            return null; // Its turn says why.
        }
    }
}
