using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Seedance.Accounts;
using Seedance.Capabilities;
using Seedance.Http;
using Seedance.Providers;
using Seedance.Store;
using Seedance.Wire;

namespace Seedance.Operations;

/// <summary>
/// Records, sends, records again, writes. The record is on disk before the request leaves, so a paid job never exists in memory alone; a stop that comes
/// while the request is on its way leaves the recording of its answer to go on behind the command.
/// </summary>
internal sealed class SubmitVideo(SeedanceServices services)
{
    private readonly SubmitSender _sender = new(services.Http, services.Time);
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

    private async Task<SeedanceJob> SubmitAsync(PreparedSubmit prepared, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        foreach (string warning in prepared.Warnings)
        {
            output.Warn(warning);
        }

        StoredJob record = NewRecord(prepared, options);
        if (options.ClientToken is { } token && await services.Store.FindByTokenAsync(token, stop).ConfigureAwait(false) is { } known)
        {
            return SameRequest(known, record);
        }

        VideoRequest onWire = await services.Uploader.UploadAsync(prepared, output, stop).ConfigureAwait(false);
        onWire = await AskFirstAsync(prepared, onWire, output, stop).ConfigureAwait(false);
        WireRequest message = prepared.Account.Adapter.BuildSubmit(onWire, prepared.Capability.Model);
        if (prepared.Account.Adapter is IMarksJobs marks)
        {
            message = marks.Mark(message, record.Job.Id);
        }

        if (await _gate.EnterAsync(prepared.Account, record, options, output, stop).ConfigureAwait(false) is { } existing)
        {
            return SameRequest(existing, record);
        }

        output.Verbose(string.Format(CultureInfo.InvariantCulture, "Recorded {0}; submitting to {1}.", record.Job.Id, prepared.Account.Provider));
        Task<SeedanceJob> delivery = Task.Run(() => DeliverAsync(prepared.Account, message, record, options, output, stop), CancellationToken.None);
        return await delivery.OrStop(stop).ConfigureAwait(false);
    }

    /// <summary>The job that the token already made, if it was for the same request.</summary>
    private static SeedanceJob SameRequest(StoredJob existing, StoredJob asked)
    {
        SeedanceJob job = Unconfirmed.Recover(existing).Job;
        bool same = AccountKey.Of(job) == AccountKey.Of(asked.Job)
            && job.Request is { } before
            && RequestDocument.Write(before).ToJsonString() == RequestDocument.Write(asked.Job.Request!).ToJsonString();
        return same ? job : throw new SeedanceException(
            ErrorCode.InvalidRequest,
            string.Format(CultureInfo.InvariantCulture, "The client token '{0}' belongs to {1}, which was another request or another account.", job.ClientToken, job.Id))
        {
            Job = job,
            RecommendedAction = "Use a new token for a new request; nothing was sent.",
        };
    }

    private async Task<VideoRequest> AskFirstAsync(PreparedSubmit prepared, VideoRequest request, IOperationOutput output, CancellationToken stop)
    {
        SeedanceModel model = prepared.Capability.Model;
        if (prepared.Account.Adapter is not IAsksBeforeSubmit asks || asks.BuildQuestion(request, model) is not { } question)
        {
            return request;
        }

        const string Doing = "asking what the model takes";
        WireResponse answer = await QueryRetries.SendAsync(
            services.Http, prepared.Account, question, CallKind.Query, Doing, services.Time, output, stop).ConfigureAwait(false);
        return asks.ReadAnswer(request, model, answer);
    }

    private StoredJob NewRecord(PreparedSubmit prepared, SubmitOptions options)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        SeedanceModel model = prepared.Capability.Model;
        return new StoredJob(new SeedanceJob
        {
            Id = JobId.Create(now),
            Provider = prepared.Account.Provider,
            Profile = prepared.Account.Profile,
            Endpoint = prepared.Account.BaseUri,
            Model = model.Name,
            WireModel = model.WireModel,
            Mode = RequestMode.Of(prepared.Request),
            Prompt = prepared.Request.Prompt,
            Request = prepared.Request,
            ClientToken = options.ClientToken,
            Status = JobStatus.Submitting,
            CreatedAt = now,
            Seed = prepared.Request.Seed,
            EstimatedCost = prepared.Estimate,
            IsSimulated = prepared.Account.Adapter.Provider.IsSimulator,
        })
        {
            Owner = ProcessMark.Current,
        };
    }

    private async Task<SeedanceJob> DeliverAsync(
        Account account, WireRequest message, StoredJob record, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        string id = record.Job.Id;
        SubmitAttempt attempt;
        try
        {
            attempt = await _sender.SendAsync(account, message, options, output, stop).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or SeedanceException)
        {
            // Both leave before the body does: a withdrawn request, or a message that could not be built.
            await services.Store.RemoveAsync(id, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        switch (attempt.Outcome)
        {
            case SubmitOutcome.Accepted:
                try
                {
                    return await RecordAsync(id, stored => Receipt(stored, attempt)).ConfigureAwait(false);
                }
                catch (SeedanceException error) when (error.Code == ErrorCode.StoreFailure)
                {
                    throw Unrecorded(Receipt(record, attempt).Job, error);
                }

            case SubmitOutcome.Ambiguous:
                SeedanceJob unconfirmed = await RecordAsync(id, stored => Unconfirmed.Mark(stored, attempt.Error!)).ConfigureAwait(false);
                throw Unconfirmed.Error(unconfirmed, attempt.Error!);
            default:
                await services.Store.RemoveAsync(id, CancellationToken.None).ConfigureAwait(false);
                throw Refused(account, attempt, record.Job);
        }
    }

    private async Task<SeedanceJob> RecordAsync(string id, Func<StoredJob, StoredJob> change)
    {
        // Never with the command's token: what the provider answered must reach the disk.
        StoredJob? stored = await services.Store.UpdateAsync(id, change, CancellationToken.None).ConfigureAwait(false);
        return stored?.Job ?? throw new SeedanceException(ErrorCode.StoreFailure, "The record of the job " + id + " disappeared while it was submitted.")
        {
            Target = id,
        };
    }

    /// <summary>The last place that knows the provider's id of a job that is paid for: it must not go with it.</summary>
    private static SeedanceException Unrecorded(SeedanceJob job, SeedanceException cause)
    {
        string action = string.Format(
            CultureInfo.InvariantCulture, "Put the state folder right, then take the job up with: Get-SeedanceJob -Provider {0} -ProviderJobId {1}", job.Provider, job.ProviderJobId);
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
            Job = stored.Job with
            {
                ProviderJobId = reading.ProviderJobId,
                Status = JobStatus.Queued,
                SubmittedAt = now,
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
