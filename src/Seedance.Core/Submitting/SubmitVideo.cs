using Seedance.Accounts;
using Seedance.Http;
using Seedance.Operations;
using Seedance.Providers;
using Seedance.Storage;
using Seedance.Store;
using Seedance.Wire;

namespace Seedance.Submitting;

/// <summary>
/// Records, sends, records again, writes. The record is on disk before the request leaves, so a paid job never exists in memory alone; a stop that comes
/// while the request is on its way leaves the recording of its answer to go on behind the command.
/// </summary>
internal sealed class SubmitVideo(SeedanceServices services)
{
    private const int TriesToRecord = 60; // Each waits a minute for a lock. Then the error tells the provider's id, the last place that knows it.
    private static readonly TimeSpan s_longestReceipt = TimeSpan.FromMinutes(2); // As long as a provider has for its answer.
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(250);
    private readonly SubmitSender _sender = new(services.Http, services.Scheduler.Submits, services.Time);
    private readonly SubmitGate _gate = new(services);

    public async Task RunAsync(PreparedSubmit prepared, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            output.Write(await SubmitAsync(prepared, options, output, stop).ConfigureAwait(false));
        }
        catch (SeedanceException error)
        {
            output.Fault(error); // One item of a batch; the others go on.
        }
    }

    /// <summary>The job, new or found by its token; throws what <see cref="RunAsync"/> reports.</summary>
    public async Task<SeedanceJob> SubmitAsync(PreparedSubmit prepared, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        foreach (string warning in prepared.Warnings)
        {
            output.Warn(warning);
        }

        options = await SubmitRecord.WithTokenAsync(prepared, options, stop).ConfigureAwait(false);
        StoredJob record = SubmitRecord.New(prepared, options, services.Time.GetUtcNow());
        if (await FindAsync(prepared.Account, record, options, output, stop).ConfigureAwait(false) is { } before)
        {
            return before; // It is paid for, whatever the call would allow now.
        }

        Budget.CheckCall(prepared, options);
        VideoRequest onWire = await services.Uploader.UploadAsync(prepared, output, stop).ConfigureAwait(false);
        onWire = await AskFirst.RunAsync(services, prepared.Account, prepared.Capability.Model, onWire, output, stop).ConfigureAwait(false);
        WireRequest message = prepared.Account.Adapter.BuildSubmit(onWire, prepared.Capability.Model);
        if (prepared.Account.Adapter is IMarksJobs marks)
        {
            message = marks.Mark(message, record.Job.Id);
        }

        Task<SeedanceJob>? delivery = null;
        SubmitsUnderWay.Begin(record.Job.Id);
        try
        {
            GatePass pass;
            while ((pass = await _gate.EnterAsync(prepared, record, options, output, stop).ConfigureAwait(false)).Existing is { } first)
            {
                if (await AttachAsync(prepared.Account, first, record, options, output, stop).ConfigureAwait(false) is { } theirs)
                {
                    return theirs;
                }
            }

            output.Verbose(string.Format(CultureInfo.InvariantCulture, "Recorded {0}; submitting to {1}.", record.Job.Id, prepared.Account.Provider));
            delivery = Task.Run(() => DeliverAsync(prepared.Account, message, pass.Record, options, output, stop), CancellationToken.None);
        }
        finally
        {
            if (delivery is null)
            {
                SubmitsUnderWay.End(record.Job.Id);
            }
        }

        return await delivery.OrStop(stop).ConfigureAwait(false);
    }

    /// <summary>The job that the token made before; null when there is none. Needs no key, unless its outcome is unknown.</summary>
    public Task<SeedanceJob?> FindAsync(PreparedSubmit prepared, SubmitOptions options, IOperationOutput output, CancellationToken stop) =>
        FindAsync(prepared.Account, SubmitRecord.New(prepared, options, services.Time.GetUtcNow()), options, output, stop);

    private async Task<SeedanceJob?> FindAsync(Account account, StoredJob record, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        StoredJob? known = record.Job.ClientToken is { } token ? await services.Store.FindByTokenAsync(token, stop).ConfigureAwait(false) : null;
        return known is null ? null : await AttachAsync(account, known, record, options, output, stop).ConfigureAwait(false);
    }

    /// <summary>
    /// The job that the token made before, whatever became of it; null when it has to be made, or was cut off before anything left. One whose outcome is
    /// unknown is looked for first, where the host lists jobs.
    /// </summary>
    private async Task<SeedanceJob?> AttachAsync(Account account, StoredJob known, StoredJob record, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        CheckSame(known.Job, record, options);
        StoredJob? now = await ReceiptAsync(known, options, output, stop).ConfigureAwait(false);
        now = now is null ? null : await CutOff.SettleAsync(services.Store, now, stop).ConfigureAwait(false);
        if (now is not { Job.Status: JobStatus.Unconfirmed })
        {
            return now?.Job;
        }

        StoredJob? settled = await services.Settler.RunAsync(now, account, output, stop).ConfigureAwait(false);
        if (settled is null)
        {
            output.Warn(string.Format(CultureInfo.InvariantCulture, "The outcome of {0} is still unknown, so it was not sent again. Resolve-SeedanceJob -Id {0} settles it.", now.Job.Id));
        }

        return (settled ?? now).Job;
    }

    /// <summary>
    /// The job once the command that is submitting it has its receipt; null when the provider refused it there. One that takes longer is given as it is,
    /// and whoever waits for it waits for its receipt too.
    /// </summary>
    private async Task<StoredJob?> ReceiptAsync(StoredJob known, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        long begun = services.Time.GetTimestamp();
        TimeSpan most = options.SlotTimeout < s_longestReceipt ? options.SlotTimeout : s_longestReceipt;
        StoredJob? now = known;
        while (now is not null && CutOff.IsUnderWay(now) && services.Time.GetElapsedTime(begun) < most)
        {
            output.Progress(new OperationProgress("Submitting to " + known.Job.Provider, known.Job.Id + " is being submitted by another command"));
            await services.Time.After(s_lookAgain, stop).ConfigureAwait(false);
            now = await services.Store.FindAsync(known.Job.Id, stop).ConfigureAwait(false);
        }

        return now;
    }

    /// <summary>The job that the token already made must have been for the same request.</summary>
    private static void CheckSame(SeedanceJob job, StoredJob asked, SubmitOptions options)
    {
        bool same = AccountKey.Of(job) == AccountKey.Of(asked.Job)
            && (options.IsDerivedToken
                || (job.Request is { } before && RequestDocument.Write(before).ToJsonString() == RequestDocument.Write(asked.Job.Request!).ToJsonString()));
        if (!same)
        {
            throw new SeedanceException(
                ErrorCode.InvalidRequest,
                string.Format(CultureInfo.InvariantCulture, "The client token '{0}' belongs to {1}, which was another request or another account.", job.ClientToken, job.Id))
            {
                Job = job,
                RecommendedAction = "Use a new token for a new request; nothing was sent.",
            };
        }
    }

    private async Task<SeedanceJob> DeliverAsync(
        Account account, WireRequest message, StoredJob record, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            SubmitAttempt attempt = await SendAsync(account, message, record, options, output, stop).ConfigureAwait(false);
            switch (attempt.Outcome)
            {
                case SubmitOutcome.Accepted:
                    return await RecordReceiptAsync(record, attempt, output).ConfigureAwait(false);
                case SubmitOutcome.Ambiguous:
                    StoredJob unconfirmed = await RecordUnknownAsync(record, attempt, output).ConfigureAwait(false);
                    return await SettleAsync(account, unconfirmed, attempt, output, stop).ConfigureAwait(false);
                default:
                    await services.Store.WithdrawAsync(record with { IsUnsent = false }).ConfigureAwait(false);
                    throw Refused(account, attempt, record.Job);
            }
        }
        finally
        {
            SubmitsUnderWay.End(record.Job.Id);
        }
    }

    private async Task<SubmitAttempt> SendAsync(
        Account account, WireRequest message, StoredJob record, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        SentNote note = new(services.Store, record.Job.Id);
        try
        {
            return await _sender.SendAsync(account, message, note, options, output, stop).ConfigureAwait(false);
        }
        catch (SeedanceException error) when (note.HasLeft)
        {
            return new SubmitAttempt(SubmitOutcome.Ambiguous, Reading: null, Response: null, error); // What failed was the reading of its answer.
        }
        catch (Exception error) when (error is OperationCanceledException or SeedanceException)
        {
            // Before its body left: a withdrawn request, a message that could not be built, or a record that could not be written.
            await services.Store.WithdrawAsync(record with { IsUnsent = false }).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<SeedanceJob> RecordReceiptAsync(StoredJob record, SubmitAttempt attempt, IOperationOutput output)
    {
        try
        {
            return (await RecordAnswerAsync(record.Job.Id, stored => Receipt(stored, attempt), output).ConfigureAwait(false)).Job;
        }
        catch (SeedanceException error) when (error.Code == ErrorCode.StoreFailure)
        {
            throw Unrecorded(Receipt(record, attempt).Job, error);
        }
    }

    private async Task<StoredJob> RecordUnknownAsync(StoredJob record, SubmitAttempt attempt, IOperationOutput output)
    {
        StoredJob Mark(StoredJob stored) => Unconfirmed.Mark(stored, attempt.Error!, services.Time.GetUtcNow());
        try
        {
            return await RecordAnswerAsync(record.Job.Id, Mark, output).ConfigureAwait(false);
        }
        catch (SeedanceException error) when (error.Code == ErrorCode.StoreFailure)
        {
            throw Unconfirmed.Error(Mark(record).Job, attempt.Error, error); // Its record still says that it left, and reads as unconfirmed from now on.
        }
    }

    /// <summary>Where the host lists jobs, finds out whether it took this one.</summary>
    private async Task<SeedanceJob> SettleAsync(Account account, StoredJob unconfirmed, SubmitAttempt attempt, IOperationOutput output, CancellationToken stop)
    {
        StoredJob? settled = await services.Settler.RunAsync(unconfirmed, account, output, stop).ConfigureAwait(false);
        return settled?.Job ?? throw Unconfirmed.Error(unconfirmed.Job, attempt.Error!);
    }

    /// <summary>What is known nowhere else is not given up because another process holds a lock.</summary>
    private async Task<StoredJob> RecordAnswerAsync(string id, Func<StoredJob, StoredJob> change, IOperationOutput output)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await RecordAsync(id, change).ConfigureAwait(false);
            }
            catch (SeedanceException error) when (FileLock.IsTimeout(error) && tries < TriesToRecord)
            {
                output.Warn("The provider's answer to " + id + " cannot be recorded yet, and is tried again. " + error.Message + " " + error.RecommendedAction);
            }
        }
    }

    private async Task<StoredJob> RecordAsync(string id, Func<StoredJob, StoredJob> change)
    {
        // Never with the command's token: what the provider answered must reach the disk.
        StoredJob? stored = await services.Store.UpdateAsync(id, change, CancellationToken.None).ConfigureAwait(false);
        return stored ?? throw new SeedanceException(ErrorCode.StoreFailure, "The record of the job " + id + " disappeared while it was submitted.")
        {
            Target = id,
        };
    }

    /// <summary>The last place that knows the provider's id of a job that is paid for: it must not go with it.</summary>
    private static SeedanceException Unrecorded(SeedanceJob job, SeedanceException cause)
    {
        string action = string.Format(
            CultureInfo.InvariantCulture, "Put the state folder right, then give the record its job: Resolve-SeedanceJob -Id {0} -ProviderJobId {1}", job.Id, job.ProviderJobId);
        string text = string.Format(
            CultureInfo.InvariantCulture, "{0} took {1} as {2}, and that could not be recorded. {3} {4}", job.Provider, job.Id, job.ProviderJobId, cause.Message, action);
        return new SeedanceException(ErrorCode.StoreFailure, text, cause) { Provider = job.Provider, Job = job, RecommendedAction = action };
    }

    private StoredJob Receipt(StoredJob stored, SubmitAttempt attempt)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        SubmitReading reading = attempt.Reading!;
        StoredJob confirmed = stored with
        {
            Notes = reading.Notes ?? stored.Notes,
            Owner = null,
            IsUnsent = false,
            Job = stored.Job with
            {
                ProviderJobId = reading.ProviderJobId,
                Status = JobStatus.Queued,
                SubmittedAt = now,
                Error = null,
                IsSimulated = stored.Job.IsSimulated || attempt.Response!.IsSimulated,
            },
        };
        return reading.Update is { } update ? JobUpdates.Apply(confirmed, JobUpdates.Redacted(update, attempt.Response!), now) : confirmed;
    }

    private static SeedanceException Refused(Account account, SubmitAttempt attempt, SeedanceJob job)
    {
        SeedanceException error = attempt.Error!;
        bool slots = attempt.Outcome == SubmitOutcome.Throttled && account.Adapter.Provider.TooManyRequestsMeansNoSlot;
        return new SeedanceException(slots ? ErrorCode.SlotTimeout : error.Code, error.Message, error)
        {
            Provider = error.Provider,
            HttpStatus = error.HttpStatus,
            ProviderCode = error.ProviderCode,
            RequestId = error.RequestId,
            ResponseExcerpt = error.ResponseExcerpt,
            RetryAfter = error.RetryAfter,
            RecommendedAction = error.RecommendedAction,
            Target = job.Prompt,
        };
    }
}
