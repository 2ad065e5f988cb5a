using Seedance.Accounts;
using Seedance.Jobs.Query;
using Seedance.Polling;
using Seedance.Providers;
using Seedance.Records;
using Seedance.Updates;

namespace Seedance.Jobs.Resolve;

/// <summary>How to resolve an unconfirmed job.</summary>
internal sealed record ResolveOptions
{
    /// <summary>The provider's id, found by the user; the provider is asked for it before it is believed.</summary>
    public string? ProviderJobId { get; init; }

    /// <summary>Gives the job up where it is not found.</summary>
    public bool Abandon { get; init; }

    /// <summary>Gives it up also where the provider lists jobs that are just like it.</summary>
    public bool Force { get; init; }
}

/// <summary>
/// Resolves submits whose outcome is unknown: finds and adopts them, adopts the one that the user names, or abandons them.
/// </summary>
internal sealed class ResolveJobs(SeedanceServices services, JobLookup lookup)
{
    private readonly UnconfirmedSearch _search = new(services);

    public async Task RunAsync(JobReference reference, ResolveOptions options, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            StoredJob stored = await lookup.FindAsync(reference, stop).ConfigureAwait(false);
            if (options is { Abandon: true, Force: true } && stored is { Owner.IsForeign: true, Job.State: JobStatus.Submitting })
            {
                stored = await TakeFromAsync(stored, output).ConfigureAwait(false);
            }

            output.Write(stored.Job.State == JobStatus.Unconfirmed
                ? await ResolveAsync(stored, options, output, stop).ConfigureAwait(false)
                : NothingToResolve(stored, output));
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            output.Error(Unforeseen.Of(error, reference.Id));
        }
    }

    /// <summary>
    /// Its machine may be at it still, for all that this one can tell; the user knows better. Should it be, it finds its record resolved
    /// and sends nothing.
    /// </summary>
    private async Task<StoredJob> TakeFromAsync(StoredJob stored, IOperationOutput output)
    {
        if (stored.IsUnsent && await services.Store.WithdrawAsync(stored).ConfigureAwait(false))
        {
            if (stored.Plan is null)
            {
                throw JobLookup.NeverSent(stored.Job);
            }

            output.Warn(stored.Job.Id + " never left its worker, so nothing was spent. It is planned again, for another worker to submit.");
            return await services.Store.FindAsync(stored.Job.Id, CancellationToken.None).ConfigureAwait(false) ?? stored;
        }

        SeedanceException cause = new(ErrorCode.SubmitUnconfirmed,
            "It was being submitted by a process on " + stored.Owner!.Machine + ", and no answer was recorded.");
        return await services.Store.UpdateAsync(
            stored.Job.Id, current =>
                current.Job.State == JobStatus.Submitting ? Unconfirmed.Mark(current, cause) : current, CancellationToken.None)
                .ConfigureAwait(false) ?? stored;
    }

    private static SeedanceJob NothingToResolve(StoredJob stored, IOperationOutput output)
    {
        if (stored is { Owner: { IsForeign: true } owner, Job.State: JobStatus.Submitting })
        {
            output.Warn(string.Format(
                CultureInfo.InvariantCulture,
                "{0} may still be in the hands of a process on {1}; it counts as cut off 90 seconds after the last sign of that. If that machine is gone, -Abandon -Force gives the job up now.",
                stored.Job.Id,
                owner.Machine));
        }

        output.Verbose(
            string.Format(CultureInfo.InvariantCulture, "{0} is {1}; there is nothing to resolve.", stored.Job.Id, stored.Job.State));
        return stored.Job;
    }

    private async Task<SeedanceJob> ResolveAsync(StoredJob stored, ResolveOptions options, IOperationOutput output, CancellationToken stop)
    {
        if (options.ProviderJobId is { } given)
        {
            return await AdoptAsync(stored, given, output, stop).ConfigureAwait(false);
        }

        SearchResult? found = await SearchAsync(stored, options, output, stop).ConfigureAwait(false);
        if (found?.Match is { } match)
        {
            StoredJob? adopted = await Adoption.RunAsync(services, stored, match.Id, match.Update, match.CreatedAt, found.IsSimulated)
                .ConfigureAwait(false);
            return adopted?.Job ?? throw Taken(stored.Job, match.Id);
        }

        bool some = found?.Candidates.Count > 0;
        if (options.Abandon && (options.Force || !(some && found!.AreLikely)))
        {
            if (found?.StoppedShort == true)
            {
                output.Warn(stored.Job.Id + " is abandoned. " + Unseen);
            }

            return await AbandonAsync(stored).ConfigureAwait(false);
        }

        throw some ? Several(stored.Job, found!) : NotFound(stored.Job, found);
    }

    /// <summary>Null where the host has no list; who abandons need not be able to ask.</summary>
    private async Task<SearchResult?> SearchAsync(StoredJob stored, ResolveOptions options, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            Account account = lookup.AccountOf(stored.Job);
            return account.Adapter is IListsJobs ? await _search.LookAsync(stored, account, output, stop).ConfigureAwait(false) : null;
        }
        catch (SeedanceException error) when (options.Abandon)
        {
            output.Warn("The provider's list could not be asked before the job was abandoned: " + error.Message);
            return null;
        }
    }

    private async Task<SeedanceJob> AdoptAsync(StoredJob stored, string providerJobId, IOperationOutput output, CancellationToken stop)
    {
        AdoptJob.RequireUsable(providerJobId, stored.Job.Provider);
        Account account = lookup.AccountOf(stored.Job);
        if (await services.Store.FindByProviderJobIdAsync(stored.Job.Provider, providerJobId, stop).ConfigureAwait(false) is { } other
            && other.Job.Id != stored.Job.Id)
        {
            throw Taken(stored.Job, providerJobId);
        }

        StoredJob asked = stored with { Job = stored.Job with { ProviderJobId = providerJobId } };
        PollOutcome answer = await services.Poller.AskAsync(asked, account, output, stop).ConfigureAwait(false);
        if (answer.Error is { } error)
        {
            throw error;
        }

        StoredJob? adopted = await Adoption.RunAsync(
            services, stored, providerJobId, answer.Update!, submitted: null, answer.Response?.IsSimulated ?? stored.Job.IsSimulated,
            answer.Stored.Notes).ConfigureAwait(false);
        return adopted?.Job ?? throw Taken(stored.Job, providerJobId);
    }

    /// <summary>
    /// Frees the slot. The reservation stays: nobody knows that the money was not spent, and a cap must not be widened by a guess.
    /// </summary>
    private async Task<SeedanceJob> AbandonAsync(StoredJob stored)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        StoredJob? abandoned = await services.Store.UpdateAsync(
            stored.Job.Id,
            current => current.Job.State != JobStatus.Unconfirmed ? current : current with
            {
                Job = current.Job with
                {
                    State = JobStatus.Cancelled,
                    CompletedAt = now,
                    Error = new JobError
                    {
                        Code = nameof(ErrorCode.SubmitUnconfirmed),
                        ProviderCode = current.Job.Error?.ProviderCode,
                        Message = "Abandoned by the user; the provider may have made and charged it. " + current.Job.Error?.Message,
                        RequestId = current.Job.Error?.RequestId,
                    },
                },
            },
            CancellationToken.None).ConfigureAwait(false);
        return (abandoned ?? stored).Job;
    }

    private static string Unseen =>
        string.Format(CultureInfo.InvariantCulture,
        "Only the first {0} pages of the list were looked at, so it may stand on an older one.", UnconfirmedSearch.MostPages);

    private static SeedanceException NotFound(SeedanceJob job, SearchResult? found)
    {
        string looked = found is not null
            ? string.Format(CultureInfo.InvariantCulture,
                "The list of {0} shows no job with the prompt, model and time of {1} that is not known here.", job.Provider, job.Id)
            : string.Format(
                CultureInfo.InvariantCulture, "{0} does not list jobs, so it cannot be asked what became of {1}.", job.Provider, job.Id);
        looked += found?.StoppedShort == true ? " " + Unseen : string.Empty;
        return Open(job, looked + " It stays unconfirmed.", string.Format(
            CultureInfo.InvariantCulture,
            "Look in the dashboard of {0} for a job of {1:u}. If it is there: Resolve-SeedanceJob -Id {2} -ProviderJobId <its id>. If it is not: Resolve-SeedanceJob -Id {2} -Abandon.",
            job.Provider,
            job.CreatedAt,
            job.Id));
    }

    private static SeedanceException Several(SeedanceJob job, SearchResult found)
    {
        string names = string.Join(", ", found.Candidates.Take(10));
        return Open(
            job,
            string.Format(CultureInfo.InvariantCulture, "{0} may be any of these at {1}: {2}.{3} It stays unconfirmed.", job.Id,
                job.Provider, names, found.StoppedShort ? " " + Unseen : string.Empty),
            "Choose with Resolve-SeedanceJob -Id " + job.Id + " -ProviderJobId <id>; if it is none of them, -Abandon -Force gives it up.");
    }

    private static SeedanceException Taken(SeedanceJob job, string providerJobId) => Open(
        job,
        string.Format(CultureInfo.InvariantCulture, "The job {0} of {1} belongs to another record, so it cannot be {2}.", providerJobId,
            job.Provider, job.Id),
        "Get-SeedanceJob shows whose it is.");

    private static SeedanceException Open(SeedanceJob job, string what, string action) => new(ErrorCode.SubmitUnconfirmed, what)
    {
        Provider = job.Provider,
        Job = job,
        RecommendedAction = action,
    };
}
