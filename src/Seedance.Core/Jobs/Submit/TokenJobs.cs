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
                "The outcome of {0} is still unknown, so it was not sent again. Resolve-SeedanceJob -Id {0} settles it.",
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
                    && RequestDocument.Write(before).ToJsonString() == RequestDocument.Write(asked.Job.Request!).ToJsonString()));
        if (!same)
        {
            throw SubmitErrors.TokenOfAnother(job);
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
