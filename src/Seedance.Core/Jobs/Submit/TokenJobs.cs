using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Records;
using Seedance.Updates;

namespace Seedance.Jobs.Submit;

/// <summary>The jobs that client tokens made before: the same token with the same request at the same account is the same job.</summary>
internal sealed class TokenJobs(SeedanceServices services)
{
    private static readonly TimeSpan s_longestReceipt = TimeSpan.FromMinutes(2); // As long as a provider has for its answer.
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The job that the record's token made before; null when there is none. Needs no key, unless its outcome is unknown.
    /// </summary>
    public async Task<SeedanceJob?> FindAsync(
        Account account, StoredJob record, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        StoredJob? known = record.Job.ClientToken is { } token
            ? await services.Store.FindByTokenAsync(token, stop).ConfigureAwait(false)
            : null;
        return known is null || known.Job.Id == record.Job.Id
            ? null
            : await AttachAsync(account, known, record, options, output, stop).ConfigureAwait(false);
    }

    /// <summary>
    /// That job, whatever became of it; null when it was refused, or its process ended before anything left. One whose outcome is unknown
    /// is looked for first, where the host lists jobs.
    /// </summary>
    public async Task<SeedanceJob?> AttachAsync(
        Account account, StoredJob known, StoredJob record, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        CheckSame(known.Job, record, options);
        StoredJob? now = await ReceiptAsync(known, options, output, stop).ConfigureAwait(false);
        if (now is not { Job.State: JobStatus.Unconfirmed })
        {
            return now is null ? null : now.Job with { IsReused = true };
        }

        StoredJob? resolved = await services.Resolver.RunAsync(now, account, output, stop).ConfigureAwait(false);
        if (resolved is null)
        {
            output.Warn(string.Format(
                CultureInfo.InvariantCulture,
                "The outcome of {0} is still unknown, so it was not sent again. Resolve-SeedanceJob -Id {0} finds out.",
                now.Job.Id));
        }

        return (resolved ?? now).Job with { IsReused = true };
    }

    /// <summary>Throws where the token's job was for another request, or is at another account.</summary>
    public static void CheckSame(SeedanceJob job, StoredJob asked, SubmitOptions options)
    {
        bool same = AccountKey.Of(job) == AccountKey.Of(asked.Job)
            && (options.IsDerivedToken
                || (job.Request is { } before
                    && RequestDocument.Write(before) == RequestDocument.Write(asked.Job.Request!)));
        if (!same)
        {
            throw SubmitErrors.TokenOfAnother(job);
        }
    }

    /// <summary>
    /// Whichever of several accounts has the job of the row's token: a rerun must not begin with another one and take its job for a
    /// stranger's. One account alone finds its job by itself.
    /// </summary>
    /// <returns>
    /// Where the key of that account is missing by now, with the request as it would be there: the job exists all the same.
    /// </returns>
    public async Task<SubmitCandidate?> FindOwnerAsync(SubmitRow row, CancellationToken stop) =>
        row.Candidates.Count > 1 && row.Options.Planned is null && row.Options.ClientToken is { } token
            && await services.Store.FindByTokenAsync(token, stop).ConfigureAwait(false) is { } known
            ? OwnerOf(known.Job, row)
            : null;

    /// <summary>
    /// The row's request as it is at the account that has the job, or at the first that can take it; null where none of them can.
    /// </summary>
    public PreparedSubmit? AskedOf(SeedanceJob known, SubmitRow row) =>
        OwnerOf(known, row)?.Prepared ?? (row.Able.Count > 0 ? row.Able[0] : null);

    private SubmitCandidate? OwnerOf(SeedanceJob known, SubmitRow row)
    {
        string account = AccountKey.Of(known);
        return row.Candidates.Count == 1
            ? null
            : row.Candidates.Select(candidate => OrWithoutKey(candidate, row))
                .FirstOrDefault(candidate => candidate.Prepared?.Account is { } theirs
                    && AccountKey.Of(theirs.Provider, theirs.BaseUri, theirs.Profile) == account);
    }

    private SubmitCandidate OrWithoutKey(SubmitCandidate candidate, SubmitRow row)
    {
        if (candidate.Refusal?.Code != ErrorCode.CredentialMissing)
        {
            return candidate;
        }

        try
        {
            AccountSelection whom = new() { Profile = candidate.Profile, Provider = candidate.Profile is null ? candidate.Provider : null };
            Account account = services.Accounts(static (_, _) => null).ResolveWithoutKey(whom);
            return candidate with { Prepared = PrepareSubmit.Run(account, row.Request, row.Options.Terms) };
        }
        catch (SeedanceException)
        {
            return candidate; // Its turn says why.
        }
    }

    /// <summary>
    /// The job once the command that is submitting it has its receipt; null when the provider refused it there. One that takes longer is
    /// given as it is, and whoever waits for it waits for its receipt too.
    /// </summary>
    private async Task<StoredJob?> ReceiptAsync(StoredJob known, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        long begun = services.Time.GetTimestamp();
        TimeSpan most = options.SlotTimeout < s_longestReceipt ? options.SlotTimeout : s_longestReceipt;
        StoredJob? now = known;
        while (now is not null && now.Job.State == JobStatus.Submitting && services.Time.GetElapsedTime(begun) < most)
        {
            output.Progress(new OperationProgress(
                "Submitting to " + known.Job.Provider, known.Job.Id + " is being submitted by another command"));
            await services.Time.After(s_lookAgain, stop).ConfigureAwait(false);
            now = await services.Store.FindAsync(known.Job.Id, stop).ConfigureAwait(false);
        }

        return now;
    }
}
