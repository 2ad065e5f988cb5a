using Seedance.Accounts;
using Seedance.Jobs.Prepare;
using Seedance.Providers;
using Seedance.Records;
using Seedance.Transport;
using Seedance.Updates;
using Seedance.Wire;

namespace Seedance.Jobs.Submit;

/// <summary>Sends a recorded submit and brings its record in line with what became of it.</summary>
internal sealed class SubmitDelivery(SeedanceServices services)
{
    private readonly SubmitSender _sender = new(services.Client);

    /// <summary>The job that the provider took; throws where it took none, or where nobody knows.</summary>
    public async Task<SeedanceJob> RunAsync(
        Account account, WireRequest message, StoredJob record, SubmitOptions options, IOperationOutput output, CancellationToken stop)
    {
        SubmitIntent intent = new(services.Store, record.Job.Id, record.Term);
        try
        {
            SubmitAttempt attempt = await SendAsync(account, message, record, intent, options, output, stop).ConfigureAwait(false);
            services.Traces.Note(record.Job.Id, "module", Conclusion(account, attempt), attempt.Error?.Code.ToString());
            switch (attempt.Outcome)
            {
                case SubmitOutcome.Accepted:
                    return await RecordReceiptAsync(record, intent, attempt, output).ConfigureAwait(false);
                case SubmitOutcome.Ambiguous:
                    StoredJob unconfirmed = await RecordUnknownAsync(record, intent, attempt, output).ConfigureAwait(false);
                    return await ResolveAsync(account, unconfirmed, attempt, output, stop).ConfigureAwait(false);
                default:
                    await services.Store.WithdrawAsync(record with { IsUnsent = false }).ConfigureAwait(false);
                    throw SubmitErrors.Refused(account, attempt, record.Job);
            }
        }
        finally
        {
            services.Ended.Add(record.Job.Id);
        }
    }

    private static string Conclusion(Account account, SubmitAttempt attempt) => attempt.Outcome switch
    {
        SubmitOutcome.Accepted => account.Provider + " took it as " + attempt.Reading!.ProviderJobId + ".",
        SubmitOutcome.Ambiguous => "Nobody knows whether " + account.Provider + " took it: the job is Unconfirmed.",
        _ => account.Provider + " did not take it.",
    };

    private async Task<SubmitAttempt> SendAsync(
        Account account, WireRequest message, StoredJob record, SubmitIntent intent, SubmitOptions options, IOperationOutput output,
        CancellationToken stop)
    {
        try
        {
            return await _sender.SendAsync(account, message, record.Job, intent, options, output, stop).ConfigureAwait(false);
        }
        catch (Exception error) when (intent.State == SubmitState.MaybeSent && error is not OperationCanceledException)
        {
            // What failed was the reading of its answer.
            return new SubmitAttempt(SubmitOutcome.Ambiguous, Reading: null, Response: null, Unforeseen.Of(error));
        }
        catch
        {
            // Before its body left: a withdrawn request, a message that could not be built, or a record that could not be written.
            await services.Store.WithdrawAsync(record with { IsUnsent = false }).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<SeedanceJob> RecordReceiptAsync(
        StoredJob record, SubmitIntent intent, SubmitAttempt attempt, IOperationOutput output)
    {
        try
        {
            StoredJob stored = await intent.AnswerAsync(current => Receipt(current, attempt), output).ConfigureAwait(false);
            if (SaneCost.Doubt(attempt.Reading!.Update?.Cost, record.Job.Provider, record.Job.Id) is { } doubt)
            {
                output.Warn(doubt);
            }

            return stored.Job;
        }
        catch (Exception error)
        {
            throw SubmitErrors.Unrecorded(Receipt(record, attempt).Job, Unforeseen.Of(error));
        }
    }

    private async Task<StoredJob> RecordUnknownAsync(StoredJob record, SubmitIntent intent, SubmitAttempt attempt, IOperationOutput output)
    {
        StoredJob Mark(StoredJob stored) => Unconfirmed.Mark(stored, attempt.Error!, services.Time.GetUtcNow());
        try
        {
            return await intent.AnswerAsync(Mark, output).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // Its record still says that it left, and reads as unconfirmed from now on.
            throw Unconfirmed.Error(Mark(record).Job, attempt.Error, Unforeseen.Of(error));
        }
    }

    /// <summary>Where the host lists jobs, finds out whether it took this one.</summary>
    private async Task<SeedanceJob> ResolveAsync(
        Account account, StoredJob unconfirmed, SubmitAttempt attempt, IOperationOutput output, CancellationToken stop)
    {
        StoredJob? resolved = await services.Resolver.RunAsync(unconfirmed, account, output, stop).ConfigureAwait(false);
        return resolved?.Job ?? throw Unconfirmed.Error(unconfirmed.Job, attempt.Error!);
    }

    private StoredJob Receipt(StoredJob stored, SubmitAttempt attempt)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        SubmitReading reading = attempt.Reading!;
        StoredJob confirmed = stored with
        {
            Notes = reading.Notes ?? stored.Notes,
            Owner = stored.Plan is null ? null : stored.Owner, // A worker goes on with it.
            IsUnsent = false,
            Job = stored.Job with
            {
                ProviderJobId = reading.ProviderJobId,
                State = JobStatus.Queued,
                SubmittedAt = now,
                Error = null,
                IsSimulated = stored.Job.IsSimulated || attempt.Response!.IsSimulated,
            },
        };
        return reading.Update is { } update ? JobMerge.Apply(confirmed, JobMerge.Explained(update, attempt.Response!), now) : confirmed;
    }
}
